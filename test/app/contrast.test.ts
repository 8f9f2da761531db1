// Every pair of colours that meets on the page, recomputed from the tokens as WCAG 2.2 says, in both themes:
// text 4.5, the words one reads all the time 7, shapes and edges 3; all of them again with more contrast, where every word and
// every line has 7; and in forced colours, where each is a colour of the system on one that the system pairs with it.
// A token made fainter shows that this test can fail.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const styles = (name: string): string =>
  readFileSync(new URL(`../../src/app/styles/${name}.css`, import.meta.url), 'utf8');
const tokens = styles('tokens');
const overrides = styles('contrast');

interface Pair {
  readonly front: string;
  readonly back: string;
  readonly least: number;
}

const pairs = (least: number, fronts: readonly string[], backs: readonly string[]): Pair[] =>
  fronts.flatMap((front) => backs.map((back) => ({ front, back, least })));

const HUES = ['a', 'b', 's', 'r', 'd'];

const PAIRS: readonly Pair[] = [
  ...pairs(7, ['ink'], ['canvas', 'surface', 'raised', 'sunken', 'band', 'now-tint', 'bad-tint']),
  ...pairs(7, ['ink2'], ['canvas', 'surface']),
  ...pairs(4.5, ['ink2'], ['raised', 'sunken', 'band', 'now-tint', 'bad-tint']),
  ...pairs(4.5, ['ink3'], ['canvas', 'surface', 'raised', 'sunken', 'band']),
  ...pairs(4.5, ['bad'], ['canvas', 'surface', 'bad-tint']),
  ...pairs(4.5, ['on-now'], ['now']),
  ...pairs(3, ['line2'], ['canvas', 'surface']),
  ...pairs(3, ['bad-line'], ['canvas', 'surface', 'bad-tint']),
  ...pairs(3, ['core'], ['halo']),
  ...HUES.flatMap((hue) => [
    ...pairs(7, [`${hue}-text`], [`${hue}-tint`]),
    ...pairs(3, [hue], ['surface', 'canvas', `${hue}-tint`]),
    ...pairs(4.5, ['badge-ink'], [hue]),
  ]),
];

const STRONG: readonly Pair[] = [
  ...PAIRS,
  ...pairs(7, ['ink2', 'ink3', 'line', 'line2'], ['canvas', 'surface', 'raised', 'sunken', 'band']),
];

/** What the system promises to be legible (CSS Color 4, section 6.2). */
const SYSTEM_PAIRS = ['CanvasText on Canvas', 'Canvas on CanvasText', 'HighlightText on Highlight'];

/** What a rule sets, name to value: of the first whose selector ends so. */
function setBy(css: string, selector: string): ReadonlyMap<string, string> {
  const [, body = ''] = css.split(`${selector} {`);
  const found = body.split('}')[0]?.matchAll(/--([a-z\d-]+): ([^;]+);/g) ?? [];
  return new Map([...found].map(([, name = '', value = '']) => [name, value]));
}

/** Name to its light and dark colour; one colour alone is both. */
function coloursOf(css: string): ReadonlyMap<string, readonly [light: string, dark: string]> {
  const found = css.matchAll(/--([a-z\d-]+): (?:light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)|(#[\da-f]{6}));/g);
  return new Map(
    [...found].map(([, name = '', light, dark, both = '']) => [name, [light ?? both, dark ?? both]]),
  );
}

/** WCAG 2.2, relative luminance of #rrggbb: 0 black, 1 white. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio: 1 to 21, whichever of the two is lighter. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

type Colours = ReturnType<typeof coloursOf>;

/** Each colour that is another one now. */
function overridden(colours: Colours, css: string): Colours {
  const strong = new Map(colours);
  for (const [name, value] of setBy(css, ':root[data-contrast="more"]')) {
    const other = colours.get(value.replace(/^var\(--(.*)\)$/, '$1'));
    if (other === undefined) strong.delete(name);
    else strong.set(name, other);
  }
  return strong;
}

/** Each pair that the system does not promise, in words. A colour that it does not choose is one. */
function unpromised(css: string): string[] {
  const chosen = setBy(css.slice(css.indexOf('@media (forced-colors: active)')), ':root[data-theme]');
  const own = [...coloursOf(tokens).keys()].filter((name) => !chosen.has(name));
  const words = PAIRS.map(({ front, back }) => ({
    names: `${front} on ${back}`,
    system: `${chosen.get(front)} on ${chosen.get(back)}`,
  }));
  return [
    ...own.map((name) => `${name} is ours`),
    ...words
      .filter(({ system }) => !SYSTEM_PAIRS.includes(system))
      .map(({ names, system }) => `${names} is ${system}`),
  ];
}

/** Each pair that is too faint, in words. A name without a colour is one. */
function tooFaint(colours: Colours, wanted = PAIRS): string[] {
  return wanted.flatMap(({ front, back, least }) =>
    (['light', 'dark'] as const).flatMap((theme, at) => {
      const [over, under] = [colours.get(front)?.[at], colours.get(back)?.[at]];
      if (over === undefined || under === undefined) return [`${front} on ${back}: no such colour`];
      const ratio = contrast(over, under);
      return ratio >= least ? [] : [`${theme}: ${front} on ${back} is ${ratio.toFixed(2)}, not ${least}`];
    }),
  );
}

describe('contrast', () => {
  it('is computed as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('holds for every pair of tokens in both themes', () => {
    expect(tooFaint(coloursOf(tokens))).toEqual([]);
  });

  it('of a paler token is missed, and of none is named', () => {
    const paler = tokens.replace('--ink3: light-dark(#5c6671,', '--ink3: light-dark(#858c96,');
    expect(tooFaint(coloursOf(paler))).toContain('light: ink3 on surface is 3.39, not 4.5');
    expect(tooFaint(coloursOf(tokens.replace('--badge-ink', '--other')))).toContain(
      'badge-ink on a: no such colour',
    );
  });

  it('of every word and line is 7 where more of it is asked for', () => {
    expect(tooFaint(overridden(coloursOf(tokens), overrides), STRONG)).toEqual([]);
    const fainter = overrides.replace('--ink3: var(--ink)', '--ink3: var(--line2)');
    expect(tooFaint(overridden(coloursOf(tokens), fainter), STRONG)).toContain(
      'light: ink3 on surface is 3.39, not 7',
    );
  });

  it('is the system’s own where its colours are forced', () => {
    expect(unpromised(overrides)).toEqual([]);
    expect(unpromised(overrides.replace('--badge-ink: Canvas', '--badge-ink: CanvasText'))).toContain(
      'badge-ink on a is CanvasText on CanvasText',
    );
    expect(unpromised(overrides.replace('--halo: Highlight;', ''))).toContain('halo is ours');
  });
});
