// Which port does a service use? Names, transports and numbers of the services that scenarios speak, and the port that a
// URL implies. Source: IANA Service Name and Transport Protocol Port Number Registry; a number is assigned per transport.
// A port's number promises nothing about the program behind it (RFC 7605 §5): who holds it now is in the socket table.
import type { Protocol } from '../wire/packet.js';

export interface Service {
  readonly name: string;
  readonly ports: readonly { readonly protocol: Protocol; readonly port: number }[];
}

const tcp = (port: number) => ({ protocol: 'tcp', port }) as const;
const udp = (port: number) => ({ protocol: 'udp', port }) as const;

export const SERVICES: readonly Service[] = [
  { name: 'ftp', ports: [tcp(21)] },
  { name: 'ssh', ports: [tcp(22)] },
  { name: 'telnet', ports: [tcp(23)] },
  { name: 'smtp', ports: [tcp(25)] },
  { name: 'dns', ports: [udp(53), tcp(53)] },
  { name: 'dhcp', ports: [udp(67)] },
  { name: 'http', ports: [tcp(80)] },
  { name: 'pop3', ports: [tcp(110)] },
  { name: 'nntp', ports: [tcp(119)] },
  { name: 'ntp', ports: [udp(123)] },
  { name: 'imap', ports: [tcp(143)] },
  { name: 'irc', ports: [tcp(194)] },
  { name: 'https', ports: [tcp(443)] },
];

/** Numbers with a name that no server waits on: FTP's data calls come from one, the asker of DHCP listens on the other. */
export const CALLERS: readonly Service[] = [
  { name: 'ftp-data', ports: [tcp(20)] },
  { name: 'dhcp client', ports: [udp(68)] },
];
/** Names that a scenario may `serve` and `speak`. */
export const SERVICE_NAMES = SERVICES.map(({ name }) => name);

export function serviceByName(name: string): Service | undefined {
  return SERVICES.find((service) => service.name === name);
}

/** What people call this port, `http` for TCP 80; undefined for a number without a name here. */
export function serviceName(protocol: Protocol, port: number): string | undefined {
  const isIts = (each: Service) => each.ports.some((at) => at.protocol === protocol && at.port === port);
  return [...SERVICES, ...CALLERS].find(isIts)?.name;
}
