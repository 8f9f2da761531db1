// Who is meant by a name: hosts, processes and networks of a running scenario, and sockets by label, port or place.
// Names are those of the file; what they stand for changes while the run goes on, so sockets are looked up when asked.
import { kindOf } from '../../wire/address.js';
import { addressesOf, LOOPBACK } from '../../world/interfaces.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../../world/sockets.js';
import type { HostId, NetworkId, ProcessId, SocketId, World } from '../../world/tables.js';
import type { Endpoint, Place, PortRef, SocketRef } from '../atoms/endpoints.js';
import type { ActorRef, LabelRef } from '../atoms/names.js';

export interface NamedProcess {
  readonly name: string;
  readonly host: HostId;
  readonly process: ProcessId;
}

/** An address and port in numbers; '' is any. */
export interface ResolvedEndpoint {
  readonly protocol: 'tcp' | 'udp' | undefined;
  readonly address: string;
  readonly port: number;
}

export class Directory {
  readonly hosts = new Map<string, HostId>();
  readonly networks = new Map<string, NetworkId>();
  readonly processes: NamedProcess[] = [];
  private readonly labels: {
    readonly label: string;
    readonly process: ProcessId;
    readonly socket: SocketId;
  }[] = [];
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  addProcess(name: string, host: HostId, process: ProcessId): void {
    this.processes.push({ name, host, process });
  }

  /** `nginx`, or `web/nginx` where two hosts run one. */
  findProcess(ref: ActorRef): NamedProcess | undefined {
    const host = ref.host === undefined ? undefined : this.hosts.get(ref.host);
    return this.processes.find(
      (each) => each.name === ref.name && (ref.host === undefined || each.host === host),
    );
  }

  /**
   * The author's name for a socket of a process; a later one of the same name takes its place. The first name that one of
   * its sockets gets is also the conversation's.
   */
  nameSocket(label: string, process: ProcessId, socket: SocketId): void {
    this.labels.unshift({ label, process, socket });
    this.nameConversation(socket);
  }

  /** The conversation that a socket takes part in is called as the socket is, if it has no name yet. */
  nameConversation(socket: SocketId): void {
    const { conversations, sockets } = this.world;
    const conversation = sockets.conversation.get(socket);
    const label = this.labels.find((each) => each.socket === socket)?.label;
    if (!conversation || label === undefined || conversations.label.get(conversation) !== '') return;
    conversations.label.set(conversation, label);
  }

  /** What the author calls this socket; the last name, if there were several. */
  labelOf(socket: SocketId): string | undefined {
    return this.labels.find((each) => each.socket === socket)?.label;
  }

  /** The process that gave the label, the opener's side. */
  openerOf(label: string): ProcessId | undefined {
    return this.labels.findLast((each) => each.label === label)?.process;
  }

  /**
   * A socket by label: the one of process `at` that has the label or takes part in the conversation so called. Without
   * `at`: the speaker's own if it has one, else the opener's.
   */
  socketByLabel(ref: LabelRef, speaker: ProcessId | undefined): SocketId | undefined {
    const wanted = ref.at === undefined ? undefined : this.sideOf(ref.at);
    if (wanted !== undefined) return this.onSide(ref.label, wanted);
    const own = speaker === undefined ? undefined : this.onSide(ref.label, { process: speaker });
    return (
      own ??
      this.labels.find((each) => each.label === ref.label && this.world.sockets.rows.has(each.socket))?.socket
    );
  }

  /** The only socket of a process that fits, when `using` is left out. */
  onlySocket(process: ProcessId, fits: (socket: SocketId) => boolean): SocketId | undefined {
    const fitting = this.socketsOf(process).filter(fits);
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  socketsOf(process: ProcessId): SocketId[] {
    const { descriptors } = this.world;
    const sockets: SocketId[] = [];
    for (const row of descriptors.rows) {
      const socket = descriptors.socket.get(row);
      if (socket && descriptors.process.get(row) === process && !sockets.includes(socket))
        sockets.push(socket);
    }
    return sockets;
  }

  /** By label, or by what a process holds: `80`, `udp 53`; listeners before connections. */
  socketOf(ref: SocketRef, process: ProcessId | undefined): SocketId | undefined {
    if (ref.kind === 'label') return this.socketByLabel(ref, process);
    const { sockets } = this.world;
    const port = this.portOf(ref.port);
    const protocol = protocolOf(ref.protocol) ?? 'tcp';
    const held = (process === undefined ? [...sockets.rows] : this.socketsOf(process)).filter(
      (socket) =>
        sockets.localPort.get(socket) === port &&
        sockets.protocol.get(socket) === protocol &&
        (ref.place === undefined || this.isAt(ref.place, socket)),
    );
    return held.find((socket) => remotePortOf(this.world, socket) === 0) ?? held[0];
  }

  /** A socket of this host, or on this local address: one on every address is at each of them. */
  isAt(place: Place, socket: SocketId): boolean {
    if (place.kind === 'any') return true;
    if (place.kind === 'name') return this.hosts.get(place.name) === this.world.sockets.host.get(socket);
    const address = localAddressOf(this.world, socket);
    return address === '' || address === this.addressOf(place, '');
  }

  /** The canonical address of a place; '' for any. `from`: the host that says localhost or broadcast. */
  addressOf(place: Place, from: string | HostId): string {
    switch (place.kind) {
      case 'any':
        return '';
      case 'localhost':
        return LOOPBACK;
      case 'broadcast':
        return '255.255.255.255';
      case 'address':
        return kindOf(place.address) === 'any' ? '' : place.address;
      case 'param':
        throw new Error(`parameter ${place.name} was not filled in for ${String(from)}`);
      case 'name': {
        const host = this.hosts.get(place.name);
        const [first] = host === undefined ? [] : addressesOf(this.world, host);
        return first ?? '';
      }
    }
  }

  portOf(ref: PortRef): number {
    if (ref.kind === 'number') return ref.port;
    if (ref.kind === 'param') throw new Error(`parameter ${ref.name} was not filled in`);
    const socket = this.socketByLabel(ref.socket, undefined);
    return socket === undefined ? 0 : this.world.sockets.localPort.get(socket);
  }

  /** An endpoint in numbers; undefined if it means a socket that is not there. */
  resolve(endpoint: Endpoint, from: HostId, speaker: ProcessId | undefined): ResolvedEndpoint | undefined {
    if (endpoint.kind === 'place')
      return {
        protocol: protocolOf(endpoint.protocol),
        address: this.addressOf(endpoint.place, from),
        port: this.portOf(endpoint.port),
      };
    const socket = this.socketByLabel(endpoint.socket, speaker);
    if (socket === undefined) return undefined;
    const { sockets } = this.world;
    const protocol = sockets.protocol.get(socket);
    if (endpoint.kind === 'local')
      return { protocol, address: localAddressOf(this.world, socket), port: sockets.localPort.get(socket) };
    return { protocol, address: remoteAddressOf(this.world, socket), port: remotePortOf(this.world, socket) };
  }

  private sideOf(ref: ActorRef): Side | undefined {
    const process = this.findProcess(ref)?.process;
    if (process !== undefined) return { process };
    const host = this.hosts.get(ref.name);
    return host === undefined ? undefined : { host };
  }

  private onSide(label: string, side: Side): SocketId | undefined {
    const { sockets, conversations } = this.world;
    const named = this.labels.find(
      (each) => each.label === label && each.process === side.process && sockets.rows.has(each.socket),
    );
    if (named !== undefined) return named.socket;
    const candidates = side.process === undefined ? [...sockets.rows] : this.socketsOf(side.process);
    const isCalledSo = (socket: SocketId) => {
      const conversation = sockets.conversation.get(socket);
      return conversation !== 0 && conversations.label.get(conversation) === label;
    };
    const isHere = (socket: SocketId) => side.host === undefined || sockets.host.get(socket) === side.host;
    const held = candidates.find((socket) => isHere(socket) && isCalledSo(socket));
    if (held !== undefined || side.process === undefined) return held;
    // The process has closed it, or is gone: what is left of the conversation on its host.
    const host = this.world.processes.host.get(side.process);
    return [...sockets.rows].find(
      (socket) =>
        sockets.descriptors.get(socket) === 0 && sockets.host.get(socket) === host && isCalledSo(socket),
    );
  }
}

type Side =
  | { readonly process: ProcessId; readonly host?: never }
  | { readonly host: HostId; readonly process?: never };

function protocolOf(type: string | undefined): 'tcp' | 'udp' | undefined {
  if (type === undefined) return undefined;
  return type.startsWith('tcp') ? 'tcp' : 'udp';
}
