// One half of a connection in any state of the transition tables, on `laptop`; the other half is the test itself, which puts
// every segment on the wire by hand. `web` answers nothing. Numbers are those that the tables reckon with: twenty bytes on
// their way where something may be, a window of 500 offered.
import { setSystem } from '../../src/ports/profiles.js';
import { advance } from '../../src/tcp/connection.js';
import type { TcpEvent } from '../../src/tcp/machine.js';
import { queueText } from '../../src/tcp/outgoing.js';
import { receiveWindow } from '../../src/tcp/window.js';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { ACK, FIN, RST, SYN, type TcpSegment } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import type { Errno } from '../../src/world/errno.js';
import type { ConnectionId, ProcessId, SocketId, System } from '../../src/world/tables.js';
import { LAPTOP, WEB } from './connection.js';
import { DELAY, Net } from './network.js';

export const HALF_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN_SENT',
  'SYN_RCVD_PASSIVE',
  'SYN_RCVD_ACTIVE',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;
export type HalfState = (typeof HALF_STATES)[number];

export const FLAGS = { SYN, FIN, RST, ACK } as const;
export type FlagName = keyof typeof FLAGS;
const PORT = 51004;
const FIRST = 1000; // the peer's initial number: IRS
const WINDOW = 500;

export class Half {
  readonly net: Net;
  readonly process: ProcessId;
  /** The socket of the process; undefined where it has none yet. */
  socket: SocketId | undefined;
  listener: SocketId | undefined;
  /** Numbers of this half as they were when the state was reached: SND.UNA, SND.NXT, ISS, RCV.NXT, RCV.WND. */
  una = 100;
  next = 100;
  initial = 100;
  readonly peerInitial = FIRST;
  receive = 301;
  window = 1000;

  constructor(state: HalfState, system: System, { isIdle = false } = {}) {
    this.net = new Net({ laptop: LAPTOP, web: WEB });
    const { net } = this;
    net.event(() => setSystem(net.world, net.host('laptop'), system));
    const anyone = { address: undefined, ports: undefined };
    net.block({ host: net.host('web'), protocol: 'tcp', source: anyone, destination: anyone });
    this.process = net.process('laptop');
    this.reach(state, isIdle);
    this.note();
  }

  private reach(state: HalfState, isIdle: boolean): void {
    const { net, process } = this;
    if (state === 'CLOSED') {
      this.socket = net.socket(process, 'tcp');
      return;
    }
    if (state === 'LISTEN' || state === 'SYN_RCVD_PASSIVE') {
      this.listener = net.listener(process, PORT);
      if (state === 'LISTEN') this.socket = this.listener;
      else this.arrive({ flags: SYN, sequence: FIRST, acknowledgment: 0 });
      return;
    }
    const socket = net.bound(process, 'tcp', PORT);
    this.socket = socket;
    net.call(process, { call: 'connect', socket, address: WEB, port: 80 });
    this.note();
    if (state === 'SYN_SENT') return;
    if (state === 'SYN_RCVD_ACTIVE') return this.arrive({ flags: SYN, sequence: FIRST, acknowledgment: 0 });
    this.arrive({ flags: SYN | ACK, sequence: FIRST, acknowledgment: this.next });
    if (!isIdle && !['FIN_WAIT_2', 'TIME_WAIT'].includes(state)) net.send(process, socket, 'x'.repeat(20));
    const shut = () => net.call(process, { call: 'shutdown', socket, how: 'write' });
    const isPeerFirst = state === 'CLOSE_WAIT' || state === 'LAST_ACK';
    if (isPeerFirst) this.arrive({ flags: FIN | ACK, acknowledgment: this.una });
    if (state !== 'ESTABLISHED' && state !== 'CLOSE_WAIT') shut();
    this.note();
    if (state === 'FIN_WAIT_2' || state === 'TIME_WAIT') this.arrive({ flags: ACK });
    if (state === 'CLOSING') this.arrive({ flags: FIN | ACK, acknowledgment: this.una });
    if (state === 'TIME_WAIT') this.arrive({ flags: FIN | ACK });
  }

  /** Reads the numbers off the control block. */
  note(): void {
    const { connections } = this.net.world;
    const connection = this.connection;
    if (connection === undefined) return;
    this.una = connections.sendUnacknowledged.get(connection);
    this.next = connections.sendNext.get(connection);
    this.initial = connections.initialSend.get(connection);
    this.receive = connections.receiveNext.get(connection) || plus(FIRST, 1);
    this.window = receiveWindow(this.net.world, connection) || 1000;
  }

  /** The row that has these four numbers: the process's own, a listener's child, or a TIME-WAIT that goes on by itself. */
  get row(): SocketId | undefined {
    const { net } = this;
    const all = net.socketsOn('laptop').filter((each) => net.stateOf(each) !== 'LISTEN');
    return all[0];
  }

  get connection(): ConnectionId | undefined {
    const row = this.row;
    return row === undefined ? undefined : net(this).sockets.connection.get(row) || undefined;
  }

  /** As the tables spell it. */
  get state(): HalfState {
    const { row } = this;
    if (row === undefined) return this.net.statesOn('laptop').includes('LISTEN') ? 'LISTEN' : 'CLOSED';
    const state = this.net.stateOf(row);
    if (state === 'SYN-RECEIVED') {
      const { connection } = this;
      const isPassive = connection !== undefined && net(this).connections.isOpenedPassively.get(connection);
      return isPassive ? 'SYN_RCVD_PASSIVE' : 'SYN_RCVD_ACTIVE';
    }
    return state.replaceAll('-', '_') as HalfState;
  }

  /** One segment from the peer, and what follows from it at that instant. */
  arrive(over: Partial<TcpSegment> & { readonly bytes?: number }): void {
    const { bytes = 0, ...given } = over;
    this.note();
    this.net.inject('web', {
      protocol: 'tcp',
      source: WEB,
      sourcePort: 80,
      destination: LAPTOP,
      destinationPort: PORT,
      sequence: this.receive,
      acknowledgment: this.next,
      flags: ACK,
      window: WINDOW,
      payload: bytes === 0 ? NO_BYTES : encodeText('y'.repeat(bytes)),
      ...given,
    });
    this.net.pass(DELAY);
  }

  /** RCV.NXT as it is now; behind the SYN where there was none. */
  get after(): number {
    const { connection } = this;
    return connection === undefined ? this.receive : net(this).connections.receiveNext.get(connection);
  }

  /** Hands the connection text that its window does not take, or that cannot go yet. */
  queue(bytes: number): void {
    const { connection } = this;
    if (connection === undefined) return;
    this.net.event(() => queueText(this.net.world, connection, encodeText('q'.repeat(bytes))));
  }

  /** Ten bytes for the process to read. */
  give(): void {
    const { row, socket = row } = this;
    if (socket === undefined) return;
    this.net.event(() => {
      const { unread, unreadOf, sockets } = this.net.world;
      const item = unread.rows.create();
      unread.data.set(item, encodeText('y'.repeat(10)));
      unreadOf.push(socket, item);
      sockets.unreadCount.add(socket, 10);
    });
  }

  /** An event that no call and no segment brings about. */
  happen(event: TcpEvent): void {
    const target = this.row ?? this.listener;
    if (target === undefined) return;
    this.net.event(() => advance(this.net.simulation, target, event));
  }

  /** Lets time pass up to the next timer, and lets it go off. */
  expire(): void {
    this.net.settle();
    const due = this.net.simulation.engine.nextTime;
    if (due === undefined) throw new Error('no timer runs');
    this.net.pass(due - this.net.now);
  }

  /** What laptop has sent so far. */
  get sent(): TcpSegment[] {
    return this.net.segmentsFrom('laptop');
  }

  get told(): Errno[] {
    return this.net.facts('told').map(({ errno }) => errno);
  }
}

const net = (half: Half) => half.net.world;
