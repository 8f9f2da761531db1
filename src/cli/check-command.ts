// `fourtuple check PATHS…`: which files are judged, and where the report goes. Judging is ../check/; how the report is
// told: reporters/.
import { checkScenario } from '../check/check-scenario.js';
import { attempt } from './defect.js';
import { findFiles, idOf, readScenario, troubleLine, writeFile } from './files.js';
import { joined, type Machine, type Outcome, refuse } from './machine.js';
import { paintFor } from './paint.js';
import { problemLines } from './problem-lines.js';
import type { Checked } from './reporters/checked.js';
import { isReporter, REPORTERS } from './reporters/reporters.js';
import { parseShard, shardOf } from './shard.js';

/** As given, undefined where they are not. */
export interface CheckCallOptions {
  readonly link: string | undefined;
  readonly reporter: string | undefined;
  /** Where the report goes; what people read goes to the terminal all the same. */
  readonly output: string | undefined;
  readonly shard: string | undefined;
}

export function checkCommand(machine: Machine, paths: readonly string[], options: CheckCallOptions): Outcome {
  const { reporter = 'pretty', output } = options;
  if (paths.length === 0) return refuse('check needs a file or a directory: fourtuple check scenarios');
  if (!isReporter(reporter))
    return refuse(`there is no reporter \`${reporter}\`; there are ${Object.keys(REPORTERS).join(', ')}`);
  const shard = parseShard(options.shard ?? '1/1');
  if (typeof shard === 'string') return refuse(shard);
  const { files, troubles } = findFiles(machine, paths);
  const chosen = shardOf(files, shard);
  if (output !== undefined && files.some((file) => machine.isSame(file, output)))
    return refuse(`${output}: the report would take the place of a scenario`);
  const all: Checked[] = troubles.map(({ path, words }) => unread(path, words));
  for (const [index, file] of chosen.entries()) {
    machine.progress(index, chosen.length, file);
    all.push(checkFile(machine, file, options.link));
  }
  machine.progress(chosen.length, chosen.length, '');
  const paint = paintFor(machine.hasColours);
  const told = {
    exitCode: all.reduce<Outcome['exitCode']>(
      (worst, { exitCode }) => (exitCode > worst ? exitCode : worst),
      0,
    ),
    out: output === undefined ? REPORTERS[reporter](all, paint) : REPORTERS.pretty(all, paint),
    err: all.map(complaintOf).join(''),
  };
  if (output === undefined) return told;
  const report = new TextEncoder().encode(REPORTERS[reporter](all, paintFor(false)));
  const trouble = writeFile(machine, output, report);
  return trouble === undefined ? told : joined([told, refuse(trouble)]);
}

function unread(file: string, trouble: string): Checked {
  return { file, id: idOf(file), exitCode: 2, trouble };
}

function checkFile(machine: Machine, file: string, link: string | undefined): Checked {
  const read = readScenario(machine, file);
  if ('trouble' in read) return unread(file, read.trouble.words);
  const id = idOf(file);
  const done = attempt(machine, file, read.text, () =>
    checkScenario(read.text, { id, ...(link === undefined ? {} : { link }) }),
  );
  if ('defect' in done) return { file, id, exitCode: 3, trouble: done.defect };
  return { file, id, exitCode: done.value.exitCode, report: done.value };
}

/** What goes to the other output: why a file was not judged, and its problems. */
function complaintOf({ file, exitCode, report, trouble }: Checked): string {
  if (trouble === undefined) return problemLines(file, report?.problems ?? []);
  return exitCode === 3 ? trouble : refuse(troubleLine({ path: file, words: trouble })).err;
}
