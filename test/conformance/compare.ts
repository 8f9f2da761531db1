// One op's recorded result against what the simulator gave, field by field. What stands in no order (table rows, what a
// group of sockets got) is compared as a set. Symbols are bound on the way: symbols.ts.
import { blurPacket, blurRow, blurState, blurText, kindOf, kindOfGot } from './kinds.js';
import type { Accepted, OpResult } from './recording.js';
import type { Symbols } from './symbols.js';

export interface Difference {
  readonly field: keyof OpResult | 'port';
  readonly expected: string;
  readonly got: string;
  /** The difference without names and numbers: what differs in the same way reads the same. */
  readonly kind: string;
}

const TEXTS = ['r', 'local', 'peer', 'n', 'data', 'from', 'eof', 'err', 'ev'] as const;

export function compare(recorded: OpResult, got: OpResult, symbols: Symbols): Difference[] {
  const before = symbols.objections.length;
  const differences: Difference[] = [];
  for (const field of TEXTS) {
    const expected = text(recorded[field]);
    const given = text(got[field]);
    if (symbols.match(expected, given)) continue;
    const filled = symbols.fill(expected);
    differences.push({ field, expected: filled, got: given, kind: kindOf([filled], [given], blurText) });
  }
  differences.push(...compareSets('got', gotLines(recorded), gotLines(got), symbols));
  differences.push(...compareSets('st', stateLines(recorded), stateLines(got), symbols));
  differences.push(...comparePackets(recorded.pk ?? [], got.pk ?? [], symbols));
  differences.push(...compareSets('table', tableLines(recorded), tableLines(got), symbols));
  for (const objection of symbols.objections.slice(before))
    differences.push({
      field: 'port',
      expected: 'a port that the kernel would choose',
      got: objection,
      kind: blurText(objection),
    });
  return differences;
}

function comparePackets(recorded: readonly string[], got: readonly string[], symbols: Symbols): Difference[] {
  if (
    recorded.length === got.length &&
    recorded.every((line, index) => symbols.match(line, got[index] ?? ''))
  )
    return [];
  const filled = recorded.map((line) => symbols.fill(line));
  const kind = kindOf(filled, got, blurPacket);
  return [
    { field: 'pk', expected: filled.join('; ') || 'no packets', got: got.join('; ') || 'no packets', kind },
  ];
}

const KINDS = {
  got: kindOfGot,
  st: (expected: readonly string[], got: readonly string[]) => kindOf(expected, got, blurState),
  table: (expected: readonly string[], got: readonly string[]) => kindOf(expected, got, blurRow),
} as const;

/** Sets of lines: equal ones are taken away first, so that an unknown symbol is bound to what is left over. */
function compareSets(
  field: 'got' | 'st' | 'table',
  recorded: readonly string[],
  got: readonly string[],
  symbols: Symbols,
): Difference[] {
  const left = [...got];
  const take = (fits: (line: string) => boolean) => {
    const at = left.findIndex(fits);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  };
  const unknown = recorded.filter((line) => !take((each) => each === symbols.fill(line)));
  const missing = unknown.filter((line) => !take((each) => symbols.match(line, each)));
  if (missing.length === 0 && left.length === 0) return [];
  const filled = missing.map((line) => symbols.fill(line)).sort();
  const kind = KINDS[field](filled, left.sort());
  return [
    { field, expected: filled.join('; ') || 'nothing more', got: left.join('; ') || 'nothing more', kind },
  ];
}

function tableLines({ table }: OpResult): string[] {
  return (table ?? []).map((row) => row.map((cell) => (cell === null ? '-' : String(cell))).join(' '));
}

function stateLines({ st }: OpResult): string[] {
  return Object.entries(st ?? {}).map(([label, state]) => `${label} ${state}`);
}

/** The place in the order counts for a socket of its own, not within a group. */
function gotLines({ got }: OpResult): string[] {
  return Object.entries(got ?? {}).flatMap(([name, items]) =>
    items.map((item, index) => {
      const place = name.includes('|') ? name : `${name}[${index}]`;
      if (isAccepted(item)) return `${place} ${item.as} ${item.local} ${item.peer}`;
      return `${place} ${item.join(' from ')}`;
    }),
  );
}

function isAccepted(item: readonly string[] | Accepted): item is Accepted {
  return !Array.isArray(item);
}

function text(value: unknown): string {
  if (value === undefined) return '(nothing)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
