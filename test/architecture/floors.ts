// The map of src/ as data: which folder may import which, and which packages it may know.
// Change the map here first; rules.ts holds the sources to it.

/**
 * Ground floor first. A folder imports itself and folders on earlier lines; neighbours on one line do not know
 * each other.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['store'],
  ['engine'],
  ['wire'],
  ['world'],
  ['ports', 'demux'],
  ['tcp', 'udp'],
  ['host'],
  ['net'],
  ['trace'],
  ['scenario'],
  ['check'],
  ['cli', 'app'],
];

/**
 * Rooms of a floor that is large, lowest first: a room imports itself and the rooms before it. Files that lie directly in the
 * floor's folder stand above all its rooms.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  scenario: [
    'text',
    'atoms',
    'schema',
    'lint',
    'cast',
    'holds',
    'deeds',
    'acts',
    'dialogues',
    'play',
    'questions',
    'teaching',
  ],
};

/** What is published stands above all floors: files directly in src/. */
export const SURFACE: readonly string[] = ['index.ts', 'vitest.ts'];

/** The only folders that know a machine: a clock, files, a screen. */
export const OUTSIDE_WORLD: readonly string[] = ['cli', 'app'];

/** Packages, and the folders that may import them. A package which is not here may be imported nowhere. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  xstate: ['tcp', 'udp', 'net', 'app'],
  yaml: ['scenario', 'check', 'cli', 'app'],
  zod: ['scenario', 'check', 'cli', 'app'],
  d3: ['app'],
  lit: ['app'],
  '@fontsource-variable/inter': ['app'],
  '@fontsource-variable/jetbrains-mono': ['app'],
  vitest: ['vitest.ts'],
};

/** What lies at the top of the repository; a new entry is a decision, so it is made here. */
export const TOP_LEVEL: readonly string[] = [
  'src',
  'scenarios',
  'test',
  '.ci',
  'index.html',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
  'package-lock.json',
  '.npmrc',
  '.gitignore',
  'tsconfig.json',
  'tsconfig.core.json',
  'tsconfig.lib.json',
  'tsconfig.conformance.json',
  'tsconfig.bench.json',
  'vite.config.ts',
  'vite.scenarios.ts',
  'biome.json',
  'deterministic.grit',
];

/** The folder of src/ that a path lies in; for a file directly in src/, the file's name. */
export function folderOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** Height of a file among the rooms of its floor; undefined if the floor has none, or not this one. */
export function roomHeightOf(path: string): number | undefined {
  const [, floor = '', room = '', file] = path.split('/');
  const rooms = ROOMS[floor];
  if (rooms === undefined) return undefined;
  if (file === undefined) return rooms.length;
  const height = rooms.indexOf(room);
  return height === -1 ? undefined : height;
}

/** Height of a folder or surface file, 0 for the ground floor; undefined if the map does not have it. */
export function heightOf(folder: string): number | undefined {
  if (SURFACE.includes(folder)) return FLOORS.length;
  const height = FLOORS.findIndex((line) => line.includes(folder));
  return height === -1 ? undefined : height;
}
