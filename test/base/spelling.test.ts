import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closestWord } from '../../src/base/spelling.js';

const verbs = [
  'accept',
  'bind',
  'close',
  'connect',
  'listen',
  'recv',
  'recvfrom',
  'send',
  'sendto',
  'socket',
];

describe('closestWord', () => {
  const table: [string, string[], string | undefined, string][] = [
    ['ngnix', ['nginx', 'apache'], 'nginx', 'two neighbours swapped'],
    ['bidn', verbs, 'bind', 'a swap is one edit, not two: four letters allow no more'],
    ['lisen', verbs, 'listen', 'a letter left out'],
    ['binnd', verbs, 'bind', 'a letter added'],
    ['clove', verbs, 'close', 'a letter exchanged'],
    ['LISTEN', verbs, 'listen', 'case is free'],
    ['sendt', verbs, 'send', 'the earliest of equally near ones'],
    ['recvfrm', verbs, 'recvfrom', 'not the shorter neighbour'],
    ['Send', ['send', 'Send'], 'Send', 'the very word before one of other case'],
    ['conecction', ['connection'], 'connection', 'two edits in ten letters'],
    ['wörte', ['wörter'], 'wörter', 'letters outside ASCII'],
    ['sokets', ['sockets'], 'sockets', 'a plural'],
    ['kill', verbs, undefined, 'nothing is near'],
    ['xyzd', verbs, undefined, 'three edits in four letters'],
    ['a', ['b'], undefined, 'one letter says nothing'],
    ['', ['a'], undefined, 'no letter says nothing'],
    ['bind', [], undefined, 'nobody there'],
  ];
  test.each(table)('"%s" among %j gives %s: %s', (word, candidates, wanted) => {
    expect(closestWord(word, candidates)).toBe(wanted);
  });

  test('finds any word of six letters or more again after one slip of the keyboard', () => {
    const words = ['firefox', 'laptop-2', 'gateway', 'listener', 'database'];
    const slip = fc.record({
      word: fc.constantFrom(...words),
      at: fc.nat(5),
      how: fc.constantFrom('drop', 'double', 'exchange', 'swap'),
    });
    const mistype = ({ word, at, how }: { word: string; at: number; how: string }): string => {
      const [before, here, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
      if (how === 'drop') return before + after;
      if (how === 'double') return before + here + here + after;
      if (how === 'exchange') return `${before}q${after}`;
      return before + after.charAt(0) + here + after.slice(1);
    };
    fc.assert(
      fc.property(slip, (made) => closestWord(mistype(made), words) === made.word),
      { seed: 1003, numRuns: 400 },
    );
  });
});
