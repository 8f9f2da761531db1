// Finds a Chromium for the tests that need one, or says how to get one: a missing browser fails, it is never skipped.
// It starts every candidate once, because a path that exists may be a stub or lack libraries.
// `node test/browser.mjs` prints the choice. Used by test/e2e/playwright.config.ts; types in browser.d.mts.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HELP = `The browser tests need Chromium, Chrome or Edge, and none was found. Do one of these and try again:
  Linux on x64:           npm ci      (brings a headless Chromium along)
  Debian, Ubuntu:         apt-get update && apt-get install -y chromium
  anywhere:               npx playwright install chromium
  one you have already:   FOURTUPLE_BROWSER=/path/to/chrome npm test
Everything that needs no browser: npm run test:node`;

export class NoBrowserError extends Error {
  name = 'NoBrowserError';
}

/** Playwright's launch arguments: silent on the network; without sandbox only where Chromium refuses to start with it. */
export const LAUNCH_ARGS = [
  ...(process.platform === 'linux' && (process.getuid?.() === 0 || process.env['CI'])
    ? ['--no-sandbox']
    : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
];

/** The version a browser reports, or undefined when it does not start. */
function versionOf(path, env = {}) {
  // Chrome on Windows opens a window when asked for its version, so there a file that can be spawned must do.
  if (process.platform === 'win32') return path.endsWith('.exe') ? windowsVersion(path) : undefined;
  try {
    const answer = execFileSync(path, ['--version', '--no-sandbox'], {
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    return answer.match(/\d+(\.\d+){3}/)?.[0];
  } catch {
    return undefined;
  }
}

function windowsVersion(path) {
  try {
    const ask = `(Get-Item '${path}').VersionInfo.ProductVersion`;
    return (
      execFileSync('powershell', ['-NoProfile', '-Command', ask], { encoding: 'utf8' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

async function playwrightsOwn() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];

function usualPlaces(env) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const homes = ['', env['HOME'] ?? ''];
    return [
      ...onPath,
      ...homes.flatMap((home) => apps.map((app) => `${home}/Applications/${app}.app/Contents/MacOS/${app}`)),
    ];
  }
  if (process.platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(Boolean);
    const apps = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return [...onPath, ...roots.flatMap((root) => apps.map((app) => join(root, app)))];
  }
  return onPath;
}

/**
 * The headless Chromium that @sparticuz/chromium carries inside its npm package, unpacked once below node_modules.
 * It brings its own libraries and font, but only when it believes to be in a cloud function; that belief is kept
 * in a child process. Its own font list names folders of that cloud, so it gets one that names the real places:
 * without any font all text has no size, and every test of visibility fails.
 */
function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const root = fileURLToPath(new URL('..', import.meta.url));
  const unpacked = join(root, 'node_modules/.cache/browser');
  const fontList = join(unpacked, 'fonts.conf');
  const program = `
    const { default: chromium } = await import('@sparticuz/chromium');
    const path = await chromium.executablePath();
    console.log(JSON.stringify({ path, libraries: process.env.LD_LIBRARY_PATH }));`;
  try {
    mkdirSync(unpacked, { recursive: true });
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    const folders = ['/usr/share/fonts', join(unpacked, 'fonts')].map((folder) => `<dir>${folder}</dir>`);
    const cache = `<cachedir>${join(unpacked, 'fonts-cache')}</cachedir>`;
    writeFileSync(fontList, `<?xml version="1.0"?>\n<fontconfig>${folders.join('')}${cache}</fontconfig>\n`);
    const { path, libraries } = JSON.parse(answer);
    return { path, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontList } };
  } catch {
    return undefined;
  }
}

/**
 * Order: FOURTUPLE_BROWSER (no way around it when it is wrong), Playwright's own download, PATH and the usual places,
 * the one from npm. Throws NoBrowserError with the ways out.
 */
export async function findBrowser(env = process.env) {
  const wanted = env['FOURTUPLE_BROWSER'];
  if (wanted) {
    const version = versionOf(wanted);
    if (!version)
      throw new NoBrowserError(`FOURTUPLE_BROWSER=${wanted} does not start as a browser.\n${HELP}`);
    return { executablePath: wanted, version, from: 'FOURTUPLE_BROWSER', env: {} };
  }
  for (const executablePath of [await playwrightsOwn(), ...usualPlaces(env)]) {
    const version = versionOf(executablePath);
    if (version) return { executablePath, version, from: 'this machine', env: {} };
  }
  const npm = fromNpm();
  const version = npm && versionOf(npm.path, npm.env);
  if (!version) throw new NoBrowserError(HELP);
  return { executablePath: npm.path, version, from: '@sparticuz/chromium', env: npm.env };
}

/** What Playwright takes as `launchOptions`. */
export async function launchOptions() {
  const { executablePath, env } = await findBrowser();
  return { executablePath, args: LAUNCH_ARGS, env: { ...process.env, ...env } };
}

const calledByName = process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href;
if (calledByName) {
  try {
    const { executablePath, version, from } = await findBrowser();
    console.log(`browser: ${executablePath} ${version} (${from})`);
  } catch (error) {
    console.error(error instanceof NoBrowserError ? error.message : error);
    process.exitCode = 1;
  }
}
