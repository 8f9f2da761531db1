// `fourtuple lint PATHS…`: every problem of these files, and what would make a better lesson of them. Finding is
// ../scenario/lint-scenario.ts; here it is only printed.
import { lintScenario } from '../scenario/lint-scenario.js';
import type { Problem } from '../scenario/text/problems.js';
import { attempt } from './defect.js';
import { findFiles, libraryOf, readScenario, troubleLine } from './files.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { type Paint, paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';
import { counted } from './reporters/checked.js';
import { problemDocument } from './reporters/report-document.js';

interface Linted {
  readonly file: string;
  readonly problems: readonly Problem[];
}

export function lintCommand(
  machine: Machine,
  paths: readonly string[],
  reporter: string | undefined = 'pretty',
): Outcome {
  if (paths.length === 0) return refuse('lint needs a file or a directory: fourtuple lint scenarios');
  if (reporter !== 'pretty' && reporter !== 'json')
    return refuse(`there is no reporter \`${reporter}\` of lint; there are pretty, json`);
  const { files, troubles } = findFiles(machine, paths);
  const linted: Linted[] = [];
  let err = troubles.map((trouble) => refuse(troubleLine(trouble)).err).join('');
  let exitCode: Outcome['exitCode'] = troubles.length > 0 ? 2 : 0;
  for (const [index, file] of files.entries()) {
    machine.progress(index, files.length, file);
    const read = readScenario(machine, file);
    const done =
      'trouble' in read
        ? { trouble: refuse(troubleLine(read.trouble)).err }
        : attempt(
            machine,
            file,
            read.text,
            () => lintScenario(read.text, { library: libraryOf(machine, file) }).problems,
          );
    if ('value' in done) linted.push({ file, problems: done.value });
    else err += 'defect' in done ? done.defect : done.trouble;
    const worst = 'defect' in done ? 3 : 'trouble' in done || isBroken(done.value) ? 2 : 0;
    if (worst > exitCode) exitCode = worst;
  }
  machine.progress(files.length, files.length, '');
  const out = reporter === 'json' ? json(linted, exitCode) : pretty(linted, paintFor(machine.hasColours));
  return { exitCode, out, err };
}

function pretty(linted: readonly Linted[], paint: Paint): string {
  const all = linted.flatMap(({ problems }) => problems);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const told =
    all.length === 0
      ? paint.good('nothing to say')
      : [
          ...(errors > 0 ? [paint.bad(counted(errors, 'error'))] : []),
          ...(all.length > errors ? [counted(all.length - errors, 'warning')] : []),
        ].join(', ');
  const lines = linted.map(({ file, problems }) => problemLines(file, problems)).join('');
  return linted.length === 0 ? '' : `${lines}${counted(linted.length, 'scenario')}: ${told}\n`;
}

/** Keys are added, never changed; `format` goes up if that cannot be kept. */
function json(linted: readonly Linted[], exitCode: number): string {
  const files = linted.map(({ file, problems }) => ({ file, problems: problems.map(problemDocument) }));
  return `${JSON.stringify({ format: 1, exitCode, files }, null, 2)}\n`;
}
