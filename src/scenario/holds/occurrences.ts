// Walks through what happened in a stretch of a run, with the world standing where each thing can be read.
// Whether a happening is like a fact: holds.ts.
import { type RecordedStep, type Recording, readAt } from '../../trace/recording.js';
import type { Fact as LogFact } from '../../world/facts.js';
import type { World } from '../../world/tables.js';
import type { Directory } from '../cast/directory.js';
import { type EventValue, matchesEvent } from './holds.js';

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

/**
 * Visits every fact of the stretch in order. The world stands after its step; for a socket that the step removed,
 * before it. The visitor may end the walk by giving `true`.
 */
export function walk(
  { world, start, steps }: Recording,
  { first, last }: Stretch,
  visit: (happened: Occurrence) => boolean | undefined,
): void {
  readAt(world, start, () => {
    let isOver: boolean | undefined;
    for (const step of steps.slice(first, last))
      for (const [place, log] of step.facts.entries()) {
        if (isOver) break;
        stand(world, step, log);
        isOver = visit({ step: step.index + 1, place, log });
      }
    world.memory.seek(start);
  });
}

/** Reads something of one happening, with the world standing as in `walk`. */
export function readThere<Value>(
  { world, start, steps }: Recording,
  { step, log }: Occurrence,
  read: () => Value,
): Value {
  const there = steps[step - 1];
  return readAt(world, start, () => {
    if (there !== undefined) stand(world, there, log);
    const value = read();
    world.memory.seek(start);
    return value;
  });
}

function stand(world: World, step: RecordedStep, log: LogFact): void {
  world.memory.seek(step.after);
  const isGone = 'socket' in log && log.socket !== undefined && !world.sockets.rows.has(log.socket);
  if (isGone) world.memory.seek(step.before);
}

/** Everything in the stretch that is like the fact. */
export function occurrencesOf(
  recording: Recording,
  directory: Directory,
  stretch: Stretch,
  fact: EventValue,
): Occurrence[] {
  const found: Occurrence[] = [];
  walk(recording, stretch, (happened) => {
    if (matchesEvent(recording.world, directory, fact, happened.log)) found.push(happened);
    return undefined;
  });
  return found;
}
