// FTP: one connection for commands, and one a file. Active: the client listens and the server calls it from port 20. Passive:
// the server listens and the client calls it. Which ports: RFC 959 §3.2 and §5.2; the addresses stand in the text, where no
// NAT rewrites them. Over IPv6 as EPRT and EPSV say it, RFC 2428. Left out: 150, which says nothing of ports, and an end of the session: a client stays logged in.
import { localAddressOf, remoteAddressOf } from '../../world/sockets.js';
import type { SocketId } from '../../world/tables.js';
import { acceptFrom, closeSocket, connectTo, openSocket } from '../deeds/deeds.js';
import type { Deed, Part, Program } from '../deeds/program.js';
import { type Desk, leave, say, type Talk, textOf } from './desk.js';
import { awaitCaller, hear, isGone, untilCalled } from './hear.js';
import { type Call, dial, familyOf } from './speak.js';

/** Active data connections leave from here, RFC 959 §3.2. */
const DATA_PORT = 20;
const GREETING = '220 ready';
/** Commands that change nothing here. */
const ANSWERS: Readonly<Record<string, string>> = {
  USER: '331 password required',
  PASS: '230 logged in',
  QUIT: '221 goodbye',
};

export interface FtpWish {
  /** Contents of every file; undefined: a line with its name. */
  readonly reply: string | undefined;
  /** Port of the listener for passive data connections, 0 to have one picked. */
  readonly passive: number;
}

type Target =
  | { readonly kind: 'call'; readonly address: string; readonly port: number }
  | { readonly kind: 'wait'; readonly listener: SocketId };

/** The server's side of a control connection. */
export function serveFtp({ reply, passive }: FtpWish): Talk {
  return function* (desk, control) {
    let target: Target | undefined;
    yield say(desk, control, GREETING);
    for (;;) {
      const line = textOf(yield hear(desk.world, desk.process, control));
      if (line === undefined) break;
      const [command = '', argument = ''] = line.split(' ');
      if (command === 'PORT' || command === 'EPRT') {
        target = targetOf(argument);
        yield say(desk, control, target === undefined ? '501 not an address and port' : `200 ${command} ok`);
      } else if (command === 'PASV' || command === 'EPSV') {
        const opened = yield listening(desk, control, passive);
        if (opened.socket !== undefined) target = { kind: 'wait', listener: opened.socket };
        const isOpen = opened.outcome === 'ok' && opened.socket !== undefined;
        const own = localAddressOf(desk.world, control);
        const port = isOpen && opened.socket ? portAt(desk, opened.socket) : 0;
        yield say(desk, control, isOpen ? passiveAnswer(own, port) : '425 no port');
      } else if (command === 'RETR') {
        const isSent =
          target !== undefined && (yield* transfer(desk, target, reply ?? `${argument} contents`));
        target = undefined;
        yield say(desk, control, isSent ? '226 transfer complete' : '425 cannot open data connection');
      } else yield say(desk, control, ANSWERS[command] ?? '502 not here');
      if (command === 'QUIT') break;
    }
    if (!isGone(desk.world, control)) yield leave(desk, control);
    return { outcome: 'ok' };
  };
}

/** Whoever sends the file closes: the end of the connection is the end of the file. */
function* transfer(desk: Desk, target: Target, text: string): Part<boolean> {
  const data = target.kind === 'call' ? yield* callBack(desk, target) : yield* letIn(desk, target.listener);
  if (data === undefined) return false;
  yield say(desk, data, text);
  yield leave(desk, data);
  return true;
}

function* callBack(
  desk: Desk,
  { address, port }: Extract<Target, { kind: 'call' }>,
): Part<SocketId | undefined> {
  let data: SocketId | undefined;
  const { outcome } = yield connectTo(
    desk.world,
    desk.process,
    'tcp',
    { address, port, family: familyOf(address) },
    {
      from: { address: '', port: DATA_PORT, family: familyOf(address) },
      options: { mayRebind: true }, // the last file's connection may be in TIME-WAIT
      onSocket: (socket) => (data = socket),
    },
  );
  if (outcome === 'ok') return data;
  if (data !== undefined && !isGone(desk.world, data)) yield leave(desk, data);
  return undefined;
}

function* letIn(desk: Desk, listener: SocketId): Part<SocketId | undefined> {
  yield untilCalled(desk.world, listener);
  if (isGone(desk.world, listener)) return undefined;
  const { socket } = yield acceptFrom(desk.process, listener);
  return socket;
}

export interface FtpFetch extends Call {
  readonly file: string;
  readonly mode: 'active' | 'passive';
}

/**
 * Logs in without a name, and fetches one file. Its result is the file; if no data connection comes about, `timeout`, or the
 * errno of the client's own call.
 */
export function* fetchByFtp(desk: Desk, { file, mode, ...call }: FtpFetch): Program {
  const { world, process } = desk;
  const opened = yield* dial(desk, call);
  const control = opened.socket;
  if (opened.outcome !== 'ok' || control === undefined) return opened;
  const greeting = yield hear(world, process, control);
  if (greeting.outcome !== 'ok') return greeting;
  return mode === 'active' ? yield* actively(desk, control, file) : yield* passively(desk, control, file);
}

function* actively(desk: Desk, control: SocketId, file: string): Program {
  const { world } = desk;
  const opened = yield listening(desk, control, 0);
  const door = opened.socket;
  if (opened.outcome !== 'ok' || door === undefined) return opened;
  const agreed = yield* ask(desk, control, invitation(localAddressOf(world, control), portAt(desk, door)));
  if (agreed.outcome !== 'ok') return agreed;
  yield say(desk, control, `RETR ${file}`);
  const { socket: data } = yield awaitCaller(world, desk.process, door, control);
  return data === undefined
    ? yield* givenUp(desk, control, door)
    : yield* receiving(desk, control, data, door);
}

function* passively(desk: Desk, control: SocketId, file: string): Program {
  const server = remoteAddressOf(desk.world, control);
  const answer = yield* ask(desk, control, server.includes(':') ? 'EPSV' : 'PASV');
  const target = targetOf(/\((.+)\)/.exec(textOf(answer) ?? '')?.[1] ?? '', server);
  if (target === undefined) return { ...answer, outcome: 'timeout' };
  const opened = yield* dial(desk, { to: target, onSocket: () => {} });
  if (opened.outcome !== 'ok' || opened.socket === undefined) return opened;
  yield say(desk, control, `RETR ${file}`);
  return yield* receiving(desk, control, opened.socket, undefined);
}

/** The file up to its end, then what the server says of it. */
function* receiving(desk: Desk, control: SocketId, data: SocketId, door: SocketId | undefined): Program {
  const { world, process } = desk;
  const contents = yield hear(world, process, data);
  if (contents.outcome === 'ok') yield hear(world, process, data);
  yield closing(desk, data, door);
  yield hear(world, process, control);
  return contents;
}

/** The server says on the control connection that it could not call. */
function* givenUp(desk: Desk, control: SocketId, door: SocketId): Program {
  yield hear(desk.world, desk.process, control);
  yield leave(desk, door);
  return { outcome: 'timeout' };
}

/** Closes the data connection, and the listener that it came by in the same breath. */
function closing({ process }: Desk, data: SocketId, door: SocketId | undefined): Deed {
  const { account } = closeSocket(process, data);
  return {
    process,
    account,
    act: (call) => {
      const result = call({ call: 'close', socket: data });
      if (door !== undefined) call({ call: 'close', socket: door });
      return result;
    },
  };
}

function* ask(desk: Desk, control: SocketId, text: string): Program {
  const sent = yield say(desk, control, text);
  return sent.outcome === 'ok' ? yield hear(desk.world, desk.process, control) : sent;
}

/** On every address, of the family that the control connection is of. */
function listening({ world, process }: Desk, control: SocketId, port: number): Deed {
  const wish = { listens: true, backlog: 1, options: {} };
  return openSocket(
    world,
    process,
    'tcp',
    { address: '', port, family: familyOf(localAddressOf(world, control)) },
    wish,
  );
}

function portAt({ world }: Desk, socket: SocketId): number {
  return world.sockets.localPort.get(socket);
}

/** Where the client listens. */
function invitation(address: string, port: number): string {
  return address.includes(':') ? `EPRT |2|${address}|${port}|` : `PORT ${numbers(address, port)}`;
}

/** Where the server listens. */
function passiveAnswer(address: string, port: number): string {
  return address.includes(':')
    ? `229 Entering Extended Passive Mode (|||${port}|)`
    : `227 Entering Passive Mode (${numbers(address, port)})`;
}

/** `10,0,0,7,195,82`: four numbers of the address, two of the port. RFC 959 §4.1.2. */
function numbers(address: string, port: number): string {
  return [...address.split('.'), port >> 8, port & 255].join(',');
}

/** Six numbers, or `|2|address|port|`, in which the address may be left out: that of the control connection. */
function targetOf(text: string, here = ''): Extract<Target, { kind: 'call' }> | undefined {
  const [, extended, door] = /^\|2?\|([^|]*)\|(\d{1,5})\|$/.exec(text) ?? [];
  if (door !== undefined) return { kind: 'call', address: extended || here, port: Number(door) };
  const bytes = text.split(',').map(Number);
  const [a, b, c, d, high, low] = bytes;
  if (bytes.length !== 6 || high === undefined || low === undefined) return undefined;
  if (bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255)) return undefined;
  return { kind: 'call', address: [a, b, c, d].join('.'), port: high * 256 + low };
}
