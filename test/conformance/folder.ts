// Where recordings lie, for the command and for the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecordings, type Recording } from './recording.js';

/** From the top of the repository, where both are started. */
export const FOLDER = 'test/conformance';

export function readFiles(paths: readonly string[]): Recording[] {
  return paths.flatMap((path) => parseRecordings(readFileSync(path, 'utf8'), path));
}

/** All recordings that the repository carries. */
export function readAll(): Recording[] {
  const folder = join(FOLDER, 'recordings');
  return readFiles(
    readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
  );
}
