// Is this a text that may be read as YAML at all? Size, bytes, and nesting, before a parser sees it.
// Deep nesting is refused here since the YAML package recurses: near the end of the stack V8 can abort the whole process
// while it compiles a regular expression (seen with yaml 2.9.1 and 65,536 braces), so catching the error is no way out.
import { Lexer } from 'yaml';
import { bad, good, type Parsed } from './parsed.js';
import type { Flaw } from './problems.js';

/** The largest file, in characters. The longest course scenario so far has 4,000; this much is read within seconds. */
export const MOST_CHARACTERS = 262_144;
/** How deep { } and [ ] may stand in each other, and lists and keys on one line. The language itself needs eight. */
const MOST_NESTED = 48;
/** How far a line may be indented, in spaces. */
const MOST_INDENTED = 120;

const BRACKETS_AND_COMMA: ReadonlySet<string> = new Set(['[', ']', '{', '}', ',']);

/** What is wrong, and at which offset. */
export interface TextFlaw extends Flaw {
  readonly offset: number;
}

/** The text that the parser may see: without a byte order mark, so that columns are those of the editor. */
export function withoutByteOrderMark(source: string): string {
  return source.startsWith('\ufeff') ? source.slice(1) : source;
}

export function judgeText(source: string): TextFlaw | undefined {
  if (source.length > MOST_CHARACTERS) {
    const message = `${source.length} characters are too many: a scenario has at most ${MOST_CHARACTERS}`;
    return { offset: 0, code: 'too-large', message };
  }
  const binary = firstBinary(source);
  if (binary >= 0) {
    const code = source.charCodeAt(binary).toString(16).toUpperCase().padStart(4, '0');
    const hint = 'save the file as UTF-8 text';
    return { offset: binary, code: 'yaml-syntax', message: `this is not text: character U+${code}`, hint };
  }
  const nesting = judgeNesting(source);
  return nesting.ok ? undefined : { offset: 0, ...nesting.flaw };
}

/** Control characters other than tab and line ends, and U+FFFD, which stands for bytes that were not UTF-8. */
function firstBinary(source: string): number {
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    const isControl = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
    if (isControl || code === 0x7f || code === 0xfffd || code === 0xfffe || code === 0xffff) return at;
  }
  return -1;
}

/** Reads tokens only, which takes no stack: brackets in each other, indentation, and indicators in a row. */
function judgeNesting(source: string): Parsed<true> {
  let brackets = 0;
  let indicators = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(source)) {
    if (isLineStart && token.startsWith(' ') && token.length > MOST_INDENTED)
      return bad('too-large', `a line is indented by ${token.length} spaces`, `at most ${MOST_INDENTED}`);
    isLineStart = token === '\n' || token === '\r\n';
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    const isIndicator = token === '-' || token === '?' || token === ':';
    if (isIndicator) indicators++;
    else if (brackets > 0 ? BRACKETS_AND_COMMA.has(token) : isLineStart) indicators = 0;
    if (brackets > MOST_NESTED || indicators > MOST_NESTED)
      return bad('too-large', `nested too deeply: more than ${MOST_NESTED} levels`);
  }
  return good(true);
}
