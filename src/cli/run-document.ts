// A run as a JSON document, for other programs. Its shape is part of the published surface: keys are added, never
// changed; `format` goes up if that cannot be kept. The same file gives the same bytes.
import type { Run } from '../scenario/run.js';
import { Cast } from '../trace/cast.js';
import { readReason } from '../trace/read-scene.js';
import type { CandidateView, PacketView, Reason, SocketView } from '../trace/scene.js';
import { viewPacket } from '../trace/views.js';

export interface RunDocument {
  readonly format: 1;
  readonly title: string;
  /** 16 hex digits over everything that the world holds at the end. Equal for equal files within one version. */
  readonly digest: string;
  readonly steps: readonly StepDocument[];
  /** The socket tables at the end, one for each host, in the order of the file. */
  readonly hosts: readonly { readonly host: string; readonly sockets: readonly SocketDocument[] }[];
}

export interface StepDocument {
  /** 1, 2, 3 … */
  readonly number: number;
  /** Virtual time in nanoseconds. */
  readonly at: number;
  readonly kind: 'call' | 'arrival' | 'timer';
  readonly phase?: string;
  readonly sentence: string;
  /** The author's words. */
  readonly say?: string;
  /** Packets that arrived, were lost or were sent in this step, in that order of happening, in one-line notation. */
  readonly packets: readonly {
    readonly what: 'sent' | 'arrived' | 'dropped';
    readonly packet: string;
    readonly payload?: string;
  }[];
  /** Why it went as it did, where something was decided. */
  readonly reason?: ReasonDocument;
}

export type ReasonDocument =
  | {
      readonly kind: 'delivery';
      readonly answer: 'delivered' | 'rst' | 'icmp' | 'silence';
      /** The rule that won. */
      readonly rule?: string;
      readonly candidates: readonly {
        readonly socket: SocketDocument;
        readonly question: string;
        readonly verdict: 'match' | 'fallback' | 'reject';
        readonly words: string;
      }[];
    }
  | {
      readonly kind: 'call';
      readonly errno?: string;
      readonly holders: readonly SocketDocument[];
    }
  | {
      /** A router: each end that it wrote anew. */
      readonly kind: 'passage';
      readonly rewrites: readonly {
        readonly side: 'source' | 'destination';
        readonly before: string;
        readonly after: string;
      }[];
    };

export interface SocketDocument {
  readonly protocol: 'tcp' | 'udp';
  readonly state: string;
  /** `10.0.0.80:80`; `*` is any, port 0 none. */
  readonly local: string;
  readonly remote: string;
  readonly process?: string;
  readonly label?: string;
}

export function runDocument(run: Run): RunDocument {
  const cast = new Cast(run.recording);
  const last = run.sceneAt(run.total);
  return {
    format: 1,
    title: run.title,
    digest: run.digestAt(run.total),
    steps: run.steps.map((step): StepDocument => {
      const recorded = run.recording.steps[step.number - 1];
      const reason = recorded && readReason(run.recording, cast, recorded);
      return {
        number: step.number,
        at: step.at,
        kind: step.kind,
        ...(step.phase === undefined ? {} : { phase: step.phase }),
        sentence: step.plain,
        ...(step.say === undefined ? {} : { say: step.say }),
        packets: packetsOf(run, cast, step.number),
        ...(reason === undefined ? {} : { reason: reasonDocument(reason) }),
      };
    }),
    hosts: last.hosts.map(({ name, sockets }) => ({ host: name, sockets: sockets.map(socketDocument) })),
  };
}

function packetsOf({ recording }: Run, cast: Cast, number: number): StepDocument['packets'] {
  const facts = recording.steps[number - 1]?.facts ?? [];
  return facts.flatMap((fact) => {
    if (fact.kind !== 'sent' && fact.kind !== 'arrived' && fact.kind !== 'dropped') return [];
    const { notation, payload, protocol }: PacketView = viewPacket(cast, fact.sent, undefined);
    const text = protocol === 'icmp' || payload === '' ? {} : { payload };
    return [{ what: fact.kind, packet: notation, ...text }];
  });
}

function reasonDocument(reason: Reason): ReasonDocument {
  if (reason.kind === 'call')
    return {
      kind: 'call',
      ...(reason.errno === undefined ? {} : { errno: reason.errno }),
      holders: reason.holders.map(socketDocument),
    };
  if (reason.kind === 'passage')
    return {
      kind: 'passage',
      rewrites: reason.rewrites.map(({ side, before, after }) => ({
        side,
        before: endpointText(before),
        after: endpointText(after),
      })),
    };
  const candidate = ({ socket, question, verdict, words }: CandidateView) => ({
    socket: socketDocument(socket),
    question,
    verdict,
    words,
  });
  return {
    kind: 'delivery',
    answer: reason.answer,
    ...(reason.rule === undefined ? {} : { rule: reason.rule }),
    candidates: reason.candidates.map(candidate),
  };
}

function socketDocument({ protocol, state, local, remote, process, label }: SocketView): SocketDocument {
  return {
    protocol,
    state,
    local: endpointText(local),
    remote: endpointText(remote),
    ...(process === undefined ? {} : { process: process.name }),
    ...(label === undefined ? {} : { label }),
  };
}

function endpointText({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
