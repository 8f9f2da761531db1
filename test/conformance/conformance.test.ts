// Everything that was recorded on a real kernel comes out here in the same way, but for what open.txt lists; and what is
// listed there still fails, so that the list cannot grow stale. Names, addresses and port numbers do not matter.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOLDER, readAll } from './folder.js';
import { judge, type Verdict } from './judge.js';
import { parseOpen } from './open.js';
import type { Recording } from './recording.js';
import { rename } from './rename.js';
import { differencesOf } from './report.js';

const SLOW = 120_000;
/** How many failures are told in detail. */
const TOLD = 5;

const recordings = readAll();
const open = parseOpen(readFileSync(join(FOLDER, 'open.txt'), 'utf8'));
const isOpen = new Set(open.map(({ name }) => name));

describe('recordings of a Linux kernel', () => {
  const families = new Map<string, Recording[]>();
  for (const recording of recordings) {
    const { family } = recording.scenario;
    families.set(family, [...(families.get(family) ?? []), recording]);
  }

  test.each([...families])(
    '%s',
    (_, members) => {
      const verdicts = members.map(judge);
      const surprises = verdicts.filter(
        ({ recording, hasPassed }) => hasPassed === isOpen.has(recording.scenario.name),
      );
      expect(tell(surprises)).toBe('');
    },
    SLOW,
  );

  test('every line of open.txt names a recorded scenario, once', () => {
    const names = recordings.map(({ scenario }) => scenario.name);
    expect(open.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
    expect(isOpen.size).toBe(open.length);
  });

  test(
    'under other names, addresses and ports the verdicts are the same',
    () => {
      const some = recordings.filter((_, index) => index % 7 === 0);
      const changed = some.flatMap((recording, index) => {
        const renamed = judge(rename(recording, index));
        return renamed.hasPassed === isOpen.has(recording.scenario.name) ? [renamed] : [];
      });
      expect(tell(changed)).toBe('');
    },
    SLOW,
  );
});

function tell(surprises: readonly Verdict[]): string {
  const told = surprises.slice(0, TOLD).map((verdict) => {
    const { name } = verdict.recording.scenario;
    return verdict.hasPassed ? `${name} passes now: take it out of open.txt` : differencesOf(verdict, 3);
  });
  if (surprises.length > TOLD) told.push(`… and ${surprises.length - TOLD} more: npm run -s conformance`);
  return told.join('\n');
}
