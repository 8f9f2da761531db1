// Two languages that nobody speaks, to see what a translation would do to the pages. `en-x-long`: every message at least 40 %
// longer, with accents, between two marks, so that what is cut off shows. `en-x-rtl`: every word runs from right to left.
// What is filled in, and what a protocol calls by capitals, stays as it is. Asked for by `?lang=` (speech.ts).
import type { Tongue } from '../../base/tongue.js';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'áà',
  e: 'éè',
  i: 'íì',
  o: 'óò',
  u: 'úù',
  y: 'ýÿ',
  A: 'ÁÀ',
  E: 'ÉÈ',
  I: 'ÍÌ',
  O: 'ÓÒ',
  U: 'ÚÙ',
};

/** A word with a small letter in it: `SYN`, `TCP`, `ICMP` are names. */
const WORD = /[A-Za-z]*[a-z][A-Za-z]*/g;
const SHARE = 1.4;

/** Vowels get accents and, as long as the word is not long enough, a twin; words without enough vowels a tail. */
function stretched(word: string): string {
  const wanted = Math.ceil(word.length * SHARE);
  let spare = wanted - word.length;
  const accented = [...word].map((letter) => {
    const pair = ACCENTS[letter];
    if (pair === undefined) return letter;
    if (spare <= 0) return pair.charAt(0);
    spare -= 1;
    return pair;
  });
  return accented.join('') + '~'.repeat(Math.max(0, spare));
}

const RIGHT_TO_LEFT = '\u202e';
const POP = '\u202c';

export const PSEUDO: readonly Tongue[] = [
  {
    tag: 'en-x-long',
    direction: 'ltr',
    spell: (text) => text.replace(WORD, stretched),
    ends: ['⟦', '⟧'],
  },
  {
    tag: 'en-x-rtl',
    direction: 'rtl',
    spell: (text) => text.replace(WORD, (word) => `${RIGHT_TO_LEFT}${word}${POP}`),
    ends: ['', ''],
  },
];
