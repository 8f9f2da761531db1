// A computer that is only a map of files, for trying the command without one.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../../src/cli/machine.js';

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code });
}

/** `files`: path to text. Folders are those that the paths pass through, and `folders`. What is written lands in `written`. */
export function memoryMachine(
  files: Readonly<Record<string, string>>,
  folders: readonly string[] = [],
  written: Map<string, Uint8Array> = new Map(),
): Machine {
  const isFolder = (path: string) =>
    folders.includes(path) || Object.keys(files).some((file) => file.startsWith(`${path}/`));
  return {
    version: '0.0.0-test',
    hasColours: false,
    progress: () => {},
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw refusal(isFolder(path) ? 'EISDIR' : 'ENOENT');
      return text;
    },
    isDirectory: (path) => {
      if (!isFolder(path) && files[path] === undefined) throw refusal('ENOENT');
      return isFolder(path);
    },
    list: (path) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(`${path}/`))
          .map((file) => file.slice(path.length + 1).split('/')[0] ?? ''),
      ),
    ],
    stamp: (path) => files[path] ?? '',
    isSame: (path, other) => path === other,
    write: (path, bytes) => {
      const folder = path.split('/').slice(0, -1).join('/');
      if (isFolder(path)) throw refusal('EISDIR');
      if (folder !== '' && !isFolder(folder)) throw refusal('ENOENT');
      written.set(path, bytes);
    },
  };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files of this repository, by their path from its top. */
export function repositoryMachine(): Machine {
  return {
    version: '0.0.0-test',
    hasColours: false,
    progress: () => {},
    read: (path) => readFileSync(join(ROOT, path), 'utf8'),
    isDirectory: (path) => statSync(join(ROOT, path)).isDirectory(),
    list: (path) => readdirSync(join(ROOT, path)).reverse(),
    stamp: () => '',
    isSame: (path, other) => path === other,
    write: () => {
      throw refusal('EROFS');
    },
  };
}
