// The one place where the app takes a run: from a lesson to scenes, or to the problems that it has.
// A mistake inside the simulator is caught here, so that no page is ever blank.
// It refuses to know pages: app.ts decides what is shown for each outcome.

import { playParsed } from '../scenario/play-scenario.js';
import { Positions } from '../scenario/text/positions.js';
import { english } from '../trace/words/english/english.js';
import type { Lesson, Run, Trouble } from './lesson.js';
import { tongue } from './words/speech.js';

export type Opened =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'problems'; readonly problems: readonly Trouble[] }
  | { readonly kind: 'crash'; readonly message: string };

/** What tells the steps: the English table, or a pseudo-language's spelling of it. */
const WORDS = english(tongue);

/** Plays a lesson to its end. Problems of the author come in order of the text; a crash is ours. */
export function openLesson({ source, scenario, problems }: Lesson): Opened {
  if (scenario === undefined) return { kind: 'problems', problems };
  try {
    const parsed = { scenario, problems: [], positions: new Positions(source) };
    const { run } = playParsed(parsed, { language: tongue.tag, words: WORDS });
    return run === undefined ? { kind: 'problems', problems } : { kind: 'run', run };
  } catch (thrown) {
    return {
      kind: 'crash',
      message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    };
  }
}
