// A plugin of the build: `scenario.yaml?head`, `?lesson` and `?told` are modules made from the file (src/app/prepare.ts), so
// that the app carries neither a YAML parser nor the schemas, and runs no scenario for its card.
// A file that includes others is made anew when one of them changes.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';
import type { Library } from './src/scenario/include.js';

type Prepare = typeof import('./src/app/prepare.js');

/** Loaded when the first scenario is: most runs of vite and vitest never see one. */
async function loadPrepare(): Promise<Prepare> {
  const path = fileURLToPath(new URL('src/app/prepare.ts', import.meta.url));
  return (await runnerImport<Prepare>(path, { configFile: false, logLevel: 'error' })).module;
}

export function scenarios(): Plugin {
  let prepare: Promise<Prepare> | undefined;
  return {
    name: 'fourtuple-scenarios',
    enforce: 'pre',
    async load(id) {
      const [path = '', kind = ''] = id.split('?', 2);
      if (!path.endsWith('.yaml') || !['head', 'lesson', 'told'].includes(kind)) return undefined;
      prepare ??= loadPrepare();
      const { prepareHead, prepareLesson, prepareTold } = await prepare;
      const source = readFileSync(path, 'utf8');
      const library = libraryOf(path, (included) => this.addWatchFile(included));
      this.addWatchFile(path);
      switch (kind) {
        case 'head':
          return moduleOf('head', prepareHead(basename(path, '.yaml'), source, library));
        case 'lesson':
          return moduleOf('lesson', prepareLesson(source, library));
        default:
          return moduleOf('told', prepareTold(source, library));
      }
    },
  };
}

/** A string that is parsed is read faster than the same as code. */
function moduleOf(name: string, value: unknown): string {
  return `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
}

/** Files below scenarios/, found by the end of their path. */
function libraryOf(path: string, onFound: (included: string) => void): Library {
  const root = dirname(dirname(path));
  return (named) => {
    const end = `/${named.replace(/^(?:\.\.?\/)+/, '')}`;
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((name) => join(root, name))
      .find((each) => each.replaceAll('\\', '/').endsWith(end));
    if (found === undefined) return undefined;
    onFound(found);
    return { path: found, text: readFileSync(found, 'utf8') };
  };
}
