// Rules that fresh programs taught (live/): each has a short program of its own, named by the rule, with what a Linux 6.18
// kernel did with it. Take the rule out of src, and its line here is the one that fails.
// To add one: record the program with live/recorder.ts and append the recording to rules.jsonl; those with routers and NAT
// are in routers.jsonl.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FOLDER, readFiles } from './folder.js';
import { judge } from './judge.js';
import { differencesOf } from './report.js';

const recordings = readFiles(['rules.jsonl', 'routers.jsonl'].map((each) => join(FOLDER, each)));

describe('as recorded on Linux 6.18', () => {
  test.each(recordings.map((recording) => [recording.scenario.name, recording] as const))(
    '%s',
    (_, recording) => {
      const verdict = judge(recording);
      expect(verdict.hasPassed ? '' : differencesOf(verdict, 3)).toBe('');
    },
  );
});
