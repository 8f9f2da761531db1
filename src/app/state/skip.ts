// Which step comes next of a kind: delivery, state change, event on one conversation. Plain searches over the sentences.
// It refuses to know scenes: the steps say themselves what they are.
// Who goes there: ../commands.ts.
import type { LaneView, Mark, StepView } from '../../trace/scene.js';

export type Skip = 'delivery' | 'state' | 'conversation';

/** The step after (or before) `t` that fits; undefined if there is none. */
export function findStep(
  steps: readonly StepView[],
  t: number,
  skip: Skip,
  isBack: boolean,
  mark: Mark | undefined,
): number | undefined {
  const fits = (step: StepView): boolean => {
    if (skip === 'delivery') return step.isDelivery;
    return skip === 'state' ? step.changesState : mark !== undefined && step.mark === mark;
  };
  const found = isBack
    ? steps.findLast((step) => step.number < t && fits(step))
    : steps.find((step) => step.number > t && fits(step));
  return found?.number;
}

/** The conversation that N follows: the chosen one, else the one of this step, else the last one before, else the first. */
export function conversationAt(
  steps: readonly StepView[],
  lanes: readonly LaneView[],
  t: number,
  chosen: Mark | undefined,
): Mark | undefined {
  if (chosen !== undefined) return chosen;
  const before = steps.findLast(({ number, mark }) => number <= t && mark !== undefined);
  return before?.mark ?? lanes.find(({ mark }) => mark !== undefined)?.mark;
}
