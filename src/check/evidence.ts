// What a run offers to judge by: its steps with their facts, and the world standing where each of them can be read.
// Whether a fact holds is decided in ../scenario/holds/holds.ts and nowhere else; this only leads it through the run.

import type { Directory } from '../scenario/cast/directory.js';
import type { EventValue } from '../scenario/holds/holds.js';
import {
  type Occurrence,
  occurrencesOf as occurrencesIn,
  readThere as readAtOccurrence,
  type Stretch,
  walk as walkThrough,
} from '../scenario/holds/occurrences.js';
import type { PlayedLine } from '../scenario/play/drive.js';
import type { Run } from '../scenario/run.js';
import { Cast } from '../trace/cast.js';
import { type Recording, readAt } from '../trace/recording.js';
import type { World } from '../world/tables.js';

export type { Occurrence, Stretch };

export interface Evidence {
  readonly run: Run;
  readonly recording: Recording;
  readonly world: World;
  readonly directory: Directory;
  readonly cast: Cast;
  readonly lines: readonly PlayedLine[];
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

/** As `walk` of a recording: every fact of the stretch in order. */
export function walk(
  { recording }: Evidence,
  stretch: Stretch,
  visit: (happened: Occurrence) => boolean | undefined,
): void {
  walkThrough(recording, stretch, visit);
}

/** Reads something of one happening, with the world standing as in `walk`. */
export function readThere<Value>({ recording }: Evidence, happened: Occurrence, read: () => Value): Value {
  return readAtOccurrence(recording, happened, read);
}

/** Everything in the stretch that is like the fact. */
export function occurrencesOf(
  { recording, directory }: Evidence,
  stretch: Stretch,
  fact: EventValue,
): Occurrence[] {
  return occurrencesIn(recording, directory, stretch, fact);
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
