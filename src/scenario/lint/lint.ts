// Meaning that can be judged without a run: do the names exist, is everything said in an order that can happen?
// It reads whatever part of the tree stands, so that a misspelt name is told beside a misspelt key. What depends on the
// rules of ports and on answers (who may bind, who listens) a dry run decides: a guess here would be wrong too often.

import { didYouMean } from '../text/parsed.js';
import type { Report } from '../text/report.js';
import { entriesOf, field, isMap, itemsOf, type Path, type TreeMap, textsIn } from '../text/tree.js';
import { Labels } from './labels.js';
import { lintCast } from './lint-cast.js';
import { lintExpectations } from './lint-facts.js';
import { References } from './lint-references.js';
import { ScriptLint } from './lint-script.js';
import { Roster } from './roster.js';

export function lint(tree: TreeMap, report: Report): void {
  const roster = new Roster(tree);
  const labels = new Labels();
  const references = new References(roster, labels, report);
  const written = [...roster.processes.keys()];
  const context = { references, report, ids: idsIn(tree, report) };
  lintCast(tree, roster, references, report);
  const script = new ScriptLint(roster, labels, context);
  script.read(field(tree, 'script'), ['script']);
  references.isOver = true;
  script.finish();
  lintExpectations(field(tree, 'expect'), ['expect'], context);
  lintParams(tree, roster, report);
  warnOfUnused(roster, labels, written, report);
}

/** The ids of all lines, also of those inside others and in fragments. The second line of one id is a problem. */
function idsIn(tree: TreeMap, report: Report): ReadonlySet<string> {
  const ids = new Set<string>();
  const collect = (steps: unknown, path: Path): void => {
    for (const [index, step] of itemsOf(steps).entries()) {
      if (!isMap(step)) continue;
      const id = field(step, 'id');
      if (typeof id === 'string') {
        const flaw = {
          code: 'label-twice',
          message: `two lines have the id \`${id}\``,
          hint: 'choose another',
        } as const;
        if (ids.has(id)) report.atKey([...path, index, 'id'], flaw);
        ids.add(id);
      }
      for (const key of ['together', 'steps']) collect(field(step, key), [...path, index, key]);
    }
  };
  collect(field(tree, 'script'), ['script']);
  for (const [name, lines] of entriesOf(field(tree, 'fragments'))) collect(lines, ['fragments', name]);
  return ids;
}

/** Every $word in a text is a parameter, or the counter n; a literal dollar is written twice. */
function lintParams(tree: TreeMap, roster: Roster, report: Report): void {
  for (const { text, path, isKey } of textsIn(tree)) {
    if (path[0] === 'params' || path[0] === 'title' || !text.includes('$')) continue;
    for (const [found, name] of text.matchAll(/\$\$|\$([a-z]\w*)/g)) {
      if (name === undefined || name === 'n') continue;
      roster.use(found);
      if (roster.params.has(name) || report.mentioned.has(name)) continue;
      const hint =
        didYouMean(
          found,
          [...roster.params].map((param) => `$${param}`),
        ) ?? `a literal dollar is written twice: $${found}`;
      const flaw = { code: 'unknown-name', message: `no parameter is called \`${found}\``, hint } as const;
      if (isKey) report.atKey(path, flaw);
      else report.atValue(path, flaw);
    }
  }
}

function warnOfUnused(roster: Roster, labels: Labels, processes: readonly string[], report: Report): void {
  const warn = (path: Path, message: string, hint?: string) =>
    report.atKey(path, { code: 'unused-name', message, ...(hint ? { hint } : {}) }, 'warning');
  for (const { label, path } of labels.unused())
    warn(path, `\`${label}\` is never used`, 'leave out `as`, or use it');
  for (const process of processes) {
    const [host = ''] = roster.processes.get(process) ?? [];
    if (!roster.isUsed(process)) warn(['hosts', host], `\`${process}\` never does anything`);
  }
  for (const param of roster.params)
    if (!roster.isUsed(`$${param}`)) warn(['params', param], `\`$${param}\` is never used`);
  for (const name of roster.fragments.keys())
    if (!roster.isUsed(name)) warn(['fragments', name], `\`${name}\` is never used`);
}
