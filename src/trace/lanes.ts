// One lane for each conversation: the steps in which it plays a part, in order. What the scrubber draws.

import type { Cast } from './cast.js';
import type { Recording } from './recording.js';
import type { LaneView, StepView } from './scene.js';

/** In order of opening. A conversation's endpoint is its opener's own end. */
export function lanesOf(recording: Recording, cast: Cast, steps: readonly StepView[]): readonly LaneView[] {
  const opened = new Map<string, LaneView['endpoint']>();
  for (const step of recording.steps)
    for (const fact of step.facts) {
      if (
        fact.kind !== 'sent' ||
        fact.sent.conversation === undefined ||
        fact.sent.packet.protocol === 'icmp'
      )
        continue;
      const mark = cast.markOf(fact.sent.conversation);
      const { packet } = fact.sent;
      if (mark !== undefined && !opened.has(mark))
        opened.set(mark, cast.endpoint(packet.source, packet.sourcePort, fact.host));
    }
  return [...opened].map(([mark, endpoint]) => ({
    mark: steps.find((step) => step.mark === mark)?.mark,
    endpoint,
    steps: steps.filter((step) => step.mark === mark).map(({ number, glyph }) => ({ number, glyph })),
  }));
}
