// What a run offers to judge by: its steps with their facts, and the world standing where each of them can be read.
// Whether a fact holds is decided in ../scenario/holds/holds.ts and nowhere else; this only leads it through the run.

import type { Directory } from '../scenario/cast/directory.js';
import type { EventValue } from '../scenario/holds/holds.js';
import { matchesEvent } from '../scenario/holds/holds.js';
import type { PlayedLine } from '../scenario/play/drive.js';
import type { Run } from '../scenario/run.js';
import { Cast } from '../trace/cast.js';
import { type RecordedStep, type Recording, readAt } from '../trace/recording.js';
import type { Fact as LogFact } from '../world/facts.js';
import type { World } from '../world/tables.js';

export interface Evidence {
  readonly run: Run;
  readonly recording: Recording;
  readonly world: World;
  readonly directory: Directory;
  readonly cast: Cast;
  readonly lines: readonly PlayedLine[];
}

/** Steps from `first` up to `last`, the latter not included, counted from 0. Its end is the position after `last` steps. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Something that happened, in the step of this number (1 … total). */
export interface Occurrence {
  readonly step: number;
  /** Its place among the facts of its step. */
  readonly place: number;
  readonly log: LogFact;
}

export function evidenceOf(run: Run): Evidence {
  const { recording, directory, lines } = run;
  return { run, recording, world: recording.world, directory, cast: new Cast(recording), lines };
}

/** The whole run. */
export function wholeOf({ recording }: Evidence): Stretch {
  return { first: 0, last: recording.steps.length };
}

/** Reads something with the world standing after `t` steps, 0 … total. */
export function readAfter<Value>({ recording, world }: Evidence, t: number, read: () => Value): Value {
  return readAt(world, recording.steps[t - 1]?.after ?? recording.start, read);
}

/**
 * Visits every fact of the stretch in order. The world stands after its step; for a socket that the step removed,
 * before it. The visitor may end the walk by giving `true`.
 */
export function walk(
  evidence: Evidence,
  { first, last }: Stretch,
  visit: (happened: Occurrence) => boolean | undefined,
): void {
  const { recording, world } = evidence;
  readAt(world, recording.start, () => {
    let isOver: boolean | undefined;
    for (const step of recording.steps.slice(first, last))
      for (const [place, log] of step.facts.entries()) {
        if (isOver) break;
        stand(evidence, step, log);
        isOver = visit({ step: step.index + 1, place, log });
      }
    world.memory.seek(recording.start);
  });
}

/** Reads something of one happening, with the world standing as in `walk`. */
export function readThere<Value>(evidence: Evidence, { step, log }: Occurrence, read: () => Value): Value {
  const { recording, world } = evidence;
  const there = recording.steps[step - 1];
  return readAt(world, recording.start, () => {
    if (there !== undefined) stand(evidence, there, log);
    const value = read();
    world.memory.seek(recording.start);
    return value;
  });
}

function stand({ world }: Evidence, step: RecordedStep, log: LogFact): void {
  world.memory.seek(step.after);
  const isGone = 'socket' in log && log.socket !== undefined && !world.sockets.rows.has(log.socket);
  if (isGone) world.memory.seek(step.before);
}

/** Everything in the stretch that is like the fact. */
export function occurrencesOf(evidence: Evidence, stretch: Stretch, fact: EventValue): Occurrence[] {
  const found: Occurrence[] = [];
  walk(evidence, stretch, (happened) => {
    if (matchesEvent(evidence.world, evidence.directory, fact, happened.log)) found.push(happened);
    return undefined;
  });
  return found;
}

/** The first number of steps in the stretch, at least one of them taken, after which `holds` is true. */
export function firstTime(
  { recording, world }: Evidence,
  { first, last }: Stretch,
  holds: () => boolean,
): number | undefined {
  return readAt(world, recording.start, () => {
    let found: number | undefined;
    for (let t = first + 1; t <= last && found === undefined; t++) {
      world.memory.seek(recording.steps[t - 1]?.after ?? recording.start);
      if (holds()) found = t;
    }
    world.memory.seek(recording.start);
    return found;
  });
}
