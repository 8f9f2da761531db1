// The traps of YAML: what it takes for valid, or has a meaning for, that no author of a scenario meant. A comma inside
// { }, a hash in prose, a star, an anchor, a tag, a map as a key, a quote without its partner.
// It tells them; the tree is read on by yaml-tree.ts. What YAML itself refuses: yaml-errors.ts.
import { isAlias, isScalar, type Pair, type Scalar } from 'yaml';
import type { Report } from './report.js';
import type { Path } from './tree.js';

/** Values of these keys are prose or payload: a comment right behind one is more likely a cut text. */
const PROSE = new Set(
  'title teaches takeaway teacher say text because phase else name send sendto request reply reads with'.split(
    ' ',
  ),
);
/** Maps in which a name alone, without a colon, is meant so. */
const SETS = new Set(['runs']);
/** A text with more aliases is told of the first ones. */
const MOST_ALIASES = 5;
const NO_ALIASES = 'anchors and aliases are not used here';

export class YamlTraps {
  readonly #source: string;
  readonly #report: Report;
  /** Maps with a stray comma: YAML's own complaints of equal keys there are echoes. */
  readonly #torn = new Set<string>();
  /** Where a quote or bracket stands whose partner is missing. */
  readonly #unclosed: number[] = [];

  /** Lines that YAML itself refuses: what a key looks like there is an echo. */
  readonly #spoiltLines: ReadonlySet<number>;
  #aliases = 0;

  constructor(source: string, report: Report, spoiltLines: ReadonlySet<number>) {
    this.#source = source;
    this.#report = report;
    this.#spoiltLines = spoiltLines;
  }

  isTorn(path: Path): boolean {
    return this.#torn.has(JSON.stringify(path));
  }

  /** Where the first quote or bracket without a partner stands, if there is one. */
  get firstUnclosed(): number | undefined {
    return this.#unclosed.reduce<number | undefined>(
      (first, each) => Math.min(first ?? each, each),
      undefined,
    );
  }

  judgeAlias(node: unknown, path: Path): void {
    const [start, end] = rangeOf(node);
    const text = this.#source.slice(start, end);
    const port = /^\*:?(\d+)$/.exec(text)?.[1];
    const inQuotes = `${NO_ALIASES}: put a text in quotes`;
    const hint = port === undefined ? inQuotes : `write \`any:${port}\`, \`${port}\`, or put it in quotes`;
    if (++this.#aliases <= MOST_ALIASES)
      this.#report.atOffset(start, { code: 'star-unquoted', message: `\`${text}\` is a YAML alias`, hint });
    this.#report.damage(path);
  }

  /** Anchors and tags, of a key or a value. */
  judgeProperties(node: unknown, path: Path): void {
    const { anchor, tag } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string };
    const [start] = rangeOf(node);
    if (anchor !== undefined) {
      const hint = 'see `fragments` and `repeat`; put a text that starts with & in quotes';
      const offset = Math.max(0, this.#source.lastIndexOf(`&${anchor}`, start));
      this.#report.atOffset(offset, { code: 'star-unquoted', message: NO_ALIASES, hint });
    }
    if (tag === undefined) return;
    const hint = 'put a text that starts with ! in quotes';
    const offset = Math.max(0, this.#source.lastIndexOf('!', start));
    this.#report.atOffset(offset, { code: 'yaml-syntax', message: 'tags (!…) are not used here', hint });
    this.#report.damage(path);
  }

  judgeScalar(node: Scalar, path: Path): void {
    if (node.type === 'QUOTE_DOUBLE') this.judgeClosing(node, '"');
    if (node.type === 'QUOTE_SINGLE') this.judgeClosing(node, "'");
    const [, end] = rangeOf(node);
    const isProse = node.source?.includes(' ') === true || PROSE.has(String(path.at(-1)));
    const isCut = isProse && node.type === 'PLAIN' && /^ #\S/.test(this.#source.slice(end, end + 3));
    if (!isCut || typeof node.value !== 'string') return;
    const hint = 'put the text in quotes, or a space after # for a comment';
    this.#report.atOffset(end + 1, {
      code: 'hash-in-text',
      message: 'from here the text is a comment',
      hint,
    });
  }

  /** Remembers where something begins that does not end with its `closing` sign. */
  judgeClosing(node: unknown, closing: '}' | ']' | '"' | "'"): void {
    const [start, end] = rangeOf(node);
    if (end - start < 2 || this.#source[end - 1] !== closing) this.#unclosed.push(start);
  }

  /** What stands left of a colon. The text of the key, in the author's spelling; undefined if it can be none. */
  judgeKey(key: unknown, path: Path): string | undefined {
    const [offset] = rangeOf(key);
    if (isScalar(key)) {
      this.judgeProperties(key, path);
      const text = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
      if (text !== '__proto__') return text;
      this.#report.atOffset(offset, {
        code: 'bad-name',
        message: '`__proto__` is not a name',
        hint: 'choose another',
      });
      this.#report.takeOut(path, []);
      return undefined;
    }
    if (isAlias(key))
      this.#report.atOffset(offset, { code: 'star-unquoted', message: NO_ALIASES, hint: 'put it in quotes' });
    else if (!this.#spoiltLines.has(this.#report.positions.at(offset).line)) {
      const hint = 'a { } or [ ] stands left of a colon: put it in quotes if it is text';
      this.#report.atOffset(offset, { code: 'complex-key', message: 'a key is a word', hint });
    }
    this.#report.damage(path);
    return undefined;
  }

  /** A part of { } without a colon: a comma that was meant as text, or a colon without its space. Told once a map. */
  judgeStray({ key }: Pair, before: Pair | undefined, path: Path): void {
    if (this.isTorn(path) || SETS.has(String(path.at(-1)))) return;
    const [offset] = rangeOf(key);
    const [, word, rest] = /^([A-Za-z]\w*):(\S+)$/.exec(isScalar(key) ? String(key.value) : '') ?? [];
    if (word !== undefined) {
      const message = 'a colon ends a key only with a space behind it';
      this.#report.atOffset(offset, {
        code: 'yaml-syntax',
        message,
        hint: `did you mean \`${word}: ${rest}\`?`,
      });
    } else if (isScalar(before?.value) && before.value.type === 'PLAIN') {
      const hint = 'put the text in quotes, or the call on lines of its own';
      this.#report.atOffset(offset, { code: 'flow-comma', message: 'a comma ends a value inside { }', hint });
    } else return;
    this.#torn.add(JSON.stringify(path));
    this.#report.damage(path);
  }
}

/** Start and end of a node in the text. */
export function rangeOf(node: unknown, otherwise = 0): readonly [number, number] {
  const range = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range;
  return [range?.[0] ?? otherwise, range?.[1] ?? otherwise];
}
