// Fills a Scene: seeks the world to a position, reads it, and says what the step that led there was about.
// Reading never changes a run; any position, any order. Shapes and their meaning: scene.ts.
import type { Fact, Sent } from '../world/facts.js';
import type { HostId, SocketId } from '../world/tables.js';
import { type CallFact, callReason } from './call-reason.js';
import type { Cast } from './cast.js';
import { type DecisionFact, delivery } from './delivery-reason.js';
import { glyphOf } from './glyph.js';
import { passageReason } from './passage-reason.js';
import { type RecordedStep, type Recording, readAt } from './recording.js';
import { type PacketView, plainText, type Reason, type Scene, type StepView } from './scene.js';
import { sentenceOf } from './step-sentence.js';
import { viewHost, viewPacket } from './views.js';

/** What the author adds to a step. */
export interface Note {
  readonly phase?: string;
  readonly say?: string;
  readonly ask?: { readonly which: string; readonly text: string };
}

/** `t`: how many steps have been taken, 0 … steps. `steps`: all of them, as `viewStep` gave them. */
export function readScene(recording: Recording, cast: Cast, steps: readonly StepView[], t: number): Scene {
  const { world } = recording;
  const step = recording.steps[t - 1];
  const reason = step && readReason(recording, cast, step);
  return readAt(world, step?.after ?? recording.start, () => ({
    t,
    total: recording.steps.length,
    at: step?.at ?? 0,
    step: steps[t - 1],
    reason,
    hosts: [...world.hosts.rows].map((host) => viewHost(world, cast, host)),
    inFlight: packetsInFlight(recording, cast, t),
  }));
}

export function viewStep(recording: Recording, cast: Cast, step: RecordedStep, note: Note): StepView {
  const reason = readReason(recording, cast, step);
  return readAt(recording.world, step.after, () => {
    const { world } = recording;
    const told = { world, cast, step, reason };
    const { id, args, parts } = sentenceOf(told);
    const packet = mainPacket(cast, step);
    const process = step.facts.find((fact): fact is CallFact => fact.kind === 'called')?.process;
    const changes = step.facts.some((fact) => fact.kind === 'state');
    return {
      number: step.index + 1,
      at: step.at,
      kind: step.kind,
      glyph: glyphOf(step),
      phase: note.phase,
      said: { id, args },
      sentence: parts,
      plain: plainText(parts),
      say: note.say,
      host: hostOfStep(recording, step),
      process,
      sockets: [...socketsOf(step.facts)],
      mark: packet?.mark ?? markOfSockets(recording, cast, step),
      packet,
      isDelivery: step.facts.some((fact) => fact.kind === 'delivered' || fact.kind === 'refused'),
      changesState: changes,
      ask: note.ask,
    };
  });
}

/** Read at the position before the step, where the decision was taken. */
export function readReason(recording: Recording, cast: Cast, step: RecordedStep): Reason | undefined {
  const { world } = recording;
  const decision = step.facts.find(
    (fact): fact is DecisionFact => fact.kind === 'delivered' || fact.kind === 'refused',
  );
  if (decision !== undefined)
    return readAt(world, step.before, () =>
      delivery(world, cast, decision, viewPacket(cast, decision.sent, decision.host)),
    );
  const passage = passageReason(world, cast, step);
  if (passage !== undefined) return readAt(world, step.before, passage);
  const call = step.facts.find((fact): fact is CallFact => fact.kind === 'called');
  return call && readAt(world, step.before, () => callReason(world, cast, call));
}

function packetsInFlight(recording: Recording, cast: Cast, t: number): readonly PacketView[] {
  const flying = new Map<number, Extract<Fact, { kind: 'sent' }>>();
  for (const step of recording.steps.slice(0, t))
    for (const fact of step.facts) {
      if (fact.kind === 'sent') flying.set(fact.sent.number, fact);
      if (fact.kind === 'arrived' || fact.kind === 'dropped') flying.delete(fact.sent.number);
    }
  return [...flying.values()].map(({ sent, to }) => viewPacket(cast, sent, to));
}

function mainPacket(cast: Cast, step: RecordedStep): PacketView | undefined {
  const about = packetOfStep(step);
  return about && viewPacket(cast, about.sent, about.toHost);
}

/** The packet that arrived, or the first that was sent, and the host it goes to; undefined if there is none. */
export function packetOfStep(
  step: RecordedStep,
): { readonly sent: Sent; readonly toHost: HostId | undefined } | undefined {
  for (const fact of step.facts) {
    if (fact.kind === 'arrived' || (fact.kind === 'dropped' && step.kind === 'arrival'))
      return { sent: fact.sent, toHost: fact.host };
    if (fact.kind === 'sent') return { sent: fact.sent, toHost: fact.to };
  }
  return undefined;
}

function hostOfStep({ world }: Recording, step: RecordedStep): number | undefined {
  for (const fact of step.facts) {
    if ('host' in fact && fact.host !== undefined) return fact.host;
    if ('process' in fact && fact.process !== undefined && world.processes.rows.has(fact.process))
      return world.processes.host.get(fact.process) || undefined;
    if (fact.kind === 'state' && world.sockets.rows.has(fact.socket))
      return world.sockets.host.get(fact.socket) || undefined;
  }
  return undefined;
}

function socketsOf(facts: readonly Fact[]): ReadonlySet<SocketId> {
  const sockets = new Set<SocketId>();
  for (const fact of facts) {
    if ('socket' in fact && fact.socket !== undefined) sockets.add(fact.socket);
    if (fact.kind === 'delivered' && fact.created !== undefined) sockets.add(fact.created);
    if (fact.kind === 'called' && fact.accepted !== undefined) sockets.add(fact.accepted);
  }
  return sockets;
}

function markOfSockets(recording: Recording, cast: Cast, step: RecordedStep) {
  const { sockets } = recording.world;
  for (const socket of socketsOf(step.facts)) {
    const mark = sockets.rows.has(socket) ? cast.markOf(sockets.conversation.get(socket)) : undefined;
    if (mark !== undefined) return mark;
  }
  return undefined;
}
