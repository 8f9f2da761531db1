// "Did you mean …?": which known word somebody who mistyped one probably meant.
// It knows no language and no scenario: the caller says which words there are.

/**
 * The candidate with the fewest edits to `word` (a letter left out, added, exchanged, or two neighbours swapped; case
 * is free), the earliest of equals. Undefined if even the nearest needs more edits than a third of the word's letters.
 */
export function closestWord(word: string, candidates: Iterable<string>): string | undefined {
  const letters = [...word.toLowerCase()];
  let fewest = Math.round(letters.length / 3) + 1;
  let closest: string | undefined;
  for (const candidate of candidates) {
    const edits = candidate === word ? -1 : editsBetween(letters, [...candidate.toLowerCase()]);
    if (edits >= fewest) continue;
    fewest = edits;
    closest = candidate;
  }
  return closest;
}

/** Damerau's and Levenshtein's distance, in the form in which no letter is edited twice. Rows are prefixes of `from`. */
function editsBetween(from: readonly string[], to: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const exchanged = at(last, column) + (letter === other ? 0 : 1);
      const isSwap = row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === other;
      const swapped = isSwap ? at(beforeLast, column - 1) + 1 : exchanged;
      current.push(Math.min(exchanged, swapped, at(last, column + 1) + 1, at(current, column) + 1));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
