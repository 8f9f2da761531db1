// What an expectation can say and this version cannot judge: told as a problem at its place, never passed silently.
// Facts that can be judged: ../scenario/holds/holds.ts.

import type { Run } from '../scenario/run.js';
import { type Expectation, QUANTIFIERS } from '../scenario/schema/expectations.js';
import { readFact } from '../scenario/schema/fact-values.js';
import type { Fact } from '../scenario/schema/facts.js';
import { listOf } from '../scenario/schema/shapes.js';
import type { Positions } from '../scenario/text/positions.js';
import type { Problem } from '../scenario/text/problems.js';

type Path = readonly (string | number)[];

/** Reasons that no part of this version ever gives: what no socket has room for is not dropped. */
const UNKNOWN_REASONS: readonly string[] = ['buffer'];
/** Rules that this version has no word for: a member of a sharing group is found by `exact`, `listener` and so on. */
const UNKNOWN_RULES: readonly string[] = ['group'];

export function unjudgedFacts({ scenario, lines }: Run, positions: Positions): Problem[] {
  const facts = [
    ...listOf(scenario.expect).flatMap((each, index) => factsIn(each, ['expect', index])),
    ...lines.flatMap(({ step, path }) => expectationsOf(step.expect, path)),
    ...lines.flatMap(({ step, path }) =>
      typeof step.wait === 'object' ? [{ fact: step.wait.until, path: [...path, 'wait', 'until'] }] : [],
    ),
  ];
  return facts.flatMap(({ fact, path }) => {
    const [key, what] = unjudged(fact) ?? [];
    if (key === undefined) return [];
    const message = `this version does not judge ${what} yet`;
    return [
      { ...positions.of([...path, key], { key: true }), code: 'not-played', message, severity: 'error' },
    ];
  });
}

/** `expect` of a line with the path of each. */
function expectationsOf(
  expect: Expectation | readonly Expectation[] | undefined,
  line: Path,
): { fact: Fact; path: Path }[] {
  return listOf(expect).flatMap((each, index) =>
    factsIn(each, [...line, 'expect', ...(Array.isArray(expect) ? [index] : [])]),
  );
}

function factsIn(expectation: Expectation, path: Path): { fact: Fact; path: Path }[] {
  const quantifier = QUANTIFIERS.find((each) => expectation[each] !== undefined);
  if (quantifier === undefined) return [{ fact: expectation, path }];
  const inner = expectation[quantifier];
  if (Array.isArray(inner)) return inner.map((fact, index) => ({ fact, path: [...path, quantifier, index] }));
  return inner === undefined ? [] : [{ fact: inner as Fact, path: [...path, quantifier] }];
}

/** The key that cannot be judged, and what it says. */
function unjudged(fact: Fact): readonly [string, string] | undefined {
  if (fact.why !== undefined && UNKNOWN_REASONS.includes(fact.why))
    return ['why', `the reason \`${fact.why}\``];
  if (fact.by !== undefined && UNKNOWN_RULES.includes(fact.by)) return ['by', `the rule \`${fact.by}\``];
  const value = readFact(fact);
  const isEndpoint = (value.kind === 'state' || value.kind === 'sockets') && value.of?.kind === 'endpoint';
  const isRange = value.kind === 'port' && value.port === 'ephemeral' && value.of.kind === 'endpoint';
  return isEndpoint || isRange
    ? ['of', `\`${fact.of}\` here: name the socket by its label or port`]
    : undefined;
}
