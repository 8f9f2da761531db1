// The one place where the app takes a run: from the text of a scenario to scenes, or to the problems that it has.
// A mistake inside the simulator is caught here, so that no page is ever blank.
// It refuses to know pages: app.ts decides what is shown for each outcome.

import { openRun, type Run } from '../scenario/run.js';
import { english } from '../trace/words/english/english.js';
import { includable } from './library.js';
import { tongue } from './words/speech.js';

export type { Run };

export interface Trouble {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export type Opened =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'problems'; readonly problems: readonly Trouble[] }
  | { readonly kind: 'crash'; readonly message: string };

/** What tells the steps: the English table, or a pseudo-language's spelling of it. */
const WORDS = english(tongue);

/** Plays a scenario to its end. Problems of the author come in order of the text; a crash is ours. */
export function openScenario(source: string): Opened {
  try {
    const { run, problems } = openRun(source, { library: includable, language: tongue.tag, words: WORDS });
    return run === undefined ? { kind: 'problems', problems } : { kind: 'run', run };
  } catch (thrown) {
    return {
      kind: 'crash',
      message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    };
  }
}
