#!/usr/bin/env node
// The command, started by hand or by CI. Everything it does is command.ts; here are only the arguments, the two outputs and
// the exit code. A reader that has enough (`| head`) ends it quietly.
import { command } from './command.js';
import type { Outcome } from './machine.js';
import { nodeMachine } from './node-machine.js';
import { LOOK_MILLIS, stateOf } from './watch.js';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 3;
  });

const machine = nodeMachine();
const watches = run();
if (watches !== undefined) {
  let state = stateOf(machine, watches);
  setInterval(() => {
    const now = stateOf(machine, watches);
    if (now === state) return;
    state = now;
    process.stdout.write('\n');
    run();
  }, LOOK_MILLIS);
}

/** What is to be watched, if anything. */
function run(): Outcome['watches'] {
  const { exitCode, out, err, watches } = outcome();
  process.exitCode = exitCode;
  process.stderr.write(err);
  process.stdout.write(out);
  return watches;
}

function outcome(): Outcome {
  try {
    return command(process.argv.slice(2), machine);
  } catch (thrown) {
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const err = `fourtuple has made a mistake: ${what}\n  called as ${process.argv.slice(2).join(' ')}\n  Please report these lines as an issue of the project.\n`;
    return { exitCode: 3, out: '', err };
  }
}
