// src/ is built as its map says: floors, packages, banned calls, sizes. The map is architecture/floors.ts, the rules
// are architecture/rules.ts. Each rule is also run on sources that break it, because a rule that can no longer fail
// guards nothing and looks green.
import { describe, expect, test } from 'vitest';
import { TOP_LEVEL } from './architecture/floors.js';
import { emptyFolders, RULES, topLevelDifferences } from './architecture/rules.js';
import { readSources, readTopLevel } from './architecture/source.js';

const sources = readSources();

test('there are sources to hold to the rules', () => {
  expect(sources.length).toBeGreaterThan(0);
});

describe.each(RULES)('$name', ({ violations, plants, innocents }) => {
  test('in src', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test.each(plants)('a planted violation is found: $path: $source', (file) => {
    expect(violations(file)).toHaveLength(1);
  });

  test.each(innocents)('what only looks like one is left alone: $path: $source', (file) => {
    expect(violations(file)).toEqual([]);
  });
});

describe('the map shows what is there', () => {
  test('every folder of the map has a source file', () => {
    expect(emptyFolders(sources)).toEqual([]);
    expect(emptyFolders(sources.filter(({ path }) => !path.startsWith('src/tcp/')))).toContain('tcp');
  });

  test('the top of the repository has what the map names and nothing else', () => {
    expect(topLevelDifferences(readTopLevel(), TOP_LEVEL)).toEqual([]);
  });

  test('a stray and a missing entry at the top are both found', () => {
    expect(topLevelDifferences(['src', 'utils'], ['src', 'LICENSE'])).toEqual([
      'utils: not in TOP_LEVEL of floors.ts',
      'LICENSE: in TOP_LEVEL of floors.ts, but missing',
    ]);
  });
});
