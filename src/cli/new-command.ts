// `fourtuple new NAME`: a first scenario to change, with a comment at each part. It never writes over anything.
import { writeFile } from './files.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { starter } from './starter.js';

/** The name is the scenario's id in links, so it is made of what needs no escape there. */
const NAME = /^[A-Za-z\d][A-Za-z\d_-]*$/;

export function newCommand(machine: Machine, paths: readonly string[]): Outcome {
  const [path, second] = paths;
  const call = 'fourtuple new my-first-lesson';
  if (path === undefined || second !== undefined) return refuse(`new needs one name: ${call}`);
  const file = /\.ya?ml$/.test(path) ? path : `${path}.yaml`;
  const name = (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');
  if (!NAME.test(name))
    return refuse(`\`${name}\` is no name for a scenario: letters, digits, - and _, as in ${call}`);
  if (isThere(machine, file)) return refuse(`${file}: it is there already, and nothing is written over`);
  const trouble = writeFile(machine, file, new TextEncoder().encode(starter(name)));
  if (trouble !== undefined) return refuse(trouble);
  const out = `${file}: change it, and ask now and then: fourtuple lint ${file} · fourtuple run ${file} · fourtuple check ${file}\n`;
  return { exitCode: 0, out, err: '' };
}

function isThere(machine: Machine, path: string): boolean {
  try {
    machine.isDirectory(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    return true;
  }
}
