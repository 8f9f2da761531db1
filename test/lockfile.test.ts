// The lock file installs the same on every platform and through every registry.
// npm drops the entries of binaries that a registry did not have at the time, without a word; `npm ci` then refuses
// the lock file, on all platforms. After a change of dependencies: remove node_modules and the lock, install, test.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
  optionalDependencies?: Record<string, string>;
}
type LockedPackages = Record<string, LockedPackage>;

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: LockedPackages };
const manifest = read('package.json') as Manifest;

/** Where Node would look for a dependency of the package at `path`, nearest folder first. */
function* lookups(path: string, dependency: string): Generator<string> {
  let folder = path;
  while (folder !== '') {
    yield `${folder}/node_modules/${dependency}`;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
  yield `node_modules/${dependency}`;
}

/** `package -> optional dependency` for each one without an entry of its own. */
function missingOptional(locked: LockedPackages): string[] {
  return Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((dependency) => ![...lookups(path, dependency)].some((place) => place in locked))
      .map((dependency) => `${path} -> ${dependency}`),
  );
}

test('every optional dependency has an entry, so that `npm ci` accepts the file on every platform', () => {
  expect(missingOptional(packages)).toEqual([]);
});

test('a dropped entry is noticed, wherever Node would have found it', () => {
  const tool: LockedPackage = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };
  const lock: LockedPackages = { 'node_modules/a/node_modules/tool': tool, 'node_modules/tool-linux': {} };
  expect(missingOptional(lock)).toEqual(['node_modules/a/node_modules/tool -> tool-darwin']);
  expect(missingOptional({ ...lock, 'node_modules/a/node_modules/tool-darwin': {} })).toEqual([]);
});

test('no entry names a registry, and each is pinned by its digest', () => {
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  expect(installed.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(installed.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
});

test('package.json asks for exact versions', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
