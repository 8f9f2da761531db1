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
import { visible } from './paint.js';

export function nodeMachine(): Machine {
  return {
    version: versionAbove(dirname(fileURLToPath(import.meta.url))),
    hasColours: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    progress: process.stderr.isTTY === true ? progressOn(process.stderr) : () => {},
    read: (path) => readFileSync(path, 'utf8'),
    isDirectory: (path) => statSync(path).isDirectory(),
    stamp: (path) => {
      const there = statSync(path, { throwIfNoEntry: false });
      return there === undefined ? '' : `${there.mtimeMs} ${there.size} ${there.ino}`;
    },
    list: (path) => readdirSync(path),
    isSame,
    write: writeWhole,
  };
}

/** Work that is shorter than this needs no progress, and a line that changes faster cannot be read. */
const PROGRESS_MILLIS = 250;

/** One line that is written over, and gone at the end. */
function progressOn(stream: NodeJS.WriteStream): Machine['progress'] {
  let last = performance.now();
  let isShown = false;
  return (done, total, next) => {
    if (done === total) {
      if (isShown) stream.write('\r\u001b[K');
      isShown = false;
      return;
    }
    if (performance.now() - last < PROGRESS_MILLIS) return;
    last = performance.now();
    isShown = true;
    const line = `${done} of ${total}  ${visible(next)}`;
    stream.write(`\r\u001b[K${line.slice(0, Math.max(10, stream.columns - 1))}`);
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
