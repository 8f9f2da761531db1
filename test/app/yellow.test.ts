// Yellow says "now" and nothing else: each rule of the style sheets that uses it names what it marks. A new use has to be
// one of these things of the current step, or another colour.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src/app/styles/', import.meta.url));
const sheets = readdirSync(folder).map((name) => ({ name, text: readFileSync(`${folder}${name}`, 'utf8') }));
const YELLOW = /var\(--(now|now-tint|halo)\)/;

/** What yellow may mark: what this step is about, where one is, and what is asked now. */
const NOW: Readonly<Record<string, RegExp>> = {
  'what this step is about':
    /\[data-(tone|told|moment|box)="now"\]|\[data-now\]|\[aria-current\]|\.now-box\b/,
  'the phrase of this step': /\bmark\b/,
  'the socket that gets its packet': /\.candidate\[data-verdict="match"\]|\.thumb-dot\b/,
  'the packet’s road, and where it is asked': /-?halo\b|\.glow\b|\.exit\[data-tone="question"\]/,
  'where one is': /slider-thumb|range-thumb|\.card-foot \.at\b/,
  'numbers and answers of an open question':
    /\.choice\b|\.choice-disc\b|\.disc\b|\.room-question li b|\.option\[aria-pressed="true"\]|\[data-right\]/,
};

function rules(text: string): readonly { selector: string; body: string }[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...bare.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
    selector: selector.trim().replace(/\s+/g, ' '),
    body,
  }));
}

describe('yellow', () => {
  it('marks only what is now', () => {
    const strange = sheets.flatMap(({ name, text }) =>
      rules(text)
        .filter(({ body }) => YELLOW.test(body))
        .filter(({ selector }) => !Object.values(NOW).some((what) => what.test(selector)))
        .map(({ selector }) => `${name}: ${selector}`),
    );
    expect(strange).toEqual([]);
  });

  it('comes from the tokens alone: no other sheet spells its digits', () => {
    const tokens = sheets.find(({ name }) => name === 'tokens.css');
    const digits = [
      ...(tokens?.text ?? '').matchAll(/--(?:now|now-tint|halo): light-dark\((#\w{6}), (#\w{6})\)/g),
    ].flatMap(([, light = '', dark = '']) => [light, dark]);
    expect(digits).toHaveLength(6);
    for (const { name, text } of sheets)
      if (name !== 'tokens.css')
        for (const hex of digits) expect(text.toLowerCase(), name).not.toContain(hex);
  });
});
