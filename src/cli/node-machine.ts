// The computer as Node shows it: files, the terminal, and the version that stands in package.json.
import {
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from './machine.js';

export function nodeMachine(): Machine {
  return {
    version: versionAbove(dirname(fileURLToPath(import.meta.url))),
    hasColours: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    read: (path) => readFileSync(path, 'utf8'),
    isDirectory: (path) => statSync(path).isDirectory(),
    list: (path) => readdirSync(path),
    isSame,
    write: writeWhole,
  };
}

function isSame(path: string, other: string): boolean {
  const [one, two] = [path, other].map((each) => statSync(each, { throwIfNoEntry: false }));
  return one !== undefined && two !== undefined && one.dev === two.dev && one.ino === two.ino;
}

/** Written beside the file and then put in its place, so that nobody ever finds half of it. A pipe is written to. */
function writeWhole(path: string, bytes: Uint8Array): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) return writeFileSync(path, bytes); // of a directory: EISDIR
  const target = there === undefined ? path : realpathSync(path);
  const part = `${target}.${process.pid}.part`;
  try {
    writeFileSync(part, bytes, { flag: 'wx', mode: there?.mode ?? 0o666 });
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** From the nearest package.json of ours: this file may lie in src/ or in what was built of it. */
function versionAbove(folder: string): string {
  try {
    const about: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (typeof about === 'object' && about !== null && 'version' in about) return String(about.version);
  } catch {
    // not here, so further up
  }
  const above = dirname(folder);
  return above === folder ? 'unknown' : versionAbove(above);
}
