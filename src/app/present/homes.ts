// A private network on the stage: a dashed outline around the hosts that share it behind a router, with its name and range.
// It is drawn where such hosts have one side of a roomy stage to themselves; the router that hides them stands on the other.
// Who leaves the room for it: places.ts. Which network is hidden: trace/scene.ts.
import type { HostView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { round, sansWidth, shorten } from './measure.js';
import type { Box, OutlineRow } from './picture.js';

const EDGE = 8;
const FOOT = 22;
/** On a lower stage the cards need all of it. */
const ROOMY = 360;
export const OUTLINE_TEXT = 11;

/** The outline of a column of these hosts; undefined if they are not just those of one hidden network. */
export function outlineOf(
  column: readonly HostView[],
  hosts: readonly HostView[],
  area: Box,
): OutlineRow | undefined {
  if (area.h < ROOMY) return undefined;
  const hidden = hosts.flatMap(({ router }) => router?.hides ?? []);
  const home = hidden.find(({ network }) => {
    const members = hosts.filter(({ networks, router }) => !router && networks.includes(network));
    return members.length === column.length && members.every((host) => column.includes(host));
  });
  if (home === undefined) return undefined;
  const words = messages.stage.home(home.network, home.range);
  return {
    key: `outline-${home.network}`,
    x: round(area.x),
    y: round(area.y),
    w: round(area.w),
    h: round(area.h),
    text: shorten(words, area.w - 2 * EDGE - 16, (text) => sansWidth(text, OUTLINE_TEXT)),
    textX: round(area.x + EDGE + 8),
    textY: round(area.y + area.h - 8),
  };
}

/** What is left for the cards inside. */
export function insideOutline(area: Box, outline: OutlineRow | undefined): Box {
  if (outline === undefined) return area;
  return { x: area.x + EDGE, y: area.y + EDGE, w: area.w - 2 * EDGE, h: area.h - EDGE - FOOT };
}
