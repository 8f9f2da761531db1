// Two languages that nobody speaks, to see what a translation would do to the pages. `en-x-long`: every message 40 % longer,
// with accents, between two marks, so that what is cut off shows. `en-x-rtl`: every word runs from right to left.
// What is filled in, and what a protocol calls by capitals, stays as it is. Asked for by `?lang=` (speech.ts).
import type { Tongue } from '../../base/tongue.js';

const ACCENTS: Readonly<Record<string, string>> = {
  ...{ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý' },
  ...{ A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' },
};

/** A word with a small letter in it: `SYN`, `TCP`, `ICMP` are names, and so is `listen()`. */
const WORD = /\b[A-Za-z]*[a-z][A-Za-z]*\b(?!\(\))/g;
const SHARE = 0.4;
const [OPEN, CLOSE] = ['⟦', '⟧'];

/** At least 40 % longer, the marks counted: vowels have accents and twins, as many as it takes, spread over the message. */
function stretched(pieces: readonly string[]): readonly string[] {
  const length = pieces.join('').length;
  if (pieces.every((piece) => piece.search(WORD) < 0)) return pieces;
  const spare = Math.max(0, Math.ceil(length * SHARE) - OPEN.length - CLOSE.length);
  let [seen, added] = [0, 0];
  const long = pieces.map((piece) =>
    piece.replace(WORD, (word) =>
      [...word]
        .map((letter) => {
          seen += 1;
          const accented = ACCENTS[letter];
          if (accented === undefined) return letter;
          const more = Math.min(2, Math.max(0, Math.ceil((spare * seen) / length) - added));
          added += more;
          return accented + accented.repeat(more);
        })
        .join(''),
    ),
  );
  const tail = '~'.repeat(spare - added);
  return long.map(
    (piece, index) => (index === 0 ? OPEN : '') + piece + (index === long.length - 1 ? tail + CLOSE : ''),
  );
}

const RIGHT_TO_LEFT = '\u202e';
const POP = '\u202c';

export const PSEUDO: readonly Tongue[] = [
  { tag: 'en-x-long', direction: 'ltr', spell: stretched },
  {
    tag: 'en-x-rtl',
    direction: 'rtl',
    spell: (pieces) => pieces.map((piece) => piece.replace(WORD, (word) => `${RIGHT_TO_LEFT}${word}${POP}`)),
  },
];
