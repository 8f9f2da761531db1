// The cast of the hand-made run: three hosts with their programs and sockets, and builders for more of each.
// The numbers are those of "three conversations, one port 80".
import type {
  EndpointView,
  HostView,
  Mark,
  Owner,
  PacketView,
  ProcessView,
  SocketStateName,
  SocketView,
} from '../../src/trace/scene.js';

export const owner = (host: string, letter: Owner['letter'], hue: Owner['hue']): Owner => ({
  host,
  letter,
  hue,
});
export const A = owner('laptop', 'A', 'A');
export const B = owner('tablet', 'B', 'B');
export const S = owner('web', 'S', 'S');

export const at = (address: string, port: number, who: Owner | undefined): EndpointView => ({
  address,
  port,
  owner: who,
});
export const laptop = (port: number): EndpointView => at('10.0.0.7', port, A);
export const tablet = (port: number): EndpointView => at('10.0.0.9', port, B);
export const web = (port: number): EndpointView => at('10.0.0.80', port, S);
export const wildcard = (port: number): EndpointView => at('*', port, undefined);

export const process = (id: number, name: string, pid: number, user: string): ProcessView => ({
  id,
  name,
  pid,
  user,
  isRunning: true,
});
export const firefox = process(1, 'firefox', 2201, 'ana');
export const curl = process(2, 'curl', 977, 'ben');
export const nginx = process(3, 'nginx', 812, 'root');
export const sshd = process(4, 'sshd', 640, 'root');
export const named = process(5, 'named', 655, 'bind');

/** One socket; what is not said is quiet. */
export function socket(
  id: number,
  program: ProcessView | undefined,
  descriptor: number | undefined,
  state: SocketStateName,
  local: EndpointView,
  remote: EndpointView,
  more: Partial<SocketView> = {},
): SocketView {
  const isUdp = state === 'UNCONNECTED' || state === 'CONNECTED';
  return {
    id,
    protocol: isUdp ? 'udp' : 'tcp',
    state,
    local,
    remote,
    process: program && { id: program.id, name: program.name, pid: program.pid },
    descriptor,
    mark: undefined,
    label: undefined,
    queued: 0,
    backlog: state === 'LISTEN' ? 128 : 0,
    unread: 0,
    ...more,
  };
}

export const door = socket(10, nginx, 6, 'LISTEN', wildcard(80), wildcard(0));
export const shell = socket(11, sshd, 3, 'LISTEN', wildcard(22), wildcard(0));
export const names = socket(12, named, 5, 'UNCONNECTED', wildcard(53), wildcard(0));
export const circle = socket(20, nginx, 9, 'ESTABLISHED', web(80), laptop(51004), { mark: '●', label: '●' });
export const triangle = socket(21, nginx, 10, 'ESTABLISHED', web(80), laptop(51005), {
  mark: '▲',
  label: '▲',
});
export const square = socket(22, nginx, 11, 'ESTABLISHED', web(80), tablet(51004), { mark: '■', label: '■' });
export const ourCircle = socket(30, firefox, 44, 'ESTABLISHED', laptop(51004), web(80), { mark: '●' });
export const ourTriangle = socket(31, firefox, 45, 'ESTABLISHED', laptop(51005), web(80), { mark: '▲' });
export const ourSquare = socket(32, curl, 3, 'ESTABLISHED', tablet(51004), web(80), { mark: '■' });
export const asking = socket(33, firefox, 46, 'UNCONNECTED', laptop(40112), wildcard(0));
export const refused = socket(34, firefox, 47, 'SYN-SENT', laptop(51006), web(8081));

export const host = (
  id: number,
  name: string,
  who: Owner,
  address: string,
  processes: readonly ProcessView[],
  sockets: readonly SocketView[],
): HostView => ({
  id,
  name,
  owner: who,
  addresses: [address],
  networks: ['lan'],
  processes,
  sockets,
  system: 'linux',
  picksFrom: { low: 32768, high: 60999 },
  privilegedBelow: 1024,
});

export const laptopHost = (sockets: readonly SocketView[]): HostView =>
  host(1, 'laptop', A, '10.0.0.7', [firefox], sockets);
export const tabletHost = (sockets: readonly SocketView[]): HostView =>
  host(2, 'tablet', B, '10.0.0.9', [curl], sockets);
export const webHost = (sockets: readonly SocketView[]): HostView =>
  host(3, 'web', S, '10.0.0.80', [nginx, sshd, named], sockets);

/** One packet from a socket of a host to a host. */
export function packet(
  id: number,
  protocol: PacketView['protocol'],
  source: EndpointView,
  destination: EndpointView,
  flags: string,
  payload: string,
  from: PacketView['from'],
  toHost: number,
  mark?: Mark,
): PacketView {
  const flag = flags === '' ? '' : ` ${flags}`;
  return {
    id,
    protocol,
    source,
    destination,
    flags,
    payload,
    length: payload.length,
    notation: `${protocol} ${source.owner?.host ?? source.address}:${source.port} > ${destination.owner?.host ?? destination.address}:${destination.port}${flag}`,
    mark,
    from,
    toHost,
  };
}
