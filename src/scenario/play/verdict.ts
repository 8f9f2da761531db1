// What a dry run says about the script itself: a call that failed and that nobody expected to fail. These are problems of
// the file, not of a grade: nobody listens, a port clash, no privilege, no way there, a wait that never ends.
// They come from the run's own decisions; a second copy of the rules would be wrong sooner or later.

import type { RUN_CODES } from '../text/problems.js';
import type { PlayedAct, PlayedLine } from './drive.js';

export interface RunFlaw {
  readonly path: readonly (string | number)[];
  readonly code: (typeof RUN_CODES)[number];
  readonly message: string;
  readonly hint: string;
}

/** At most one a line. A line that says what it `gives` is judged as an expectation instead. */
export function* unexpectedFailures(lines: readonly PlayedLine[]): Generator<RunFlaw> {
  for (const { path, act } of lines) {
    if (act === undefined || act.line.act.gives !== undefined) continue;
    const flaw = flawOf(act);
    if (flaw !== undefined) yield { path: [...path, act.line.key, act.line.verb], ...flaw };
  }
}

function flawOf({ line, outcome }: PlayedAct): Omit<RunFlaw, 'path'> | undefined {
  const { verb, key, act } = line;
  const what = `\`${verb}: ${String(act[verb])}\``;
  switch (outcome) {
    case 'ECONNREFUSED':
      return verb === 'connect'
        ? {
            code: 'nobody-listens',
            message: `nothing listens where ${what} goes at this point`,
            hint: 'or expect it: gives: ECONNREFUSED',
          }
        : undefined;
    case 'EADDRINUSE':
      return {
        code: 'port-clash',
        message: `${what}: another socket holds this port at this point`,
        hint: 'or expect it: gives: EADDRINUSE',
      };
    case 'EACCES':
      return {
        code: 'not-privileged',
        message: `\`${key}\` may not take a port below 1024: only root may`,
        hint: 'run it as root, or expect it: gives: EACCES',
      };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return {
        code: 'unreachable',
        message: `${what}: there is no way from here to there`,
        hint: `put both on one network, or expect it: gives: ${outcome}`,
      };
    case 'stuck':
      return {
        code: 'stuck',
        message: `${what} waits for something that never comes`,
        hint: 'or expect it: gives: pending',
      };
    default:
      return undefined;
  }
}
