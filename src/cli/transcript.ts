// A run as people read it, one sentence a step: what `run` prints, and what `check --update` keeps (golden.ts).
import { formatNanos } from '../base/time.js';
import type { Run } from '../scenario/run.js';
import { type Paint, paintFor } from './paint.js';
import { counted } from './reporters/checked.js';

/** A line of it, and the number of the step that it tells of; those in front of the first step belong to step 0. */
export interface TranscriptLine {
  readonly text: string;
  readonly step: number;
}

/** With the digest of the end, by which one sees that two runs of one program are the same. */
export function transcript(run: Run, paint: Paint): string {
  const lines = transcriptLines(run, paint).map(({ text }) => text);
  const end = paint.faint(`${lines.pop() ?? ''}, digest ${run.digestAt(run.total)}`);
  return `${[...lines, end].join('\n')}\n`;
}

/** Without it, since it hangs on how this version keeps its tables. The last line says how many steps there were. */
export function transcriptLines(run: Run, paint: Paint = paintFor(false)): readonly TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  const add = (step: number, ...texts: readonly string[]) => {
    for (const text of texts) lines.push({ text, step });
  };
  add(0, paint.strong(run.title));
  if (run.teaches !== '') add(0, paint.plain(run.teaches));
  const width = String(run.total).length;
  const times = run.steps.map((step) => formatNanos(step.at));
  const timeWidth = Math.max(0, ...times.map((time) => time.length));
  let phase: string | undefined;
  for (const [index, step] of run.steps.entries()) {
    if (step.phase !== phase) add(step.number, '', paint.strong(`── ${step.phase ?? ''}`.trimEnd()));
    else if (index === 0) add(step.number, '');
    phase = step.phase;
    const number = String(step.number).padStart(width);
    const time = paint.faint((times[index] ?? '').padStart(timeWidth));
    add(step.number, `${number}  ${time}  ${paint.plain(step.plain)}`);
    if (step.say !== undefined)
      add(step.number, ...indented(step.say, width + timeWidth + 6).map(paint.faint));
  }
  add(run.total, '');
  if (run.takeaway !== '') add(run.total, paint.plain(run.takeaway));
  add(run.total, counted(run.total, 'step'));
  return lines;
}

function indented(text: string, by: number): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`.trimEnd());
}
