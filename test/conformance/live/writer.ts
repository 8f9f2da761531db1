// Writes a program, one deed after another. It keeps in mind what each socket was meant to become, so that most calls
// make sense; whether they succeed it does not know: the kernel says.
import type { Op } from '../recording.js';
import type { Dice } from './dice.js';
import { randomOption } from './options.js';
import { type Caller, localAddress, remoteAddress } from './places.js';
import { type Setting, SWITCHES } from './setting.js';

interface Socket extends Caller {
  readonly name: string;
  readonly process: string;
  /** The device that it was bound to; descriptors of one socket share it. */
  readonly tie: { device: string };
  listens: boolean;
  connects: boolean;
}

const DROPPED = ['any', 'tcp', 'udp', 'icmp', 'syn', 'synack', 'fin', 'rst', 'ack'] as const;
const SPARE = '10.0.0.3';

export class Writer {
  readonly ops: Op[] = [];
  private readonly dice: Dice;
  private readonly setting: Setting;
  private sockets: Socket[] = [];
  private made = 0;
  private readonly dropping = new Set<string>();
  private readonly spares = new Set<string>();
  /** By process: whose user may have been another at some time. */
  private readonly demoted = new Set<string>();
  private hasWaited = false;

  constructor(dice: Dice, setting: Setting) {
    this.dice = dice;
    this.setting = setting;
    for (const { name, uid } of setting.processes) if (uid !== 0) this.demoted.add(name);
  }

  opened(): Socket {
    const process = this.dice.pick(this.setting.processes);
    const isTcp = this.dice.percent(60);
    const isV6 = this.setting.v6 && this.dice.percent(65);
    const name = this.name('s');
    const type = `${isTcp ? 'tcp' : 'udp'}${isV6 ? '6' : ''}`;
    this.ops.push({ op: 'socket', proc: process.name, sock: name, type });
    const { host } = process;
    const socket = {
      name,
      process: process.name,
      host,
      isTcp,
      isV6,
      tie: { device: '' },
      listens: false,
      connects: false,
    };
    this.sockets.push(socket);
    while (this.dice.percent(45)) this.optioned(socket);
    return socket;
  }

  /** A socket that can be reached, and sometimes a second that wants the same. */
  server(): void {
    const socket = this.opened();
    this.bound(socket);
    if (socket.isTcp) this.listening(socket);
  }

  /** Two that want one port: everything else may differ. */
  conflict(): void {
    const options = this.dice.percent(50) ? this.dice.pick(['reuseaddr', 'reuseport']) : undefined;
    const count = this.dice.pick([2, 2, 3]);
    const port = this.port();
    for (let index = 0; index < count; index++) {
      const socket = this.opened();
      if (options !== undefined && this.dice.percent(85))
        this.ops.push({ op: 'setsockopt', sock: socket.name, opt: options, value: 1 });
      this.bound(socket, port);
      if (socket.isTcp && this.dice.percent(50)) this.listening(socket);
    }
  }

  /** Connect, accept, talk, and close from one side or both. */
  conversation(): void {
    const listeners = this.sockets.filter(({ listens }) => listens);
    if (listeners.length === 0) this.server();
    const client =
      this.some(({ isTcp, listens, connects }) => isTcp && !listens && !connects) ?? this.opened();
    this.connected(client);
    if (this.dice.percent(80)) this.emptied();
    const both = this.sockets.filter(({ connects }) => connects).slice(-2);
    for (let count = this.dice.below(4); count > 0 && both.length > 0; count--) {
      const socket = this.dice.pick(both);
      if (this.dice.percent(40)) this.sent(socket);
      else if (this.dice.percent(50)) this.shut(socket);
      else this.closed(socket);
    }
  }

  bound(socket = this.any(), port = this.port()): void {
    const addr = localAddress(this.dice, this.setting, socket);
    this.ops.push({ op: 'bind', sock: socket.name, addr, port });
  }

  listening(socket = this.any()): void {
    socket.listens ||= socket.isTcp;
    this.ops.push({ op: 'listen', sock: socket.name, backlog: this.dice.pick([0, 1, 5, 5, 5, -1]) });
  }

  connected(socket = this.any()): void {
    socket.connects = true;
    this.ops.push({ op: 'connect', sock: socket.name, ...this.destination(socket) });
  }

  unconnected(socket = this.any()): void {
    this.ops.push({ op: 'connect', sock: socket.name, addr: 'unspec', port: 0 });
  }

  accepted(): void {
    const listener = this.some(({ listens }) => listens);
    if (listener === undefined) return this.emptied();
    const name = this.name('a');
    const other = this.dice.percent(15) ? this.neighbour(listener) : undefined;
    this.ops.push({
      op: 'accept',
      sock: listener.name,
      as: name,
      ...(other === undefined ? {} : { proc: other }),
    });
    this.sockets.push({
      ...listener,
      name,
      process: other ?? listener.process,
      listens: false,
      connects: true,
    });
  }

  sent(socket = this.any()): void {
    this.ops.push({ op: 'send', sock: socket.name, data: `m${this.ops.length}` });
  }

  sentTo(socket = this.some(({ isTcp }) => !isTcp) ?? this.opened()): void {
    const data = `m${this.ops.length}`;
    this.ops.push({ op: 'sendto', sock: socket.name, data, ...this.destination(socket) });
  }

  received(): void {
    const max = this.dice.percent(20) ? { max: 2 } : {};
    this.ops.push({ op: 'recv', sock: this.any().name, ...max });
  }

  shut(socket = this.any()): void {
    this.ops.push({ op: 'shutdown', sock: socket.name, how: this.dice.pick(['rd', 'wr', 'wr', 'rdwr']) });
  }

  closed(socket = this.any()): void {
    this.ops.push({ op: 'close', sock: socket.name });
    if (this.dice.percent(97)) this.sockets = this.sockets.filter((each) => each !== socket);
  }

  exited(): void {
    const { name } = this.dice.pick(this.setting.processes);
    this.ops.push({ op: 'exit', proc: name });
    this.sockets = this.sockets.filter(({ process }) => process !== name);
  }

  duplicated(): void {
    const socket = this.any();
    const name = this.name('d');
    const process = this.neighbour(socket);
    this.ops.push({ op: 'dup', sock: socket.name, as: name, proc: process });
    this.sockets.push({ ...socket, name, process });
  }

  optioned(socket = this.any()): void {
    const { hosts } = this.setting;
    const own = hosts.find(({ name }) => name === socket.host)?.addrs?.[0] ?? '';
    const devices = hosts.length > 1 ? ['lo', 'eth0'] : ['lo'];
    const option = randomOption(this.dice, socket, own, devices);
    // For an IPv6 group the recorder itself needs root.
    const isBeyondRecorder =
      socket.isV6 && ['join', 'leave'].includes(option.opt) && this.demoted.has(socket.process);
    if (option.opt === 'bindtodevice' && option.value !== 'nope') socket.tie.device = String(option.value);
    if (!isBeyondRecorder) this.ops.push({ op: 'setsockopt', sock: socket.name, ...option });
  }

  asked(): void {
    this.ops.push({ op: this.dice.pick(['soerror', 'name', 'poll']), sock: this.any().name });
  }

  looked(): void {
    const host = this.dice.percent(20) ? { host: this.host() } : {};
    this.ops.push({ op: 'sockets', ...host });
  }

  emptied(): void {
    const hasListener = this.sockets.some(({ listens }) => listens);
    const op = hasListener && this.dice.percent(65) ? 'acceptall' : 'drain';
    this.ops.push({ op });
    if (op === 'drain') return;
    for (const listener of this.sockets.filter(({ listens }) => listens)) {
      const name = `${listener.name}.1`;
      if (this.sockets.some((each) => each.name === name)) continue;
      this.sockets.push({ ...listener, name, listens: false, connects: true });
    }
  }

  userChanged(): void {
    const { name } = this.dice.pick(this.setting.processes);
    this.demoted.add(name);
    this.ops.push({ op: 'setuid', proc: name, uid: this.dice.pick([0, 1000, 1001]) });
  }

  switched(): void {
    const key = this.dice.pick(Object.keys(SWITCHES));
    this.ops.push({ op: 'sysctl', host: this.host(), key, value: this.dice.pick(SWITCHES[key] ?? []) });
  }

  /** A host gets an address more, or loses one. */
  readdressed(): void {
    const { hosts } = this.setting;
    const host = this.dice.pick(hosts);
    const isThere = this.spares.has(host.name);
    if (!isThere && this.spares.size > 0) return;
    this.ops.push({ op: 'addr', host: host.name, action: isThere ? 'del' : 'add', addr: SPARE });
    if (isThere) this.spares.delete(host.name);
    else this.spares.add(host.name);
  }

  lossy(): void {
    const host = this.dropping.size > 0 ? this.dice.pick([...this.dropping]) : this.host();
    const wasDropping = this.dropping.delete(host);
    if (!wasDropping) this.dropping.add(host);
    const match = wasDropping ? {} : { match: this.dice.pick(DROPPED) };
    this.ops.push({ op: wasDropping ? 'undrop' : 'drop', host, ...match });
  }

  /** Short, and at most once: waiting costs the time that it lasts. */
  waited(): void {
    if (this.hasWaited) return;
    this.hasWaited = true;
    this.ops.push({ op: 'wait', ms: this.dice.pick([5, 10, 20]) });
  }

  /** What has become of it all. */
  finish(): void {
    for (const op of ['drain', 'acceptall', 'sockets']) if (this.dice.percent(75)) this.ops.push({ op });
  }

  private destination(socket: Socket): { addr: string; port: number | string } {
    const addr = remoteAddress(this.dice, this.setting, socket);
    const others = this.sockets.filter(({ isTcp, name }) => isTcp === socket.isTcp && name !== socket.name);
    const side = this.dice.percent(85) ? 'local' : 'peer';
    const isNamed = others.length > 0 && this.dice.percent(45);
    return { addr, port: isNamed ? `${side}:${this.dice.pick(others).name}` : this.port() };
  }

  private port(): number {
    return this.dice.percent(10) ? 0 : this.dice.pick(this.setting.ports);
  }

  private host(): string {
    return this.dice.pick(this.setting.hosts).name;
  }

  /** A process of the same host, often the same. */
  private neighbour({ host }: Socket): string {
    return this.dice.pick(this.setting.processes.filter((each) => each.host === host)).name;
  }

  private any(): Socket {
    return this.some(() => true) ?? this.opened();
  }

  private some(fits: (socket: Socket) => boolean): Socket | undefined {
    const fitting = this.sockets.filter(fits);
    return fitting.length > 0 ? this.dice.pick(fitting) : undefined;
  }

  private name(kind: string): string {
    this.made += 1;
    return `${kind}${this.made}`;
  }
}
