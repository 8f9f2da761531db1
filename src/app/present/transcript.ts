// The sentences of a run up to a step, under the headings of their phases: the twin of the picture for reading and for paper.
// It refuses to know the DOM; each sentence comes worded with its step. Who shows it: ../panels/transcript.ts.
import type { StepView } from '../../trace/scene.js';

export interface Chapter {
  /** Undefined before the first phase that an author names. */
  readonly phase: string | undefined;
  readonly steps: readonly StepView[];
}

/** In order; a phase that comes again gets a heading again. */
export function transcriptOf(steps: readonly StepView[], upTo: number): readonly Chapter[] {
  const chapters: { phase: string | undefined; steps: StepView[] }[] = [];
  for (const step of steps.slice(0, upTo)) {
    const last = chapters.at(-1);
    if (last !== undefined && last.phase === step.phase) last.steps.push(step);
    else chapters.push({ phase: step.phase, steps: [step] });
  }
  return chapters;
}
