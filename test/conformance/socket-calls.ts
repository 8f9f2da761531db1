// Ops on one socket: each a call or two of the socket API, and its answer in the words of the recordings.
import type { Call, Destination, Result } from '../../src/host/call.js';
import { encodeText } from '../../src/wire/bytes.js';
import type { ProcessId } from '../../src/world/tables.js';
import type { Label } from './labels.js';
import { endpointOf, hasNoPort, localText, nameOf, peerText } from './names.js';
import type { Player } from './player.js';
import type { Op, OpResult } from './recording.js';
import { readOption } from './socket-options.js';
import { unplayable } from './unplayable.js';

/** The label does not exist or was closed: the recorder does not make the call then. */
export class NoSocket extends Error {}

/** How long the recorder waits for a connect() that does not come back. */
const PATIENCE_MILLIS = 90;

/** What every op has at hand. */
interface Scene {
  readonly player: Player;
  readonly op: Op;
  readonly label: Label;
  /** Who calls: the op's process, or the one that the label belongs to. */
  readonly caller: ProcessId;
}

export function callSocket(player: Player, op: Op): OpResult {
  const label = player.labels.find(op.sock);
  if (label === undefined) throw new NoSocket();
  const caller = (op.proc === undefined ? label.process : player.processNamed(op.proc)).id;
  const play = CALLS[op.op] ?? unplayable(`op ${op.op}`);
  return play({ player, op, label, caller });
}

const CALLS: Readonly<Record<string, (scene: Scene) => OpResult>> = {
  setsockopt,
  bind: (scene) =>
    withLocal(scene, ask(scene, { call: 'bind', socket: scene.label.socket, ...destination(scene) })),
  listen: (scene) =>
    withLocal(
      scene,
      ask(scene, { call: 'listen', socket: scene.label.socket, backlog: scene.op.backlog ?? 5 }),
    ),
  connect,
  accept,
  send,
  sendto: send,
  recv,
  shutdown: (scene) =>
    plain(ask(scene, { call: 'shutdown', socket: scene.label.socket, how: howOf(scene.op) })),
  close: ({ player, label }) => plain(player.close(label)),
  dup,
  soerror: (scene) => {
    const { outcome, error } = ask(scene, { call: 'geterror', socket: scene.label.socket });
    return outcome === 'ok' ? { r: 'ok', err: error ?? null } : plain({ outcome });
  },
  name: ({ player: { simulation }, label }) => ({
    r: 'ok',
    local: localText(simulation, label),
    peer: peerText(simulation, label),
  }),
  poll: (scene) => {
    const { outcome, events } = ask(scene, { call: 'poll', socket: scene.label.socket });
    return outcome === 'ok' ? { r: 'ok', ev: events ?? [] } : plain({ outcome });
  },
};

function setsockopt(scene: Scene): OpResult {
  const { label, op } = scene;
  const { opt = '', value = 1 } = op;
  const options = readOption(opt, value);
  const result = plain(ask(scene, { call: 'setsockopt', socket: label.socket, options }));
  if (result.r !== 'ok') return result;
  if (options.sharesPort !== undefined) label.sharesPort = options.sharesPort;
  if (options.device !== undefined) label.device = options.device;
  if (options.portRange !== undefined) label.range = options.portRange;
  return result;
}

/** As a blocking connect() that is cut short once nothing moves any more. */
function connect(scene: Scene): OpResult {
  const { player, label, op, caller } = scene;
  const { socket } = label;
  if (op.addr === 'unspec') return withLocal(scene, ask(scene, { call: 'disconnect', socket }));
  const hadNoPort = hasNoPort(player.simulation, label);
  const call: Call = { call: 'connect', socket, ...destination(scene) };
  let { outcome } = ask(scene, call);
  if (outcome === 'pending') outcome = player.stage.askAgain(caller, call).outcome;
  if (outcome === 'pending') {
    player.stage.wait(PATIENCE_MILLIS);
    outcome = player.stage.askAgain(caller, call).outcome;
  }
  const local = localText(player.simulation, label);
  if (outcome === 'pending') return { r: 'PENDING', local };
  label.isStale = outcome !== 'ok' && hadNoPort;
  return outcome === 'ok' ? { r: 'ok', local, peer: peerText(player.simulation, label) } : plain({ outcome });
}

function accept(scene: Scene): OpResult {
  const { player, label, op } = scene;
  const { outcome, socket, from } = ask(scene, { call: 'accept', socket: label.socket });
  if (outcome !== 'ok' || socket === undefined) return plain({ outcome });
  return { r: 'ok', ...player.adopt(op.as ?? '', socket, label, from, op.proc) };
}

/** A datagram socket may get its port by sending, also when nothing can be sent. */
function send(scene: Scene): OpResult {
  const { player, label, op } = scene;
  const { socket } = label;
  const { simulation } = player;
  const data = encodeText(op.data ?? 'x');
  const hadNoPort = hasNoPort(simulation, label) && (op.op === 'sendto' || label.protocol === 'udp');
  const result = plain(
    op.op === 'send'
      ? ask(scene, { call: 'send', socket, data })
      : ask(scene, { call: 'sendto', socket, data, ...destination(scene) }),
  );
  if (result.r === 'ok') result.n = data.length;
  if (hadNoPort && !hasNoPort(simulation, label)) result.local = localText(simulation, label);
  return result;
}

function recv(scene: Scene): OpResult {
  const { label, op } = scene;
  const isTcp = label.protocol === 'tcp';
  const max = op.max === undefined ? {} : { max: op.max };
  const result = ask(scene, { call: isTcp ? 'recv' : 'recvfrom', socket: label.socket, ...max });
  if (result.outcome === 'eof') return { r: 'ok', eof: true };
  if (result.outcome !== 'ok') return plain(result);
  const data = result.data ?? '';
  return isTcp ? { r: 'ok', data } : { r: 'ok', data, from: endpointOf(result.from, label) ?? null };
}

function dup(scene: Scene): OpResult {
  const { player, label, op } = scene;
  const process = op.proc === undefined ? label.process : player.processNamed(op.proc);
  const { socket } = label;
  const result = plain(player.stage.ask(label.process.id, { call: 'dup', socket, into: process.id }));
  if (result.r === 'ok')
    player.labels.add({
      ...label,
      name: op.as ?? '',
      process,
      range: undefined,
      isStale: false,
      children: 0,
    });
  return result;
}

function howOf({ how }: Op): 'read' | 'write' | 'both' {
  return how === 'rd' ? 'read' : how === 'wr' ? 'write' : 'both';
}

/** `local:s1` and `peer:s1` are ports of another socket, 0 if it has none. */
function destination({ player, op: { addr = '', port = 0 } }: Scene): Destination {
  const family = addr.includes(':') ? 6 : 4;
  const address = addr === '0.0.0.0' || addr === '::' ? '' : addr.replace(/^::ffff:/, '');
  if (typeof port === 'number') return { address, port, family };
  const [side, name] = port.split(':');
  const other = player.labels.find(name);
  if (other === undefined) throw new NoSocket();
  const known = nameOf(player.simulation, other, side === 'peer' ? 'peer' : 'local');
  return { address, port: known?.port ?? 0, family };
}

function ask({ player, caller }: Scene, call: Call): Result {
  return player.stage.ask(caller, call);
}

function withLocal({ player, label }: Scene, { outcome }: Result): OpResult {
  return outcome === 'ok' ? { r: 'ok', local: localText(player.simulation, label) } : plain({ outcome });
}

/** errno 95 has two names, and the recorder knows it by the other one. */
export function errnoText(outcome: Result['outcome']): string {
  return outcome === 'EOPNOTSUPP' ? 'ENOTSUP' : outcome === 'pending' ? 'EAGAIN' : outcome;
}

export function plain({ outcome }: Result): OpResult {
  return { r: errnoText(outcome) };
}
