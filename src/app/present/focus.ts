// Which host is opened, and on which side of the stage each host stands. Sides never change over a run,
// so that a learner finds "our end" and "their end" where they were; only the widths follow the event.
// It refuses to know pixels: places.ts turns sides into frames.
import type { HostView, Scene } from '../../trace/scene.js';

export type Side = 'left' | 'right';

/** The host to look inside: the pinned one, the one this step is about, else the first that serves. */
export function focusOf(scene: Scene, pinned: number | undefined): number | undefined {
  const has = (id: number | undefined): boolean => scene.hosts.some((host) => host.id === id);
  if (pinned !== undefined && has(pinned)) return pinned;
  if (scene.step?.host !== undefined && has(scene.step.host)) return scene.step.host;
  return (scene.hosts.find((host) => host.owner.hue === 'S') ?? scene.hosts[0])?.id;
}

/** Callers left, servers right; what is neither goes where there is more room. */
export function sidesOf(hosts: readonly HostView[]): ReadonlyMap<number, Side> {
  const sides = new Map<number, Side>();
  const count = (side: Side): number => [...sides.values()].filter((other) => other === side).length;
  for (const { id, owner } of hosts) {
    if (owner.hue === 'S' || owner.hue === 'R') sides.set(id, 'right');
    else if (owner.hue !== 'D') sides.set(id, 'left');
  }
  for (const { id } of hosts) {
    if (!sides.has(id)) sides.set(id, count('left') < count('right') ? 'left' : 'right');
  }
  const last = hosts.at(-1);
  const first = hosts[0];
  if (hosts.length > 1 && last !== undefined && count('right') === 0) sides.set(last.id, 'right');
  if (hosts.length > 1 && first !== undefined && count('left') === 0) sides.set(first.id, 'left');
  return sides;
}
