// The app as a visitor gets it: built, and served compressed on a port of this machine.
// A second site has the bench's own scenarios among those of the library: the app is built from one folder more, nothing in it is changed.
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { SCENARIOS } from './scenarios.js';

const PROJECT = fileURLToPath(new URL('../../../../../', import.meta.url));

export interface Site {
  readonly url: string;
  close(): void;
}

/** Kinds of files, as they are counted and as the browser wants to have them called. */
export const KINDS: Readonly<Record<string, { readonly type: string; readonly isText: boolean }>> = {
  '.html': { type: 'text/html; charset=utf-8', isText: true },
  '.js': { type: 'text/javascript', isText: true },
  '.css': { type: 'text/css', isText: true },
  '.json': { type: 'application/json', isText: true },
  '.woff2': { type: 'font/woff2', isText: false },
};

/** Builds the app; with `isCrowded` also from the scenarios of this bench. Gives the folder. */
export async function buildApp(isCrowded: boolean): Promise<string> {
  const outDir = join(PROJECT, isCrowded ? 'dist/bench-crowded' : 'dist/bench-app');
  const root = isCrowded ? crowdedRoot() : PROJECT;
  await build({
    root,
    configFile: join(PROJECT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, sourcemap: false },
  });
  return outDir;
}

/** A project that is this one but for two scenarios more. */
function crowdedRoot(): string {
  const root = join(PROJECT, 'dist/bench-root');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const shared of ['src', 'node_modules', 'tsconfig.json'])
    symlinkSync(join(PROJECT, shared), join(root, shared));
  for (const own of ['index.html', 'package.json', 'scenarios'])
    cpSync(join(PROJECT, own), join(root, own), { recursive: true });
  mkdirSync(join(root, 'scenarios/bench'));
  for (const [name, text] of Object.entries(SCENARIOS))
    writeFileSync(join(root, `scenarios/bench/${name}.yaml`), text);
  return root;
}

/** Serves a folder, text compressed by gzip -9. */
export async function serve(folder: string): Promise<Site> {
  const ready = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const kind = KINDS[extname(file)];
    const bytes = readFileSync(file);
    const body = kind?.isText === true ? (ready.get(file) ?? gzipSync(bytes, { level: 9 })) : bytes;
    if (kind?.isText === true) ready.set(file, body);
    response.writeHead(200, {
      'content-type': kind?.type ?? 'application/octet-stream',
      'content-length': body.length,
      ...(kind?.isText === true ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port could be had');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
