// Source files as the architecture rules see them: a path, its text, the code in it, its imports.
// This is reading by regular expressions, not parsing: enough for our own formatted code, and planted violations
// prove it. The rules are in rules.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the top of the repository, with slashes: `src/demux/explain.ts`. */
  readonly path: string;
  readonly source: string;
}

export interface Import {
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** For a relative import the path from the top of the repository, otherwise undefined. */
  readonly target: string | undefined;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every TypeScript file below src/, in the order of their paths. */
export function readSources(): SourceFile[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join('src', name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => ({ path, source: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Names at the top of the repository, without what git ignores. */
export function readTopLevel(): string[] {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\/$/, ''));
  return readdirSync(ROOT).filter((name) => name !== '.git' && !ignored.includes(name));
}

// Strings and comments, whichever begins first; template literals keep their text, because `${…}` is code.
const NOT_CODE = /(['"])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\.|[^\\`])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The text with its comments blanked; lines and columns stay. */
export function withoutComments(source: string): string {
  return source.replace(NOT_CODE, (match) => (match.startsWith('/') ? blank(match) : match));
}

/** The text with comments and quoted strings blanked; lines and columns stay. */
export function codeOnly(source: string): string {
  return source.replace(NOT_CODE, (match) => (match.startsWith('`') ? match : blank(match)));
}

export function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

// A statement at the start of a line: import … from 'x' · export … from 'x' · import 'x'; or import('x') anywhere.
const IMPORT =
  /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*(['"])([^'"\n]+)\1|(?<!\.)\bimport\s*\(\s*(['"`])([^'"`\n]+)\3/gm;

export function importsOf({ path, source }: SourceFile): Import[] {
  return [...withoutComments(source).matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[4] ?? '';
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
    return { line: lineAt(source, match.index), specifier, target };
  });
}
