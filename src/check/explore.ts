// Do the expectations hold in other orders too? What happens at one instant has no order in a real network, and no packet
// takes exactly as long as the file says. So a scenario is run again: other events first, other ways slower (enumerate.ts).
// What fails there is told with an order in which it does, changed as little as possible from the usual one.
import { Choices } from '../engine/choices.js';
import type { ParsedScenario } from '../scenario/parse.js';
import { playParsed } from '../scenario/play-scenario.js';
import type { Scenario } from '../scenario/schema/schema.js';
import { textIn } from '../scenario/schema/texts.js';
import { type Order, simplest, tryOrders } from './enumerate.js';
import type { Verdict } from './report.js';
import { linkTo, type VerdictOptions, verdictsOf } from './verdicts.js';

/** One for each expectation that holds in the usual order and fails in another; one that says so if there is none. */
export function exploreOrders(
  parsed: ParsedScenario,
  scenario: Scenario,
  usual: readonly Verdict[],
  most: number,
  options: VerdictOptions,
): readonly Verdict[] {
  if (scenario.pinned !== undefined)
    return [held(`no other order is tried: ${textIn(scenario.pinned, options.language ?? 'en')}`)];
  const failing = new Set(usual.filter(({ passed }) => !passed).map(nameOf));
  const fresh = (choices: Choices) =>
    failuresIn(parsed, choices, options).filter((verdict) => !failing.has(nameOf(verdict)));
  const found = new Map<string, Order>();
  const { tried, isExhaustive } = tryOrders(fresh, most, scenario.seed ?? 1, ({ order, result }) => {
    for (const verdict of result) if (!found.has(nameOf(verdict))) found.set(nameOf(verdict), order);
  });
  if (found.size > 0)
    return [...found].flatMap(([name, order]) => {
      const fails = (other: Order) => fresh(new Choices(other)).some((verdict) => nameOf(verdict) === name);
      const answers = simplest(order, fails);
      const choices = new Choices(answers);
      return fresh(choices)
        .filter((verdict) => nameOf(verdict) === name)
        .slice(0, 1)
        .map((verdict) => inOrder(verdict, answers, choices.words));
    });
  if (tried === 0) return [held('there is no other order')];
  return [held(isExhaustive ? `holds in every order: ${tried + 1}` : `holds in ${tried} other orders`)];
}

/** What fails in one run; a call that nobody expected to fail and what cannot be played are among it. */
function failuresIn(parsed: ParsedScenario, choices: Choices, options: VerdictOptions): readonly Verdict[] {
  const { run, problems, positions } = playParsed(parsed, { ...options, choices });
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, code, message }): Verdict => {
      const step = run?.total ?? 0;
      const finding = { got: message, nearest: undefined, step };
      return {
        about: 'order',
        path: [],
        line,
        column,
        claim: 'the script can be played to its end',
        points: 0,
        passed: false,
        failure: { expected: `no ${code}`, ...finding, feedback: undefined, link: linkTo(finding, options) },
      };
    });
  if (run === undefined || errors.length > 0) return errors;
  return verdictsOf(run, positions, options).filter(({ passed }) => !passed);
}

function inOrder(verdict: Verdict, answers: Order, words: readonly string[]): Verdict {
  const { failure, claim } = verdict;
  return {
    ...verdict,
    about: 'order',
    claim: `${claim}, in another order`,
    points: 0,
    failure: failure && { ...failure, link: undefined, order: { answers, words } },
  };
}

function held(claim: string): Verdict {
  return { about: 'order', path: [], line: 1, column: 1, claim, points: 0, passed: true, failure: undefined };
}

function nameOf({ line, column, claim }: Verdict): string {
  return `${line}:${column} ${claim}`;
}
