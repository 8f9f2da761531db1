// The computer as Node shows it: files, the terminal, and the version that stands in package.json.
import { readdirSync, readFileSync, statSync } from 'node:fs';
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
  };
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
