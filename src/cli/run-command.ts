// `fourtuple run FILE [--json] [--pcapng OUT [--at HOST]]`: the transcript, one sentence a step, or the whole run as JSON;
// and, if asked for, its packets as a capture file.
import { closestWord } from '../base/spelling.js';
import { openRun, type Run } from '../scenario/run.js';
import { captureOf } from '../trace/capture.js';
import { Cast } from '../trace/cast.js';
import { pcapngOf } from '../trace/pcapng.js';
import { guarded } from './defect.js';
import { libraryOf, readScenario, troubleLine, writeFile } from './files.js';
import { joined, type Machine, type Outcome, refuse } from './machine.js';
import { paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';
import { runDocument } from './run-document.js';
import { transcript } from './transcript.js';

export interface RunOptions {
  readonly asJson: boolean;
  /** Where a capture goes. */
  readonly pcapng: string | undefined;
  /** Name of the host that captures; undefined: the whole network. */
  readonly at: string | undefined;
}

/** A scenario with problems is played as far as it goes, so that one sees where it went wrong; the exit code is 2. */
export function runCommand(machine: Machine, paths: readonly string[], options: RunOptions): Outcome {
  const { asJson, pcapng, at } = options;
  const [file, second] = paths;
  if (file === undefined || second !== undefined) return refuse('run needs one file: fourtuple run FILE');
  if (at !== undefined && pcapng === undefined)
    return refuse('`--at` is about a capture: --pcapng OUT --at HOST');
  const read = readScenario(machine, file);
  if ('trouble' in read) return refuse(troubleLine(read.trouble));
  if (pcapng !== undefined && machine.isSame(file, pcapng))
    return refuse(`${pcapng}: the capture would take the place of the scenario`);
  return guarded(machine, file, read.text, () => {
    const { run, problems } = openRun(read.text, { library: libraryOf(machine, file) });
    const told = problemLines(file, problems);
    if (run === undefined) return { exitCode: 2, out: '', err: told };
    const trouble = pcapng === undefined ? undefined : writeCapture(machine, run, pcapng, at);
    if (trouble !== undefined) return joined([{ exitCode: 2, out: '', err: told }, refuse(trouble)]);
    const out = asJson
      ? `${JSON.stringify(runDocument(run), null, 2)}\n`
      : transcript(run, paintFor(machine.hasColours));
    return { exitCode: isBroken(problems) ? 2 : 0, out, err: told };
  });
}

/** Undefined if it is written, else why it is not. */
function writeCapture(machine: Machine, run: Run, out: string, at: string | undefined): string | undefined {
  const host = at === undefined ? undefined : run.directory.hosts.get(at);
  if (at !== undefined && host === undefined) {
    const names = [...run.directory.hosts.keys()];
    const closest = closestWord(at, names);
    return `--at: there is no host \`${at}\`; ${closest === undefined ? `there are ${names.join(', ')}` : `did you mean \`${closest}\`?`}`;
  }
  const capture = captureOf(run.recording, new Cast(run.recording), host);
  return writeFile(machine, out, pcapngOf(capture, run.title));
}
