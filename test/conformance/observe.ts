// What the recorder sees of a running world beside the answers of calls: the socket table as `ss` shows it, TCP states
// of descriptors, packets as one line each. It only reads.
import type { Simulation } from '../../src/net/simulation.js';
import { kindOf } from '../../src/wire/address.js';
import {
  ACK,
  FIN,
  has,
  type IcmpError,
  RST,
  SYN,
  type TcpSegment,
  type UdpDatagram,
} from '../../src/wire/packet.js';
import type { Fact } from '../../src/world/facts.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../../src/world/sockets.js';
import type { SocketId, SocketState, World } from '../../src/world/tables.js';
import type { Label, Labels } from './labels.js';
import type { TableRow } from './recording.js';

const SPELLING: Partial<Record<SocketState, string>> = {
  CLOSED: 'CLOSE',
  'SYN-RECEIVED': 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  UNCONNECTED: 'UNCONN',
  CONNECTED: 'ESTAB',
};

/** Of an IPv6 socket: an IPv4 address is a mapped one, "any" is `::`. */
export function endpoint(address: string, port: number, isV6: boolean): string {
  const isAny = kindOf(address) === 'any' && !address.startsWith('::ffff:');
  if (!isV6 && !address.includes(':')) return `${isAny ? '0.0.0.0' : address}:${port}`;
  if (isAny && address !== '0.0.0.0') return `[::]:${port}`;
  return address.includes(':') ? `[${address}]:${port}` : `[::ffff:${address}]:${port}`;
}

/** What an IPv6 socket is bound to that hears every IPv4 address and no other. */
export const MAPPED_ANY = '::ffff:0.0.0.0';

/** The local address of a socket, "any IPv4 address" of an IPv6 socket told from "any". */
function shownLocalAddress(world: World, socket: SocketId): string {
  const address = localAddressOf(world, socket);
  return address === '' && world.sockets.isMappedOnly.get(socket) ? MAPPED_ANY : address;
}

/** All sockets that hold a port, of one host or of all. */
export function socketTable({ world }: Simulation, labels: Labels, hostName: string | undefined): TableRow[] {
  const { sockets } = world;
  const owners = labels.owners;
  const rows: TableRow[] = [];
  for (const socket of sockets.rows) {
    const host = sockets.host.get(socket);
    const name = host ? world.hosts.name.get(host) : '';
    if (sockets.localPort.get(socket) === 0 || (hostName !== undefined && name !== hostName)) continue;
    const isV6 = sockets.isV6.get(socket);
    const state = sockets.state.get(socket);
    const owner = state === 'TIME-WAIT' ? null : (owners.get(socket) ?? null);
    const local = endpoint(shownLocalAddress(world, socket), sockets.localPort.get(socket), isV6);
    const isPeerGone = remoteAddressOf(world, socket) === '' && sockets.shownRemote.get(socket) !== 0;
    const remote = isPeerGone
      ? endpoint(
          world.memory.text(sockets.shownRemote.get(socket)),
          sockets.shownRemotePort.get(socket),
          isV6,
        )
      : endpoint(remoteAddressOf(world, socket), remotePortOf(world, socket), isV6);
    const row = [
      name,
      sockets.protocol.get(socket) + (isV6 ? '6' : ''),
      local,
      remote,
      SPELLING[state] ?? state,
      owner,
    ];
    rows.push(
      state === 'LISTEN' ? [...row, sockets.acceptableCount.get(socket), sockets.backlog.get(socket)] : row,
    );
  }
  return rows;
}

/** Of open TCP descriptors. One whose connection has gone to TIME-WAIT reads CLOSE, as in Linux. */
export function tcpStates({ world }: Simulation, labels: Labels): Map<string, string> {
  const states = new Map<string, string>();
  for (const label of labels.open)
    if (label.protocol === 'tcp') states.set(label.name, tcpState(world, label));
  return states;
}

export function tcpState(world: World, { socket }: Label): string {
  if (!world.sockets.rows.has(socket)) return 'CLOSE';
  const state = world.sockets.state.get(socket);
  return state === 'TIME-WAIT' ? 'CLOSE' : (SPELLING[state] ?? state);
}

/** Why a packet never leaves its host. */
const UNSENT: ReadonlySet<string> = new Set(['no-route', 'no-host']);

/** Packets of these facts that went onto a wire. Pure ACKs and what was sent before are left out. */
export class PacketLines {
  private readonly seen = new Set<string>();

  of({ world }: Simulation, facts: readonly Fact[]): string[] {
    const unsent = new Set(
      facts.flatMap((fact) =>
        fact.kind === 'dropped' && fact.host === fact.sent.host && UNSENT.has(fact.why)
          ? [fact.sent.number]
          : [],
      ),
    );
    return facts.flatMap((fact) => {
      if (fact.kind !== 'sent' || unsent.has(fact.sent.number) || fact.isRetry) return [];
      const name = world.hosts.name.get(fact.host);
      const { packet } = fact.sent;
      if (packet.protocol === 'icmp') return [`${name}> ${icmpLine(packet)}`];
      if (packet.protocol === 'udp') return [`${name}> udp ${fromTo(packet)} D${packet.payload.length}`];
      const flags = flagsOf(packet);
      if (flags === '') return [];
      const line = `${name}> tcp ${fromTo(packet)} ${flags}`;
      const key = `${line} ${packet.sequence}`;
      if (this.seen.has(key) && !has(packet, RST)) return [];
      this.seen.add(key);
      return [line];
    });
  }
}

function fromTo({ source, sourcePort, destination, destinationPort }: TcpSegment | UdpDatagram): string {
  return `${bracketed(source)}:${sourcePort}>${bracketed(destination)}:${destinationPort}`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function flagsOf(segment: TcpSegment): string {
  const main =
    (has(segment, SYN) ? 'S' : '') + (has(segment, FIN) ? 'F' : '') + (has(segment, RST) ? 'R' : '');
  const length = segment.payload.length;
  const ack = has(segment, ACK) && (has(segment, SYN) || has(segment, RST)) ? 'A' : '';
  return main + ack + (length > 0 ? `D${length}` : '');
}

/** Codes of RFC 792 type 3 and RFC 4443 type 1. */
const CODES: Readonly<Record<string, readonly [v4: number, v6: number]>> = {
  'net-unreachable': [0, 0],
  'host-unreachable': [1, 3],
  'port-unreachable': [3, 4],
  'admin-prohibited': [13, 1],
};

function icmpLine({ source, destination, error, quoted }: IcmpError): string {
  const isV6 = source.includes(':');
  const code = CODES[error]?.[isV6 ? 1 : 0] ?? error;
  return `${isV6 ? 'icmp6' : 'icmp'} ${source}>${destination} unreach-${code} (${fromTo(quoted)})`;
}
