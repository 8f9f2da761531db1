#!/usr/bin/env node
// The command, started by hand or by CI. Everything it does is command.ts; here are only the arguments, the two outputs and
// the exit code. A reader that has enough (`| head`) ends it quietly.
import { command } from './command.js';
import type { Outcome } from './machine.js';
import { nodeMachine } from './node-machine.js';

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 3;
  });

const { exitCode, out, err } = outcome();
process.exitCode = exitCode;
process.stderr.write(err);
process.stdout.write(out);

function outcome(): Outcome {
  try {
    return command(process.argv.slice(2), nodeMachine());
  } catch (thrown) {
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const err = `fourtuple has made a mistake: ${what}\n  called as ${process.argv.slice(2).join(' ')}\n  Please report these lines as an issue of the project.\n`;
    return { exitCode: 3, out: '', err };
  }
}
