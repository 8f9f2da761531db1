// What is told of a run as a whole, whatever the position: the ladder and since when each port is held. Read once a run.
// It reads every scene, so it waits until a view asks. What is told: present/ladder.ts and present/port-story.ts.
import type { Run } from './open.js';
import { type LadderStory, ladderStory } from './present/ladder.js';
import { type PortStory, portStory } from './present/port-story.js';

interface Stories {
  readonly ladder: LadderStory;
  readonly ports: PortStory;
}

const told = new WeakMap<Run, Stories>();

export function storiesOf(run: Run): Stories {
  const known = told.get(run);
  if (known !== undefined) return known;
  const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));
  const stories = { ladder: ladderStory(scenes, run.steps), ports: portStory(scenes) };
  told.set(run, stories);
  return stories;
}
