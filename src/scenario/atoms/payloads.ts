// What is sent, as authors write it: a text that goes as it stands, or `64 bytes`, a filling of that length whose content
// does not matter. The same words mean the same bytes wherever a scenario expects to read them.
import { bad, good, type Parsed, show } from '../text/parsed.js';

/** More than any buffer or lesson needs, and quick to play. */
const MOST_BYTES = 1_000_000;

/** Any text; a filling has at most 1,000,000 bytes. */
export function parsePayload(value: unknown): Parsed<string> {
  if (typeof value !== 'string') return notText(value);
  const size = fillingOf(value);
  if (size === undefined || size <= MOST_BYTES) return good(value);
  return bad('bad-count', `${show(value)} is too much filling: at most ${MOST_BYTES} bytes`);
}

/** Numbers and true/false need quotes. */
export function notText(value: unknown): Parsed<string> {
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return bad(
    'not-text',
    `text expected, not ${show(value)}; put numbers and true/false in quotes`,
    isPlain ? `"${value}"` : undefined,
  );
}

/** The text itself; for a filling its digits, counted from the first byte: `12345678901234 …`. */
export function payloadText(written: string): string {
  const size = fillingOf(written);
  return size === undefined ? written : '1234567890'.repeat(Math.ceil(size / 10)).slice(0, size);
}

function fillingOf(written: string): number | undefined {
  const [, size] = /^(\d+) bytes?$/.exec(written) ?? [];
  return size === undefined ? undefined : Number(size);
}
