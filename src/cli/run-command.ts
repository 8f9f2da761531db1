// `fourtuple run FILE [--json]`: the transcript, one sentence a step, or the whole run as JSON.
import { formatNanos } from '../base/time.js';
import { openRun, type Run } from '../scenario/run.js';
import { guarded } from './defect.js';
import { readScenario } from './files.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { type Paint, paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';
import { runDocument } from './run-document.js';

/** A scenario with problems is played as far as it goes, so that one sees where it went wrong; the exit code is 2. */
export function runCommand(machine: Machine, paths: readonly string[], asJson: boolean): Outcome {
  const [file, second] = paths;
  if (file === undefined || second !== undefined) return refuse('run needs one file: fourtuple run FILE');
  const read = readScenario(machine, file);
  if ('trouble' in read) return refuse(read.trouble);
  return guarded(machine, file, read.text, () => {
    const { run, problems } = openRun(read.text);
    const paint = paintFor(machine.hasColours);
    const text = (played: Run) =>
      asJson ? `${JSON.stringify(runDocument(played), null, 2)}\n` : transcript(played, paint);
    return {
      exitCode: isBroken(problems) ? 2 : 0,
      out: run === undefined ? '' : text(run),
      err: problemLines(file, problems),
    };
  });
}

function transcript(run: Run, paint: Paint): string {
  const lines = [paint.strong(run.title)];
  if (run.teaches !== '') lines.push(paint.plain(run.teaches));
  const width = String(run.total).length;
  const times = run.steps.map((step) => formatNanos(step.at));
  const timeWidth = Math.max(0, ...times.map((time) => time.length));
  let phase: string | undefined;
  for (const [index, step] of run.steps.entries()) {
    if (step.phase !== phase) lines.push('', paint.strong(`── ${step.phase ?? ''}`.trimEnd()));
    else if (index === 0) lines.push('');
    phase = step.phase;
    const number = String(step.number).padStart(width);
    lines.push(
      `${number}  ${paint.faint((times[index] ?? '').padStart(timeWidth))}  ${paint.plain(step.plain)}`,
    );
    if (step.say !== undefined) lines.push(...indented(step.say, width + timeWidth + 6).map(paint.faint));
  }
  lines.push('');
  if (run.takeaway !== '') lines.push(paint.plain(run.takeaway));
  lines.push(
    paint.faint(`${run.total} ${run.total === 1 ? 'step' : 'steps'}, digest ${run.digestAt(run.total)}`),
  );
  return `${lines.join('\n')}\n`;
}

function indented(text: string, by: number): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`.trimEnd());
}
