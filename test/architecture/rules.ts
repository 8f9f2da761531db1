// What must hold for every file in src/, each rule with plants: sources that break it, so that a rule which has
// gone blind fails its own test. Where things belong is data in floors.ts; how text is read is in source.ts.
import { FLOORS, folderOf, heightOf, OUTSIDE_WORLD, PACKAGES, ROOMS, roomHeightOf } from './floors.js';
import { codeOnly, importsOf, lineAt, type SourceFile, withoutComments } from './source.js';

export interface Rule {
  /** A sentence about src/ that ends every sentence in this file's tests. */
  readonly name: string;
  /** What is wrong in this file and what to do about it, one line each; none when all is well. */
  readonly violations: (file: SourceFile) => string[];
  /** Sources that break the rule, one violation each. */
  readonly plants: readonly SourceFile[];
  /** Sources that look alike and are right. */
  readonly innocents: readonly SourceFile[];
}

export const LONGEST_FILE = 350;

const plant = (path: string, source: string): SourceFile => ({ path, source });

/** Places where a pattern occurs in the code proper, not in its strings and comments. */
function occurrences({ path, source }: SourceFile, pattern: RegExp): { place: string; text: string }[] {
  return [...codeOnly(source).matchAll(pattern)].map((match) => ({
    place: `${path}:${lineAt(source, match.index)}`,
    text: match[0].trim(),
  }));
}

const floors: Rule = {
  name: 'a folder imports itself and folders on lower floors only',
  violations: (file) => {
    const folder = folderOf(file.path);
    const height = heightOf(folder);
    if (height === undefined) return [`${file.path}: ${folder} has no place in test/architecture/floors.ts`];
    return importsOf(file).flatMap(({ line, specifier, target }) => {
      if (!target?.startsWith('src/') || folderOf(target) === folder) return [];
      const other = folderOf(target);
      const otherHeight = heightOf(other.replace(/\.js$/, '.ts'));
      if (otherHeight !== undefined && otherHeight < height) return [];
      const relation = otherHeight === height ? 'stands beside' : 'lies above';
      return [
        `${file.path}:${line}: ${specifier}: ${other} ${relation} ${folder}; a noun is in the wrong folder`,
      ];
    });
  },
  plants: [
    plant('src/wire/a.ts', "import { lookup } from '../demux/lookup.js';"),
    plant('src/wire/a.ts', "import type { Lookup } from '../demux/lookup.js';"),
    plant('src/wire/a.ts', "const late = await import('../demux/lookup.js');"),
    plant('src/wire/a.ts', "export type Found = import('../demux/lookup.js').Found;"),
    plant('src/wire/deep/a.ts', "export * from '../../demux/lookup.js';"),
    plant('src/wire/a.ts', "import {\n  lookup,\n} from '../demux/lookup.js';"),
    plant('src/demux/a.ts', "import { mayBind } from '../ports/bind.js';"),
    plant('src/app/a.ts', "import '../cli/main.js';"),
    plant('src/scenario/a.ts', "import { check } from '../index.js';"),
    plant('src/helpers/a.ts', ''),
    plant('src/helpers.ts', ''),
  ],
  innocents: [
    plant('src/demux/a.ts', "import { parse } from '../wire/notation.js';\nimport { b } from './b.js';"),
    plant('src/wire/a.ts', "// see also: import { lookup } from '../demux/lookup.js'"),
    plant('src/index.ts', "export { check } from './check/check.js';"),
  ],
};

const rooms: Rule = {
  name: 'a room of a floor imports itself and the rooms below it only',
  violations: (file) => {
    const floor = folderOf(file.path);
    if (ROOMS[floor] === undefined) return [];
    const height = roomHeightOf(file.path);
    if (height === undefined)
      return [`${file.path}: this room of ${floor} has no place in ROOMS of test/architecture/floors.ts`];
    return importsOf(file).flatMap(({ line, specifier, target }) => {
      if (target === undefined || !target.startsWith(`src/${floor}/`)) return [];
      const other = roomHeightOf(target);
      if (other !== undefined && other <= height) return [];
      return [`${file.path}:${line}: ${specifier} lies in a room above; a noun is in the wrong room`];
    });
  },
  plants: [
    plant('src/scenario/atoms/a.ts', "import { lint } from '../lint/lint.js';"),
    plant('src/scenario/play/a.ts', "import type { Run } from '../run.js';"),
    plant('src/scenario/helpers/a.ts', ''),
  ],
  innocents: [
    plant('src/scenario/lint/a.ts', "import { good } from '../text/parsed.js';\nimport { b } from './b.js';"),
    plant('src/scenario/run.ts', "import { Driver } from './play/drive.js';"),
    plant('src/wire/a.ts', "import { below } from '../base/random.js';"),
  ],
};

const insideSrc: Rule = {
  name: 'nothing outside src is imported, least of all a test',
  violations: (file) =>
    importsOf(file)
      .filter(({ target }) => target !== undefined && !target.startsWith('src/'))
      .map(
        ({ line, specifier }) =>
          `${file.path}:${line}: ${specifier} lies outside src; move what is needed in`,
      ),
  plants: [
    plant('src/check/a.ts', "import { worldWith } from '../../test/builders.js';"),
    plant('src/app/deep/a.ts', "import '../../../test/browser.mjs';"),
  ],
  innocents: [plant('src/app/deep/a.ts', "import '../style.css';")],
};

const packages: Rule = {
  name: 'a package is imported only where its subject lives',
  violations: (file) =>
    importsOf(file)
      .filter(({ specifier, target }) => target === undefined && !specifier.startsWith('node:'))
      .flatMap(({ line, specifier }) => {
        const name = specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/');
        const folders = PACKAGES[name] ?? [];
        if (folders.includes(folderOf(file.path))) return [];
        return [
          `${file.path}:${line}: ${name} is for ${folders.join(', ') || 'nobody: see PACKAGES in floors.ts'}`,
        ];
      }),
  plants: [
    plant('src/host/a.ts', "import { select } from 'd3';"),
    plant('src/demux/a.ts', "import { z } from 'zod';"),
    plant('src/trace/a.ts', "import { directive } from 'lit/directive.js';"),
    plant('src/app/a.ts', "import fs from 'fs';"),
    plant('src/app/a.ts', "import { left } from 'left-pad';"),
  ],
  innocents: [
    plant('src/tcp/a.ts', "import { setup } from 'xstate';"),
    plant('src/demux/a.ts', "const digits = Array.from('0123');"),
    plant('src/app/a.ts', "import '@fontsource-variable/inter/wght.css';\nimport { scaleLinear } from 'd3';"),
  ],
};

interface BannedCall {
  readonly pattern: RegExp;
  readonly instead: string;
  readonly example: string;
}

const BANNED: readonly BannedCall[] = [
  {
    pattern: /\bMath\s*\.\s*random\b/g,
    instead: "draw from the run's seeded generator (base/random)",
    example: 'const port = Math.random();',
  },
  {
    pattern: /\bcrypto\s*\./g,
    instead: "draw from the run's seeded generator (base/random)",
    example: 'crypto.getRandomValues(bytes);',
  },
  { pattern: /\bDate\s*\.\s*now\b/g, instead: "read the engine's clock", example: 'const t = Date.now();' },
  { pattern: /\bnew\s+Date\b/g, instead: "read the engine's clock", example: 'const t = new Date();' },
  {
    pattern: /\bperformance\s*\./g,
    instead: "read the engine's clock; measuring belongs to test/bench",
    example: 'const t = performance.now();',
  },
  { pattern: /\bsetTimeout\b/g, instead: "schedule on the engine's queue", example: 'setTimeout(run, 10);' },
  {
    pattern: /\bsetInterval\b/g,
    instead: "schedule on the engine's queue",
    example: 'setInterval(run, 10);',
  },
  { pattern: /\bsetImmediate\b/g, instead: "schedule on the engine's queue", example: 'setImmediate(run);' },
  {
    pattern: /\bqueueMicrotask\b/g,
    instead: "schedule on the engine's queue",
    example: 'queueMicrotask(run);',
  },
  {
    pattern: /\brequestAnimationFrame\b/g,
    instead: "schedule on the engine's queue; frames are the app's",
    example: 'requestAnimationFrame(draw);',
  },
  {
    pattern: /\.localeCompare\b/g,
    instead: "compare with <: the order must not depend on the machine's language",
    example: 'names.sort((a, b) => a.localeCompare(b));',
  },
  {
    pattern: /\.toLocale[A-Z]\w*/g,
    instead: "format by hand: the text must not depend on the machine's language",
    example: 'const text = bytes.toLocaleString();',
  },
];

const clockless: Rule = {
  name: 'below the app and the command nothing asks the machine for time, chance or language',
  violations: (file) =>
    OUTSIDE_WORLD.includes(folderOf(file.path))
      ? []
      : BANNED.flatMap(({ pattern, instead }) =>
          occurrences(file, pattern).map(({ place, text }) => `${place}: ${text}: ${instead}`),
        ),
  plants: BANNED.flatMap(({ example }) => [
    plant('src/tcp/a.ts', example),
    plant('src/net/a.ts', `const text = \`at \${${example.replace(/^.*= |;$/g, '')}}\`;`),
  ]),
  innocents: [
    ...BANNED.map(({ example }) => plant('src/app/a.ts', example)),
    plant(
      'src/tcp/a.ts',
      '// unlike Math.random, the generator can be seeded\nconst advice = "no setTimeout";',
    ),
    plant('src/trace/a.ts', "const pattern = /['`]/; const t = clock.now();"),
  ],
};

/** Browser globals that are also words of ours: a file which declares one itself means its own. */
function globalUses(file: SourceFile, name: string): string[] {
  const declared = new RegExp(String.raw`(?:\b(?:const|let|var)\s+|[(,{]\s*)${name}\s*[:=,)}?]`);
  if (declared.test(codeOnly(file.source))) return [];
  return occurrences(file, new RegExp(String.raw`(?<![.\w])${name}\s*\.`, 'g')).map(({ place }) => place);
}

const screenless: Rule = {
  name: 'below the app and the command there is neither a browser nor Node',
  violations: (file) => {
    if (OUTSIDE_WORLD.includes(folderOf(file.path))) return [];
    const screen = ['document', 'window'].flatMap((name) =>
      globalUses(file, name).map((place) => `${place}: ${name}: return rows and numbers; src/app draws them`),
    );
    const node = importsOf(file)
      .filter(({ specifier }) => specifier.startsWith('node:'))
      .map(
        ({ line, specifier }) =>
          `${file.path}:${line}: ${specifier}: take text or bytes; src/cli reads and writes`,
      );
    return [...screen, ...node];
  },
  plants: [
    plant('src/trace/a.ts', "document.querySelector('main');"),
    plant('src/trace/a.ts', 'const width = window.innerWidth;'),
    plant('src/check/a.ts', "import { readFileSync } from 'node:fs';"),
    plant('src/check/a.ts', "const { join } = await import('node:path');"),
  ],
  innocents: [
    plant('src/tcp/a.ts', 'const { window } = segment;\nconst edge = window.left + segment.window.size;'),
    plant('src/scenario/a.ts', 'const document = parseDocument(source);\nreturn document.contents;'),
    plant('src/cli/a.ts', "import { readFileSync } from 'node:fs';"),
    plant('src/app/a.ts', "document.querySelector('main');"),
  ],
};

// The field is private, which TypeScript waives for `memory['cells']` and for any cast; other tables may have cells.
const CELLS_OF_MEMORY = /\bmemory\)?\s*(?:\?\s*)?\.\s*cells\b|\[\s*(['"`])cells\1\s*\]|\bmemory\s+as\b/gi;

const journaled: Rule = {
  name: 'only the store touches the cells of a memory: every write goes through the journal',
  violations: ({ path, source }) =>
    folderOf(path) === 'store'
      ? []
      : [...withoutComments(source).matchAll(CELLS_OF_MEMORY)].map(
          ({ index, 0: text }) =>
            `${path}:${lineAt(source, index)}: ${text}: use the columns of world/; a write past the journal cannot be undone`,
        ),
  plants: [
    plant('src/engine/a.ts', 'memory.cells[3] = 1;'),
    plant('src/trace/a.ts', 'const first = run.memory?.cells[0];'),
    plant('src/host/a.ts', 'this.#memory.cells[0] = 1;'),
    plant('src/world/a.ts', "memory['cells'][3] = 1;"),
    plant('src/world/a.ts', 'const { cells } = memory as unknown as { cells: Int32Array };'),
  ],
  innocents: [
    plant('src/store/memory.ts', 'this.cells[at] = value;'),
    plant('src/tcp/table.ts', 'const cells = 3;\nconst cell = table.cells[3];'),
    plant('src/world/a.ts', '// memory.cells is private'),
  ],
};

const short: Rule = {
  name: `no file is longer than ${LONGEST_FILE} lines`,
  violations: ({ path, source }) => {
    const lines = source.trimEnd().split('\n').length;
    return lines > LONGEST_FILE ? [`${path}: ${lines} lines; split where its second noun begins`] : [];
  },
  plants: [plant('src/tcp/a.ts', '// line\n'.repeat(LONGEST_FILE + 1))],
  innocents: [plant('src/tcp/a.ts', '// line\n'.repeat(LONGEST_FILE))],
};

const named: Rule = {
  name: 'every export has a name of its own',
  violations: (file) =>
    occurrences(file, /\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g).map(
      ({ place }) => `${place}: default export: export it by its name`,
    ),
  plants: [
    plant('src/tcp/a.ts', 'export default function open() {}'),
    plant('src/tcp/a.ts', 'const open = 1;\nexport { open as default };'),
  ],
  innocents: [plant('src/tcp/a.ts', "export const text = 'export default 1';")],
};

const introduced: Rule = {
  name: 'every file begins by saying what it is',
  violations: ({ path, source }) =>
    /^(?:#!.*\n)?(?:\/\/|\/\*)/.test(source)
      ? []
      : [`${path}: begin with a comment: what it is, what it refuses to know, where to look next`],
  plants: [plant('src/tcp/a.ts', "import { b } from './b.js';")],
  innocents: [
    plant('src/cli/main.ts', '#!/usr/bin/env node\n// The command.\n'),
    plant('src/a/b.ts', '/** A. */'),
  ],
};

export const RULES: readonly Rule[] = [
  floors,
  rooms,
  insideSrc,
  packages,
  clockless,
  screenless,
  journaled,
  short,
  named,
  introduced,
];

/** Folders of the map that no source file lies in: the map shows something that is not there. */
export function emptyFolders(files: readonly SourceFile[]): string[] {
  const inhabited = new Set(files.map(({ path }) => folderOf(path)));
  const inhabitedRooms = new Set(files.map(({ path }) => path.split('/').slice(1, 3).join('/')));
  const rooms = Object.entries(ROOMS).flatMap(([floor, names]) => names.map((name) => `${floor}/${name}`));
  return [
    ...FLOORS.flat().filter((folder) => !inhabited.has(folder)),
    ...rooms.filter((room) => !inhabitedRooms.has(room)),
  ];
}

/** What the top of a repository has too much and too little of, against the wanted list. */
export function topLevelDifferences(found: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...found.filter((name) => !wanted.includes(name)).map((name) => `${name}: not in TOP_LEVEL of floors.ts`),
    ...wanted
      .filter((name) => !found.includes(name))
      .map((name) => `${name}: in TOP_LEVEL of floors.ts, but missing`),
  ];
}
