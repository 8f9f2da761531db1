// What is told of a run as a whole, whatever the position: the ladder, since when each port is held, what breakpoints ask for. Read once a run.
// It reads every scene, so it waits until a view asks. What is told: present/ladder.ts and present/port-story.ts.

import type { Scene } from '../trace/scene.js';
import type { Run } from './lesson.js';
import { type LadderStory, ladderStory } from './present/ladder-story.js';
import { type PortStory, portStory } from './present/port-story.js';
import type { Happening } from './state/breakpoints.js';

interface Stories {
  readonly ladder: LadderStory;
  readonly ports: PortStory;
  /** What happens in step 1, 2 … */
  readonly happenings: readonly Happening[];
}

const told = new WeakMap<Run, Stories>();

export function storiesOf(run: Run): Stories {
  const known = told.get(run);
  if (known !== undefined) return known;
  const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));
  const ladder = ladderStory(scenes, run.steps);
  const stories = { ladder, ports: portStory(scenes), happenings: happeningsOf(scenes, ladder) };
  told.set(run, stories);
  return stories;
}

function happeningsOf(scenes: readonly Scene[], { flights, changes }: LadderStory): Happening[] {
  return scenes.slice(1).map(({ t, step, reason, hosts }): Happening => {
    const sent = flights.filter((flight) => flight.sent === t).map(({ packet }) => packet);
    const isOf = (name: 'RST' | 'ICMP') =>
      sent.some(({ flags, protocol }) => (name === 'ICMP' ? protocol === 'icmp' : flags.includes('RST')));
    const taken = reason?.kind === 'delivery' && reason.answer === 'delivered' ? reason.winner : undefined;
    const sockets = hosts.flatMap((host) => host.sockets);
    const takers = step?.isDelivery === true ? sockets.filter(({ id }) => id === taken) : [];
    return {
      step: t,
      packets: new Set((['RST', 'ICMP'] as const).filter(isOf)),
      states: changes.filter((change) => change.step === t).map(({ state, mark }) => ({ state, mark })),
      programs: takers.flatMap(({ process }) => process?.name ?? []),
    };
  });
}
