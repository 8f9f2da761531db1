// What a check says about a scenario, as plain values: problems of the file, a verdict for each expectation, points.
// How it is printed is the command's business; how it comes about: check-scenario.ts.
import type { Problem } from '../scenario/text/problems.js';

/** What the run did instead of what was expected, in the notation of packets and rows. */
export interface Finding {
  readonly got: string;
  /** What comes nearest: its step, what it is, and every field that differs with both values. */
  readonly nearest: string | undefined;
  /** The step to look at: that of the nearest miss, of the first violation, or the last of the stretch. 0 … total. */
  readonly step: number;
}

/** Why an expectation does not hold. */
export interface Failure extends Finding {
  readonly expected: string;
  /** The author's words for this failure, `else`. */
  readonly feedback: string | undefined;
  /** Opens the stepper there; undefined if the scenario has no id. */
  readonly link: string | undefined;
  /** The order in which it fails, if it holds in the usual one: put into the file, the key `order` gives this run. */
  readonly order?: { readonly answers: readonly number[]; readonly words: readonly string[] };
}

export interface Verdict {
  /** The file where it stands, if that is not the scenario's. */
  readonly file?: string;
  /**
   * `run`: an expectation at the end of the file. `line`: one that stands on a line of the script. `call`: what a line
   * `gives` (ok unless it says so) or `reads`. `order`: what does not hold in another order, or that everything does.
   * `transcript`: that it reads as the transcript that was kept of it.
   */
  readonly about: 'run' | 'line' | 'call' | 'order' | 'transcript';
  /** Where it stands in the scenario, as keys and indices from the root. */
  readonly path: readonly (string | number)[];
  /** Where it stands in the text, 1-based; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** The author's heading, or the expectation in one line. */
  readonly claim: string;
  /** Weight in grading; 0 for calls, orders and transcripts, which earn nothing and may still fail. */
  readonly points: number;
  readonly passed: boolean;
  readonly failure: Failure | undefined;
}

export interface Report {
  /** '' if the text could not be read. */
  readonly title: string;
  /** Steps of the run; 0 if there is none. */
  readonly steps: number;
  /** In order of the text; warnings only if there is no error. */
  readonly problems: readonly Problem[];
  /** In order of the text. Empty while there is an error: a broken scenario is not graded. */
  readonly verdicts: readonly Verdict[];
  /** Points of the expectations that hold, and of all. */
  readonly earned: number;
  readonly total: number;
  /** 0 everything holds, 1 an expectation failed, 2 a problem of the file. */
  readonly exitCode: 0 | 1 | 2;
}
