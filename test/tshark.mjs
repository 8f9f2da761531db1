// Is tshark here, Wireshark's reader for the command line? test/captures needs it to judge our capture files.
// `node test/tshark.mjs` ends with 0 if it is, else says what to install and ends with 1. Where it must be there
// (.ci/run sets FOURTUPLE_TSHARK=required), test/captures runs, and fails, without it too; elsewhere it is left out.
import { spawnSync } from 'node:child_process';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

export const WHAT_TO_INSTALL =
  'tshark is not here. Debian and Ubuntu: apt-get install tshark · Fedora: dnf install wireshark-cli · macOS: brew install wireshark';

/** The version line, '' if there is no tshark. */
export function tsharkVersion() {
  const { status, stdout } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] ?? '') : '';
}

/** Should the tests that need it run? */
export function isTsharkWanted() {
  return process.env['FOURTUPLE_TSHARK'] === 'required' || tsharkVersion() !== '';
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const version = tsharkVersion();
  console.log(version === '' ? WHAT_TO_INSTALL : version);
  process.exitCode = version === '' ? 1 : 0;
}
