// How wide a text will be, without a browser: enough to place things, never to cut pixels.
// JetBrains Mono advances exactly 0.6 em. For Inter a table of classes is within a few percent; views squeeze the rest.
// It refuses to know where anything stands. Used by every file of this folder.

const NARROW = new Set([..."iIjl.,:;'’|!·()[] "]);
const SLIM = new Set([...'frtJ-‐–"*/']);
const WIDE = new Set([...'mwMW%—✓≠']);

/** Pixels of a text in JetBrains Mono. */
export function monoWidth(text: string, size: number): number {
  return [...text].length * size * 0.6;
}

/** Pixels of a text in Inter at a weight of about 600. */
export function sansWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (NARROW.has(letter)) ems += 0.29;
    else if (SLIM.has(letter)) ems += 0.39;
    else if (WIDE.has(letter)) ems += 0.89;
    else ems += letter >= 'A' && letter <= 'Z' ? 0.68 : 0.58;
  }
  return ems * size;
}

/** The text, or its beginning and an ellipsis, so that it is no wider than `room`. */
export function shorten(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`) > room) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** The text, or both its ends around an ellipsis, so that it is no wider than `room`: an address is known by both. */
export function shortenMiddle(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const letters = [...text];
  const kept = (count: number): string =>
    `${letters.slice(0, Math.ceil(count / 2)).join('')}…${letters.slice(letters.length - Math.floor(count / 2)).join('')}`;
  let count = letters.length - 1;
  while (count > 1 && widthOf(kept(count)) > room) count -= 1;
  return kept(count);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** One decimal: keeps pictures equal byte for byte and short. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
