// `fourtuple expand FILE`: each line of the script, and under a dialogue the calls that it stands for.
import { expandRun } from '../scenario/expand.js';
import { openRun } from '../scenario/run.js';
import { guarded } from './defect.js';
import { libraryOf, readScenario, troubleLine } from './files.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';

export function expandCommand(machine: Machine, paths: readonly string[]): Outcome {
  const [file, second] = paths;
  if (file === undefined || second !== undefined)
    return refuse('expand needs one file: fourtuple expand FILE');
  const read = readScenario(machine, file);
  if ('trouble' in read) return refuse(troubleLine(read.trouble));
  return guarded(machine, file, read.text, () => {
    const { run, problems } = openRun(read.text, { library: libraryOf(machine, file) });
    const err = problemLines(file, problems);
    if (run === undefined) return { exitCode: 2, out: '', err };
    const paint = paintFor(machine.hasColours);
    const lines = expandRun(run).flatMap(({ written, calls }) =>
      calls.length < 2
        ? [written]
        : [paint.faint(`# ${written.slice(2)}`), ...calls.map((call) => `  ${call}`)],
    );
    return { exitCode: isBroken(problems) ? 2 : 0, out: `${lines.join('\n')}\n`, err };
  });
}
