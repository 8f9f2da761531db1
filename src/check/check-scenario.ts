// A scenario's text to a report: plays it, judges every expectation and what every call gives, adds up the points.
// Pure: the same text gives the same report. It prints nothing and reads no file; the command is ../cli/.
import { type ParsedScenario, parseScenario, parseWithKey } from '../scenario/parse.js';
import { playParsed } from '../scenario/play-scenario.js';
import { exploreOrders } from './explore.js';
import type { Report, Verdict } from './report.js';
import { type VerdictOptions, verdictsOf } from './verdicts.js';

export interface CheckOptions extends VerdictOptions {
  /** In so many other orders the expectations must hold too (default 0). See explore.ts. */
  readonly orders?: number;
  /** What is expected instead of what the scenario itself expects; see ../scenario/key.ts. */
  readonly key?: { readonly file: string; readonly text: string };
}

/** Never throws for anything that an author can write. An InvariantViolation is a mistake of ours. */
export function checkScenario(source: string, options: CheckOptions = {}): Report {
  const { key } = options;
  if (key === undefined) return checkParsed(parseScenario(source, options.library), options);
  const parsed = parseWithKey(source, key.text, options.library);
  const report = checkParsed(parsed, options);
  const placed = <Told extends { readonly line: number }>(told: Told): Told =>
    told.line > parsed.lines ? { ...told, file: key.file, line: told.line - parsed.lines } : told;
  return { ...report, problems: report.problems.map(placed), verdicts: report.verdicts.map(placed) };
}

function checkParsed(parsed: ParsedScenario, options: CheckOptions): Report {
  const { run, problems, positions } = playParsed(parsed, options);
  const isBroken = problems.some((problem) => problem.severity === 'error');
  const usual = run === undefined || isBroken ? [] : verdictsOf(run, positions, options);
  const { orders = 0 } = options;
  const verdicts =
    run === undefined || isBroken || orders === 0
      ? usual
      : [...usual, ...exploreOrders(parsed, run.scenario, usual, orders, options)];
  const points = (of: readonly Verdict[]) => of.reduce((sum, verdict) => sum + verdict.points, 0);
  const passed = verdicts.filter((verdict) => verdict.passed);
  return {
    title: run?.title ?? '',
    steps: run?.total ?? 0,
    problems,
    verdicts,
    earned: points(passed),
    total: points(verdicts),
    exitCode: isBroken ? 2 : passed.length < verdicts.length ? 1 : 0,
  };
}
