// A comparison that cannot see is worse than none: in recordings that pass, every change of what is expected is noticed.
import { describe, expect, test } from 'vitest';
import { compare } from './compare.js';
import { readAll } from './folder.js';
import { judge, type Verdict } from './judge.js';
import type { ChosenPort, OpResult, Recording } from './recording.js';
import { Symbols } from './symbols.js';

type Path = readonly (string | number)[];

const SAMPLE = 120;
const recordings = readAll();
const step = Math.floor(recordings.length / SAMPLE);
const verdicts = recordings
  .filter((_, index) => index % step === 0)
  .map(judge)
  .filter(({ hasPassed }) => hasPassed);

describe('the comparison notices', () => {
  test('nothing where nothing is changed', () => {
    expect(verdicts.filter((verdict) => !stillPasses(verdict, 0, verdict.ops[0]?.recorded)).length).toBe(0);
    expect(verdicts.length).toBeGreaterThan(SAMPLE / 2);
  });

  test('every value that is changed, and everything that is left out', () => {
    const unnoticed: string[] = [];
    for (const verdict of verdicts)
      for (const [index, { recorded }] of verdict.ops.entries())
        for (const [what, changed] of changesOf(recorded, []))
          if (stillPasses(verdict, index, changed as OpResult))
            unnoticed.push(`${verdict.recording.scenario.name}, op ${index}: ${what}`);
    expect(unnoticed).toEqual([]);
  });

  test('packets in another order', () => {
    const swapped = verdicts.flatMap((verdict) =>
      verdict.ops.flatMap(({ recorded }, index) => {
        const [first, second, ...rest] = recorded.pk ?? [];
        if (first === undefined || second === undefined) return [];
        return [{ verdict, index, changed: { ...recorded, pk: [second, first, ...rest] } }];
      }),
    );
    expect(swapped.length).toBeGreaterThan(10);
    expect(swapped.filter(({ verdict, index, changed }) => stillPasses(verdict, index, changed))).toEqual([]);
  });

  test.each<[string, (chosen: ChosenPort) => ChosenPort]>([
    ['a port out of the range', (chosen) => ({ ...chosen, in_range: false })],
    [
      'a port of the wrong parity',
      (chosen) => ({ ...chosen, parity: chosen.parity === 'low' ? 'other' : 'low' }),
    ],
  ])('%s', (_, change) => {
    const withPorts = verdicts
      .filter(({ recording }) => firstChosen(recording)?.proto === 'tcp')
      .slice(0, 20);
    expect(withPorts.length).toBe(20);
    for (const { recording } of withPorts) {
      const { scenario, result } = recording;
      const first = firstChosen(recording);
      const eph = result.eph?.map((each) => (each === first ? change(each) : each)) ?? [];
      expect(judge({ scenario, result: { ...result, eph } }).hasPassed, scenario.name).toBe(false);
    }
  });
});

function firstChosen({ result }: Recording): ChosenPort | undefined {
  return result.eph?.find(({ again, sym }) => !again && sym.startsWith('eph'));
}

/** Compares once more what was got, with one op's expectation exchanged. */
function stillPasses({ ops, recording }: Verdict, changedAt: number, changed: OpResult | undefined): boolean {
  const symbols = new Symbols(recording.result.eph ?? [], () => undefined);
  return ops.every(({ recorded, got }, index) => {
    const expected = index === changedAt ? changed : recorded;
    return got !== undefined && expected !== undefined && compare(expected, got, symbols).length === 0;
  });
}

/** The value with one thing in it changed or missing, for each thing. */
function* changesOf(value: unknown, path: Path): Generator<[string, unknown]> {
  const place = path.join('.');
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield [`${place} without ${index}`, value.toSpliced(index, 1)];
      for (const [what, changed] of changesOf(item, [...path, index]))
        yield [what, value.with(index, changed)];
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      if (!isEmpty(item)) yield [`${place} without ${key}`, rest];
      for (const [what, changed] of changesOf(item, [...path, key]))
        yield [what, { ...value, [key]: changed }];
    }
  } else if (typeof value === 'string') yield [`${place} '${value}' longer`, `${value}x`];
  else if (typeof value === 'number') yield [`${place} ${value} larger`, value + 1];
  else yield [`${place} ${value} other`, value === true ? false : 'x'];
}

/** `got: {}` says as much as no `got`. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
