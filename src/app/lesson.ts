// What the build makes of each file below scenarios/, so that no page reads YAML or runs a scenario only to draw its card:
// the head for the gallery, the lesson to play, and one run told in full for the first screen.
// It refuses to know how they are made (prepare.ts) and when they come (library.ts).
import type { Run as Played } from '../scenario/play-scenario.js';
import type { Scenario } from '../scenario/schema/schema.js';
import type { Text } from '../scenario/schema/texts.js';
import type { Scene } from '../trace/scene.js';
import type { Thumbnail } from './present/thumbnail.js';

/** What the pages read of a run. */
export type Run = Pick<
  Played,
  | 'title'
  | 'teaches'
  | 'takeaway'
  | 'teacher'
  | 'breaks'
  | 'total'
  | 'steps'
  | 'lanes'
  | 'asked'
  | 'sceneAt'
  | 'lifecycleAt'
  | 'headersAt'
>;

/** What stands on a scenario's card. */
export interface Head {
  /** In each language that its author has written. */
  readonly title: Text;
  readonly idea: Text;
  readonly breaks: readonly string[];
  /** Undefined for a file that cannot be played, as the reading time. */
  readonly picture?: Thumbnail | undefined;
  readonly minutes?: number | undefined;
}

/** A problem of the file, with its place. */
export interface Trouble {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** The text of a file and what was read from it; problems if that cannot be played. */
export interface Lesson {
  readonly source: string;
  readonly scenario?: Scenario;
  readonly problems: readonly Trouble[];
}

/** Every scene of a run, as it is told without the simulator. */
export interface ToldRun extends Pick<Run, 'title' | 'steps' | 'lanes' | 'asked'> {
  /** After 0, 1, 2 … steps; the step of each is among the steps. */
  readonly scenes: readonly Omit<Scene, 'step'>[];
}

/** The told run as one that can be read at any step; it has no headers and no lifecycles. */
export function readTold({ title, steps, lanes, asked, scenes }: ToldRun): Run {
  const [start] = scenes;
  if (start === undefined) throw new Error('a told run has a scene before its first step');
  return {
    ...{ title, steps, lanes, asked, teaches: '', takeaway: '', teacher: '', breaks: [] },
    total: steps.length,
    sceneAt: (t) => {
      const at = Math.max(0, Math.min(t, steps.length));
      return { ...(scenes[at] ?? start), step: steps[at - 1] };
    },
    lifecycleAt: () => undefined,
    headersAt: () => undefined,
  };
}
