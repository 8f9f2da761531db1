// An answer key: what is expected of a scenario that somebody else wrote. Only `expect`, `params`, `order` and `pinned` of it
// are used; what the scenario itself expects, at its end or on a line, does not count, nor does an order that it chose or a
// reason to try no other: only who grades may excuse from that. What is wrong in the key is told in the lines of the key.
import { didYouMean } from './text/parsed.js';
import { field, isMap } from './text/tree.js';
import type { ReadText } from './text/yaml-tree.js';

const USED = ['expect', 'params', 'order', 'pinned'] as const;
/** Of the scenario these do not count, even if the key says nothing about them. */
const IGNORED = ['order', 'pinned'] as const;

/**
 * Puts the key into the tree of the scenario. From then on lines beyond those of the scenario are the key's. False if it
 * cannot be used: why is in the report.
 */
export function takeKey({ tree, report }: ReadText, key: ReadText): boolean {
  const before = report.positions.lines;
  const used = USED.filter((each) => field(key.tree, each) !== undefined);
  report.positions.adopt(used, key.report.positions);
  const tell = (code: 'missing-key' | 'wrong-type', message: string, hint: string) =>
    report.problems.push({ line: before + 1, column: 1, code, message, hint, severity: 'error' });
  for (const problem of key.report.problems)
    report.problems.push({ ...problem, line: before + problem.line });
  if (key.report.hasErrors) return false;
  if (!isMap(key.tree) || field(key.tree, 'expect') === undefined) {
    const hint = isMap(key.tree) ? didYouMean('expect', Object.keys(key.tree)) : undefined;
    tell('missing-key', 'an answer key needs `expect`: what is to hold', hint ?? 'as in a scenario');
    return false;
  }
  if (!isMap(tree)) return true; // the reader of the scenario tells
  const own = tree as Record<string, unknown>;
  for (const part of ['script', 'fragments']) if (part in own) own[part] = withoutExpectations(own[part]);
  for (const each of IGNORED) delete own[each];
  for (const each of used) own[each] = key.tree[each];
  return true;
}

/** `expect` is a word of lines: nobody is called so, and no call has it. */
function withoutExpectations(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutExpectations);
  if (!isMap(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).flatMap(([name, value]) =>
      name === 'expect' ? [] : [[name, withoutExpectations(value)]],
    ),
  );
}
