// What a dry run says about the script itself: a call that failed and that nobody expected to fail. These are problems of
// the file, not of a grade: nobody listens, a port clash, no privilege, no way there, a wait that never ends.
// They come from the run's own decisions; a second copy of the rules would be wrong sooner or later.
import { type Recording, readAt } from '../../trace/recording.js';
import { formatEndpoint } from '../../wire/address.js';
import type { DropReason } from '../../world/facts.js';
import { localAddressOf, processOf } from '../../world/sockets.js';
import type { HostId, ProcessId, SocketId, World } from '../../world/tables.js';
import { factsOf } from '../holds/holds.js';
import type { RUN_CODES } from '../text/problems.js';
import type { PlayedAct, PlayedLine } from './drive.js';

export interface RunFlaw {
  readonly path: readonly (string | number)[];
  readonly code: (typeof RUN_CODES)[number];
  readonly message: string;
  readonly hint: string;
}
type Verdict = Omit<RunFlaw, 'path'>;

/** At most one a line. A line that says what it `gives` is judged as an expectation instead. */
export function* unexpectedFailures(recording: Recording, lines: readonly PlayedLine[]): Generator<RunFlaw> {
  for (const { path, act, first, last } of lines) {
    if (act === undefined || act.line.act.gives !== undefined) continue;
    const steps = recording.steps.slice(first, last);
    const flaw = flawOf({ recording: { ...recording, steps }, act });
    if (flaw !== undefined) yield { path: [...path, act.line.key, act.line.verb], ...flaw };
  }
}

/** A line's act with the steps of this line alone. */
interface Failed {
  readonly recording: Recording;
  readonly act: PlayedAct;
}

function flawOf(failed: Failed): Verdict | undefined {
  const { line, outcome } = failed.act;
  const { verb, key, act } = line;
  const what = `\`${verb}: ${String(act[verb])}\``;
  const expectIt = `expect it: gives: ${outcome}`;
  switch (outcome) {
    case 'ECONNREFUSED':
      return nobodyListens(failed, `or ${expectIt}`);
    case 'EADDRINUSE':
      return { code: 'port-clash', message: `${what}: ${holderIn(failed)}`, hint: `or ${expectIt}` };
    case 'EACCES':
      return 'to' in act || verb === 'connect'
        ? {
            code: 'not-privileged',
            message: `${what} goes to everybody, and this socket may not broadcast`,
            hint: `set \`setsockopt: { broadcast: true }\` first, or ${expectIt}`,
          }
        : {
            code: 'not-privileged',
            message: `\`${key}\` may not take a port below 1024: only root may`,
            hint: `run it as root, or ${expectIt}`,
          };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return {
        code: 'unreachable',
        message: `${what}: there is no way from here to there`,
        hint: `put both on one network, or ${expectIt}`,
      };
    case 'ETIMEDOUT': {
      const why = silenceIn(failed);
      return why === undefined
        ? undefined
        : { code: 'unreachable', message: `${what}: ${why}`, hint: `or ${expectIt}` };
    }
    case 'EINVAL':
      return /:0$/.test(String(act.to ?? act[verb])) ? nobodysPort(`or ${expectIt}`) : undefined;
    case 'stuck':
      return {
        code: 'stuck',
        message: `${what} waits for something that never comes`,
        hint: 'or expect it: gives: pending',
      };
    default:
      return undefined;
  }
}

/** `nothing listens on tcp 81 of web at this point; there is nginx on 80`. */
function nobodyListens({ recording, act }: Failed, hint: string): Verdict | undefined {
  const { verb } = act.line;
  for (const { step, fact } of factsOf(recording.steps)) {
    if (fact.kind !== 'refused' || fact.sent.packet.protocol === 'icmp') continue;
    const { protocol, destinationPort } = fact.sent.packet;
    const { world } = recording;
    const there = readAt(world, step.before, () => doorsOf(world, fact.host, protocol));
    const others = there.length === 0 ? '' : `; there is ${there.slice(0, 4).join(', ')}`;
    if (destinationPort === 0) return nobodysPort(hint);
    const place = `${protocol} ${destinationPort} of ${world.hosts.name.get(fact.host)}`;
    return { code: 'nobody-listens', message: `nothing listens on ${place} at this point${others}`, hint };
  }
  if (verb !== 'connect') return undefined;
  const what = `\`${verb}: ${String(act.line.act[verb])}\``;
  return { code: 'nobody-listens', message: `${what} is refused before it reaches anybody`, hint };
}

/** 0 asks for a port when one binds; as a destination it leads to nobody. */
function nobodysPort(hint: string): Verdict {
  return { code: 'nobody-listens', message: 'port 0 is no destination: no socket is ever on it', hint };
}

/** `nginx on 80`: whoever takes newcomers there. */
function doorsOf(world: World, host: HostId, protocol: 'tcp' | 'udp'): readonly string[] {
  const { sockets } = world;
  return [...sockets.rows].flatMap((socket) => {
    const takesNewcomers = protocol === 'tcp' ? sockets.state.get(socket) === 'LISTEN' : true;
    if (sockets.host.get(socket) !== host || sockets.protocol.get(socket) !== protocol) return [];
    if (!takesNewcomers || sockets.localPort.get(socket) === 0) return [];
    return [`${holderName(world, socket)} on ${placeOf(world, socket)}`];
  });
}

/** `nginx already holds tcp 80 of web`. */
function holderIn({ recording: { world, steps } }: Failed): string {
  for (const { step, fact } of factsOf(steps)) {
    if ((fact.kind !== 'called' && fact.kind !== 'returned') || fact.outcome !== 'EADDRINUSE') continue;
    return readAt(world, step.before, () => {
      const { holder } = fact;
      if (holder === undefined || !world.sockets.rows.has(holder)) return TAKEN;
      const host = world.hosts.name.get(world.sockets.host.get(holder) as HostId);
      const port = `${world.sockets.protocol.get(holder)} ${placeOf(world, holder)}`;
      return `${holderName(world, holder)} already holds ${port} of ${host}`;
    });
  }
  return TAKEN;
}
const TAKEN = 'another socket holds this port at this point';

function holderName(world: World, socket: SocketId): string {
  const process: ProcessId | undefined = processOf(world, socket);
  return process === undefined
    ? `a connection in ${world.sockets.state.get(socket)}`
    : world.processes.name.get(process);
}

/** The port, with its address if it is not on every one. */
function placeOf(world: World, socket: SocketId): string {
  const address = localAddressOf(world, socket);
  const port = world.sockets.localPort.get(socket);
  return address === '' ? String(port) : formatEndpoint(address, port);
}

/** Why nothing came back: the first drop that is nobody's accident. */
function silenceIn({ recording: { world, steps } }: Failed): string | undefined {
  for (const { fact } of factsOf(steps)) {
    if (fact.kind !== 'dropped') continue;
    const why = SILENCES[fact.why];
    if (why !== undefined)
      return `${why}${fact.host === undefined ? '' : ` (${world.hosts.name.get(fact.host)})`}`;
  }
  return undefined;
}
const SILENCES: { readonly [Each in DropReason]?: string } = {
  firewall: 'a firewall lets it vanish without an answer',
  'no-mapping': 'the router has no row for it and says nothing',
  filtered: 'the router has a row, and not for this sender',
  'no-host': 'nobody on that network has the address',
};
