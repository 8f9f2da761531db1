// What the lines of a script stand for: every call that was made in a line, written as a line of the script. For a dialogue it
// is the program behind the one word; other lines stand for themselves. Read from a run, so ports and ends are the real ones.
// It is for reading: who waits for whom is the run's, and is not written here.
import { stringify } from 'yaml';
import { type RecordedStep, readAt } from '../trace/recording.js';
import { formatEndpoint } from '../wire/address.js';
import type { Fact } from '../world/facts.js';
import { addressesOf } from '../world/interfaces.js';
import { localAddressOf } from '../world/sockets.js';
import type { SocketId } from '../world/tables.js';
import type { Run as Played } from './run.js';

/** `names`: of sockets and conversations that the author gave none, in the order in which they are met. */
interface Run extends Pick<Played, 'recording' | 'directory' | 'lines'> {
  readonly names: Map<string, string>;
}

type Called = Extract<Fact, { kind: 'called' | 'returned' }>;

export interface Expanded {
  /** As the author wrote it, in one line. */
  readonly written: string;
  /** Its calls in order, each as a line of a script. */
  readonly calls: readonly string[];
}

/** One for each line that somebody acts in. */
export function expandRun({ recording, directory, lines }: Played): readonly Expanded[] {
  const run: Run = { recording, directory, lines, names: new Map() };
  return run.lines.flatMap(({ act, first, last, isMoment }): Expanded[] => {
    if (act === undefined || isMoment) return [];
    const { key, act: written } = act.line;
    const calls = run.recording.steps.slice(first, last).flatMap((step) => callsIn(run, step));
    return [{ written: lineOf(key, written), calls }];
  });
}

function callsIn(run: Run, step: RecordedStep): string[] {
  const facts = step.facts.filter(
    (fact): fact is Called => fact.kind === 'called' || fact.kind === 'returned',
  );
  return facts.flatMap((fact) => {
    // A call that waited was told when it was made; one that slept already is told when it returns.
    if (
      fact.kind === 'returned' &&
      fact.call !== 'recv' &&
      fact.call !== 'recvfrom' &&
      fact.call !== 'accept'
    )
      return [];
    const { processes } = run.recording.world;
    const [name, call] = readAt(run.recording.world, step.after, () => [
      processes.name.get(fact.process),
      callOf(run, fact),
    ]);
    const failed = fact.outcome === 'ok' || fact.outcome === 'pending' ? {} : { gives: fact.outcome };
    return [lineOf(name, { ...call, ...failed })];
  });
}

function callOf(run: Run, fact: Called): Record<string, unknown> {
  const { call, socket, text } = fact;
  const own = socketName(run, socket);
  switch (call) {
    case 'bind':
    case 'listen':
      return { [call]: portOf(run, fact), as: own };
    case 'connect':
      return {
        connect: endOf(run, fact),
        ...(fact.isPortChosen ? {} : { from: ownPort(run, socket) }),
        as: own,
      };
    case 'accept':
      return {
        accept: ownPort(run, socket) ?? own,
        ...(fact.accepted ? { as: socketName(run, fact.accepted) } : {}),
      };
    case 'send':
      return { send: text ?? '', using: own };
    case 'sendto':
      return { sendto: text ?? '', to: `udp ${endOf(run, fact)}`, using: own };
    case 'setsockopt':
      return { setsockopt: text ?? '', using: own };
    default:
      return { [call]: own ?? text ?? null };
  }
}

/** Its label, the one of its conversation, or a number; a listener and a UDP door go by their port. */
function socketName(
  { recording: { world }, directory, names }: Run,
  socket: SocketId | undefined,
): string | undefined {
  if (socket === undefined || !world.sockets.rows.has(socket)) return undefined;
  const conversation = world.sockets.conversation.get(socket);
  const label = conversation === 0 ? '' : world.conversations.label.get(conversation);
  const given = directory.labelOf(socket) ?? (label || undefined);
  if (given !== undefined) return given;
  const key = conversation === 0 ? `socket ${socket}` : `conversation ${conversation}`;
  const name = names.get(key) ?? `s${names.size + 1}`;
  names.set(key, name);
  return name;
}

function ownPort({ recording: { world } }: Run, socket: SocketId | undefined): number | undefined {
  return socket === undefined || !world.sockets.rows.has(socket)
    ? undefined
    : world.sockets.localPort.get(socket);
}

function portOf(run: Run, { socket, protocol, address = '', port = 0 }: Called): string {
  const { world } = run.recording;
  const isThere = socket !== undefined && world.sockets.rows.has(socket);
  const own = isThere ? localAddressOf(world, socket) : address;
  const shown = isThere ? world.sockets.localPort.get(socket) : port;
  return `${protocol ?? 'tcp'} ${own === '' ? shown : formatEndpoint(own, shown)}`;
}

/** A host's name where only one has the address. */
function endOf({ recording: { world } }: Run, { address = '', port = 0 }: Called): string {
  const owners = [...world.hosts.rows].filter((host) => addressesOf(world, host).includes(address));
  const [owner] = owners;
  return owner !== undefined && owners.length === 1
    ? `${world.hosts.name.get(owner)}:${port}`
    : formatEndpoint(address, port);
}

function lineOf(who: string, act: object): string {
  const known = Object.fromEntries(Object.entries(act).filter(([, value]) => value !== undefined));
  return `- ${stringify({ [who]: known }, { collectionStyle: 'flow', lineWidth: 0 })
    .trim()
    .replace(/^\{ (.*) \}$/s, '$1')}`;
}
