// The socket table of one host, row by row, as `ss` would order it, with what the last decision said about each socket.
// A socket that went in this step is still there, struck. It repeats verdicts, it never decides.
// What to read in it at this step: table-hint.ts. The plain text that can be copied: ss.ts.
// Who shows it: ../panels/socket-table.ts.
import type { CandidateView, HostView, Mark, Scene, SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { type Chip, chipOf, type Struck } from './chip.js';
import { socketName } from './names.js';
import { hintOf } from './table-hint.js';

export interface TableRow {
  readonly key: string;
  readonly id: number;
  /** As it is read aloud, the same as on the stage. */
  readonly name: string;
  readonly netid: string;
  readonly state: string;
  readonly local: Chip;
  readonly remote: Chip;
  readonly mark: Mark | undefined;
  readonly program: string;
  readonly note: string;
  readonly tone: 'now' | 'plain' | 'quiet' | 'gone';
  readonly verdict: { readonly kind: CandidateView['verdict']; readonly words: string } | undefined;
}

export interface SocketTable {
  readonly host: number;
  readonly name: string;
  readonly letter: string;
  /** Whether a packet was decided on this host in this step, or waits at its door, and which kind it is. */
  readonly asked: 'segment' | 'datagram' | 'message' | undefined;
  /** What to look at in these rows. */
  readonly hint: string;
  readonly rows: readonly TableRow[];
}

function localStruck(candidate: CandidateView | undefined): Struck {
  if (candidate?.verdict !== 'reject') return 'none';
  if (candidate.field === 'local port') return 'port';
  return candidate.field === 'local address' ? 'address' : 'none';
}

function remoteStruck(candidate: CandidateView | undefined): Struck {
  if (candidate?.verdict !== 'reject') return 'none';
  if (candidate.field === 'remote port') return 'port';
  return candidate.field === 'remote address' ? 'address' : 'none';
}

function noteOf(socket: SocketView): string {
  if (socket.state === 'LISTEN' && socket.queued > 0)
    return messages.table.queued(socket.queued, socket.backlog);
  if (socket.unread > 0) return messages.table.unread(socket.unread, socket.protocol);
  return '';
}

const KINDS = { tcp: 'segment', udp: 'datagram', icmp: 'message' } as const;

/** Listeners first, then by creation, with those among them that were there in `before` and are no more. */
function socketsOf(host: HostView, before: Pick<Scene, 'hosts'> | undefined): readonly SocketView[] {
  const was = before?.hosts.find(({ id }) => id === host.id)?.sockets ?? [];
  const gone = was.filter(({ id }) => !host.sockets.some((socket) => socket.id === id));
  if (gone.length === 0) return host.sockets;
  const rank = ({ state }: SocketView): number => (state === 'LISTEN' ? 0 : 1);
  return [...host.sockets, ...gone].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}

/** `before`: the position before this step, for what has gone with it. */
export function tableOf(
  scene: Scene,
  hostId: number | undefined,
  before?: Pick<Scene, 'hosts'>,
): SocketTable | undefined {
  const host = scene.hosts.find(({ id }) => id === hostId) ?? scene.hosts[0];
  if (host === undefined) return undefined;
  const reason =
    scene.reason?.kind === 'delivery' && scene.reason.host === host.id ? scene.reason : undefined;
  const verdicts = new Map(reason?.candidates.map((candidate) => [candidate.socket.id, candidate]) ?? []);
  const hot = new Set(scene.step?.sockets ?? []);
  const rows = socketsOf(host, before).map((socket): TableRow => {
    const isGone = !host.sockets.some(({ id }) => id === socket.id);
    const candidate = verdicts.get(socket.id);
    const isAside =
      candidate?.verdict === 'reject' && ['protocol', 'local port'].includes(candidate.question);
    const isNow = hot.has(socket.id) || (candidate?.verdict === 'match' && reason?.answer === 'delivered');
    const program = socket.process === undefined ? '—' : `${socket.process.name}/${socket.process.pid}`;
    return {
      key: `row-${socket.id}`,
      id: socket.id,
      name: socketName(socket, host),
      netid: socket.protocol,
      state: socket.state,
      local: chipOf(socket.local, localStruck(candidate)),
      remote: chipOf(socket.remote, remoteStruck(candidate)),
      mark: socket.mark,
      program:
        socket.descriptor === undefined
          ? program
          : `${program} ${messages.stage.descriptor(socket.descriptor)}`,
      note: isGone ? messages.stage.gone : noteOf(socket),
      tone: isGone ? 'gone' : isNow ? 'now' : isAside ? 'quiet' : 'plain',
      verdict: candidate && { kind: candidate.verdict, words: candidate.words },
    };
  });
  const { step } = scene;
  const packet =
    reason?.packet ?? (step?.kind === 'arrival' && step.host === host.id ? step.packet : undefined);
  const asked = packet && KINDS[packet.protocol];
  return { host: host.id, name: host.name, letter: host.owner.letter, asked, hint: hintOf(reason), rows };
}
