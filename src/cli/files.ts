// Which files are meant by the paths of a call: a file is itself, a directory everything in it that may be a scenario.
// Reading and writing them, with what the system refuses in plain words.
import type { Library } from '../scenario/include.js';
import type { Machine } from './machine.js';

export interface FoundFiles {
  /** Each once: in the order of the call, those of a directory sorted by path. */
  readonly files: readonly string[];
  /** Paths that led to nothing, and why, in plain words. */
  readonly troubles: readonly Trouble[];
}

export interface Trouble {
  readonly path: string;
  readonly words: string;
}

const ENDINGS = ['.yaml', '.yml', '.json'];
/** What other files include is no scenario: a directory does not stand for it. */
const PART = /\.part\.(?:yaml|yml|json)$/;

export function findFiles(machine: Machine, paths: readonly string[]): FoundFiles {
  const files = new Set<string>();
  const troubles: Trouble[] = [];
  for (const path of paths) {
    try {
      if (!machine.isDirectory(path)) {
        files.add(path);
        continue;
      }
      const inside = [...scenariosIn(machine, path.replace(/(?<=.)\/+$/, ''))].sort();
      if (inside.length === 0)
        troubles.push({ path, words: `no scenario in this directory: ${ENDINGS.join(', ')}` });
      for (const file of inside) files.add(file);
    } catch (error) {
      troubles.push({ path, words: systemWords(error) });
    }
  }
  return { files: [...files], troubles };
}

function* scenariosIn(machine: Machine, folder: string): Generator<string> {
  for (const name of machine.list(folder)) {
    const path = `${folder === '/' ? '' : folder}/${name}`;
    if (name.startsWith('.') || name === 'node_modules') continue;
    if (isFolder(machine, path)) yield* scenariosIn(machine, path);
    else if (ENDINGS.some((ending) => name.endsWith(ending)) && !PART.test(name)) yield path;
  }
}

/** A link that leads nowhere is no folder; whoever reads it will say what is wrong. */
function isFolder(machine: Machine, path: string): boolean {
  try {
    return machine.isDirectory(path);
  } catch (error) {
    systemWords(error);
    return false;
  }
}

/** `path: why`. */
export function troubleLine({ path, words }: Trouble): string {
  return `${path}: ${words}`;
}

/** The text, or why there is none. */
export function readScenario(
  machine: Machine,
  path: string,
): { readonly text: string } | { readonly trouble: Trouble } {
  try {
    return { text: machine.read(path) };
  } catch (error) {
    return { trouble: { path, words: systemWords(error) } };
  }
}

/** Writes a file as a whole. What is wrong in plain words, undefined if nothing is. */
export function writeFile(machine: Machine, path: string, bytes: Uint8Array): string | undefined {
  try {
    machine.write(path, bytes);
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    return `${path}: ${WRITING[code] ?? `it cannot be written (${code})`}`;
  }
}

/** What the system refused to read, in plain words. */
function systemWords(error: unknown): string {
  const code = codeOf(error);
  return WORDS[code] ?? `it cannot be read (${code})`;
}

/** The system's name for what it refused. Throws anything else again: it is a mistake of ours. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  return error.code;
}
const WRITING: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory',
  ENOTDIR: 'there is no such directory',
  EISDIR: 'this is a directory; the name of a file is needed',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EROFS: 'nothing may be written there',
  ENOSPC: 'there is no room left',
  ELOOP: 'its links lead round in a circle',
  ENAMETOOLONG: 'its name is too long',
};
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'this is a directory; a file is needed',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'its links lead round in a circle',
  ERR_STRING_TOO_LONG: 'it is too large for a scenario',
  ERR_FS_FILE_TOO_LARGE: 'it is too large for a scenario',
};

/** The scenario's id in links: its file's name without ending. */
export function idOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return name.replace(/\.(ya?ml|json)$/, '');
}

/** Where the `include` of a scenario file finds other files: beside the file that names them. */
export function libraryOf(machine: Machine, file: string): Library {
  return (named, from = file) => {
    const path = pathFrom(from, named);
    try {
      return { path, text: machine.read(path) };
    } catch (error) {
      systemWords(error);
      return undefined;
    }
  };
}

/** `../parts/lan.yaml` of `scenarios/nat/a.yaml` is `scenarios/parts/lan.yaml`. */
function pathFrom(file: string, named: string): string {
  if (named.startsWith('/')) return named;
  const parts = file.split('/').slice(0, -1);
  for (const part of named.split('/')) {
    if (part === '.' || part === '') continue;
    const last = parts.at(-1);
    if (part === '..' && last !== undefined && last !== '..' && last !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
