// `fourtuple check PATHS…`: which files are judged, and where the report goes. Judging is ../check/; how the report is
// told: reporters/.
import { type CheckOptions, checkScenario } from '../check/check-scenario.js';
import type { Report, Verdict } from '../check/report.js';
import { withOrder } from '../check/with-order.js';
import { openRun } from '../scenario/run.js';
import { attempt } from './defect.js';
import { findFiles, idOf, libraryOf, readScenario, troubleLine, writeFile } from './files.js';
import { hasGolden, judgeGolden, writeGolden } from './golden.js';
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
  readonly orders: string | undefined;
  /** A directory for scenarios that fail in another order, each with that order in it. */
  readonly keep: string | undefined;
  readonly watch: boolean;
  /** A file of which `expect` and `params` take the place of those of every scenario. */
  readonly key: string | undefined;
  /** Write the transcript of each scenario beside it. */
  readonly update: boolean;
}

export function checkCommand(machine: Machine, paths: readonly string[], options: CheckCallOptions): Outcome {
  const { reporter = 'pretty', output, keep } = options;
  if (paths.length === 0) return refuse('check needs a file or a directory: fourtuple check scenarios');
  if (!isReporter(reporter))
    return refuse(`there is no reporter \`${reporter}\`; there are ${Object.keys(REPORTERS).join(', ')}`);
  const orders = ordersOf(options.orders);
  if (orders === undefined)
    return refuse(`\`--orders\` is how many: 1 to ${MOST_ORDERS}, not \`${options.orders}\``);
  if (keep !== undefined && orders === 0)
    return refuse('`--keep` is about other orders: check PATHS… --orders N --keep DIR');
  const shard = parseShard(options.shard ?? '1/1');
  if (typeof shard === 'string') return refuse(shard);
  const key = options.key === undefined ? undefined : readScenario(machine, options.key);
  if (key !== undefined && 'trouble' in key) return refuse(troubleLine(key.trouble));
  if (key !== undefined && options.update)
    return refuse('`--key` judges what others wrote, `--update` keeps what it does: one of the two');
  const { files: found, troubles } = findFiles(machine, paths);
  const files = found.filter((file) => options.key === undefined || !machine.isSame(file, options.key));
  const chosen = shardOf(files, shard);
  if (output !== undefined && files.some((file) => machine.isSame(file, output)))
    return refuse(`${output}: the report would take the place of a scenario`);
  const all: Checked[] = troubles.map(({ path, words }) => unread(path, words));
  for (const [index, file] of chosen.entries()) {
    machine.progress(index, chosen.length, file);
    all.push(
      checkFile(
        machine,
        file,
        {
          orders,
          ...(options.link === undefined ? {} : { link: options.link }),
          ...(key === undefined ? {} : { key: { file: options.key ?? '', text: key.text } }),
        },
        options.update,
      ),
    );
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
    ...(options.watch ? { watches: [...paths, ...(options.key === undefined ? [] : [options.key])] } : {}),
  };
  const failed = keep === undefined ? [] : keepOrders(machine, all, keep);
  if (failed.length > 0) return joined([told, ...failed.map(refuse)]);
  if (output === undefined) return told;
  const report = new TextEncoder().encode(REPORTERS[reporter](all, paintFor(false)));
  const trouble = writeFile(machine, output, report);
  return trouble === undefined ? told : joined([told, refuse(trouble)]);
}

function unread(file: string, trouble: string): Checked {
  return { file, id: idOf(file), exitCode: 2, trouble };
}

const MOST_ORDERS = 100_000;

/** How many other orders, 0 if nothing is said; undefined if that is no number. */
function ordersOf(text: string | undefined): number | undefined {
  if (text === undefined) return 0;
  const orders = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return orders >= 1 && orders <= MOST_ORDERS ? orders : undefined;
}

/** Writes each scenario that fails in another order as one that plays in it. What could not be written. */
function keepOrders(machine: Machine, all: readonly Checked[], folder: string): readonly string[] {
  return all.flatMap(({ file, id, report }) => {
    const order = report?.verdicts.find(({ failure }) => failure?.order !== undefined)?.failure?.order;
    const read = order && readScenario(machine, file);
    if (order === undefined || read === undefined || 'trouble' in read) return [];
    const bytes = new TextEncoder().encode(withOrder(read.text, order.answers));
    return writeFile(machine, `${folder.replace(/\/+$/, '')}/${id}.order.yaml`, bytes) ?? [];
  });
}

function checkFile(machine: Machine, file: string, call: CheckOptions, isUpdate: boolean): Checked {
  const read = readScenario(machine, file);
  if ('trouble' in read) return unread(file, read.trouble.words);
  const id = idOf(file);
  const options = { ...call, id, library: libraryOf(machine, file) };
  const done = attempt(machine, file, read.text, () => {
    const report = checkScenario(read.text, options);
    if (report.exitCode === 2 || call.key !== undefined || !(isUpdate || hasGolden(machine, file)))
      return report;
    const { run } = openRun(read.text, options);
    if (run === undefined) return report;
    if (isUpdate) return writeGolden(machine, file, run) ?? report;
    const verdict = judgeGolden(machine, file, run, options);
    return 'trouble' in verdict ? troubleLine(verdict.trouble) : withVerdict(report, verdict);
  });
  if ('defect' in done) return { file, id, exitCode: 3, trouble: done.defect };
  if (typeof done.value === 'string') return unread(file, done.value);
  return { file, id, exitCode: done.value.exitCode, report: done.value };
}

function withVerdict(report: Report, verdict: Verdict): Report {
  const verdicts = [...report.verdicts, verdict];
  return { ...report, verdicts, exitCode: verdict.passed ? report.exitCode : 1 };
}

/** What goes to the other output: why a file was not judged, and its problems. */
function complaintOf({ file, exitCode, report, trouble }: Checked): string {
  if (trouble === undefined) return problemLines(file, report?.problems ?? []);
  return exitCode === 3 ? trouble : refuse(troubleLine({ path: file, words: trouble })).err;
}
