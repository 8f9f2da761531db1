// What the YAML package complains of, in our words: a code, what is wrong, what to do. One place knows its error codes.
// The traps that YAML takes for valid (a comma, a hash, a star) are found in yaml-traps.ts.
import type { YAMLParseError } from 'yaml';
import { show } from './parsed.js';
import type { Flaw } from './problems.js';

/**
 * How much an error spoils. `nothing`: the tree is what the author meant. `value`: the value it stands in. `map`: the map
 * around it. `all`: nothing can be trusted any more.
 */
export type Damage = 'nothing' | 'value' | 'map' | 'all';

export interface YamlFlaw extends Flaw {
  readonly offset: number;
  readonly spoils: Damage;
}
type Explanation = Omit<YamlFlaw, 'offset'>;

/** So many are looked at. A text with more of them is no scenario, and its first ones say so. */
const MOST_ERRORS = 200;

/** The errors that mean something, in order of the text: one a line, since one slip makes several of them. */
export function explainYamlErrors(source: string, all: readonly YAMLParseError[]): YamlFlaw[] {
  const errors = all.slice(0, MOST_ERRORS);
  const misindented = new Set(
    errors.filter(({ code }) => code === 'MULTILINE_IMPLICIT_KEY').map(({ pos }) => pos[0]),
  );
  const byLine = new Map<number, YamlFlaw>();
  for (const error of errors) {
    const [offset] = error.pos;
    const lineStart = source.lastIndexOf('\n', offset - 1) + 1;
    if (byLine.has(lineStart)) continue;
    const lineEnd = source.indexOf('\n', lineStart);
    const line = source.slice(lineStart, lineEnd < 0 ? source.length : lineEnd);
    byLine.set(lineStart, { offset, ...explain(error, line, offset - lineStart, misindented.has(offset)) });
  }
  return [...byLine.values()].sort((one, other) => one.offset - other.offset);
}

/** `column`: where in its line the error stands, from 0. */
function explain(error: YAMLParseError, line: string, column: number, isMisindented: boolean): Explanation {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return {
        code: 'duplicate-key',
        message: 'this key is here twice',
        hint: 'rename or merge the two',
        spoils: 'nothing',
      };
    case 'BLOCK_IN_FLOW':
    case 'BLOCK_AS_IMPLICIT_KEY':
      if (/^\s*- /.test(line) && column <= line.indexOf('-')) return strayItem();
      return isMisindented ? misindentation() : colonInText(line);
    case 'TAB_AS_INDENT':
      return syntax('a tab indents this line; YAML takes only spaces', 'use two spaces a level');
    case 'MULTIPLE_DOCS':
      return syntax('`---` starts a second document here', 'one scenario a file');
    case 'BAD_SCALAR_START':
      return syntax('an unquoted text may not start with this character', 'put the text in quotes', 'value');
    case 'BAD_DQ_ESCAPE':
      return syntax(
        'inside double quotes a \\ starts an escape, and this is none',
        'use single quotes',
        'value',
      );
    case 'BAD_INDENT':
      return syntax(
        unclosed(error) ?? 'the indentation does not fit the lines around it',
        unclosed(error) === undefined ? 'what belongs together begins in the same column' : undefined,
      );
    case 'MISSING_CHAR':
      return (
        endpointUnquoted(line) ??
        syntax(unclosed(error) ?? 'a comma is missing between two parts of { } or [ ]')
      );
    case 'UNEXPECTED_TOKEN':
      return (
        endpointUnquoted(line) ??
        syntax('a key, a list item or a value was expected here', hintForUnexpected(line))
      );
    default:
      return syntax(`not readable as YAML: ${show(error.message)}`);
  }
}

function syntax(message: string, hint?: string, spoils: Damage = 'all'): Explanation {
  return { code: 'yaml-syntax', message, ...(hint === undefined ? {} : { hint }), spoils };
}

function misindentation(): Explanation {
  return syntax('this line is indented deeper than what it belongs to', 'line it up with its neighbours');
}

function strayItem(): Explanation {
  return syntax(
    'this item of a list is not lined up with the others',
    'begin each - of a list in the same column',
  );
}

function colonInText(line: string): Explanation {
  const port = /:\s+(\d{1,5}):(?=[\s,}]|$)/.exec(line)?.[1];
  const hint =
    port === undefined ? 'put the whole text in quotes' : `a port is a number and nothing else: ${port}`;
  return {
    code: 'colon-in-text',
    message: 'a colon followed by a space starts a key',
    hint,
    spoils: 'value',
  };
}

function endpointUnquoted(line: string): Explanation | undefined {
  const endpoint = /\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]:\w+/.exec(line)?.[0];
  if (endpoint === undefined) return undefined;
  const hint = `put the IPv6 endpoint in quotes: "${endpoint}"`;
  return { code: 'bracket-unquoted', message: 'a value may not start with [ here', hint, spoils: 'map' };
}

/** What was opened: the reader then marks where. */
export function isUnclosed(flaw: Flaw): boolean {
  return flaw.message.endsWith(NEVER_CLOSED);
}
const NEVER_CLOSED = 'is opened and never closed';

function unclosed(error: YAMLParseError): string | undefined {
  if (/closing ["']quote/.test(error.message)) return `a quote ${NEVER_CLOSED}`;
  if (/end with a \]/.test(error.message)) return `a [ ${NEVER_CLOSED}`;
  return /end with a \}/.test(error.message) ? `a { ${NEVER_CLOSED}` : undefined;
}

function hintForUnexpected(line: string): string {
  if (/:\s*'.*'\S/.test(line)) return "inside single quotes an apostrophe is written twice: 'it''s'";
  if (/"\s*:\S/.test(line)) return 'a space belongs after the colon';
  return 'check the indentation of this line';
}
