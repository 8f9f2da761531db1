// What may be seen while a question is open: nothing that has not happened yet, no reason, and no sign that would join the
// packet at the door to the socket that gets it. Plain functions from what there is to what may be shown.
// Who decides that a question is open: ../state/session.ts.
import type { Asked } from '../../scenario/questions/asked.js';
import type { Lifecycle } from '../../trace/lifecycle.js';
import type { HostView, LaneView, Mark, PacketView, Scene, StepView } from '../../trace/scene.js';
import { TCP_STATES } from '../../world/tables.js';
import type { LadderStory } from './ladder-story.js';

/** The host whose sockets are offered, or to which the packet goes. */
export function hostAsked(scene: Scene, asked: Asked): number | undefined {
  const offered = new Set(asked.options.map(({ socket }) => socket));
  return (
    scene.hosts.find(({ sockets }) => sockets.some(({ id }) => offered.has(id)))?.id ??
    (isAboutPacket(asked) ? scene.inFlight.at(-1)?.toHost : undefined)
  );
}

export function isAboutPacket({ which }: Asked): boolean {
  return which === 'socket' || which === 'process';
}

/** Without the reason of the last step, and without marks on the hosts whose sockets can be chosen. */
export function veilScene(scene: Scene, asked: Asked): Scene {
  const offered = new Set(asked.options.map(({ socket }) => socket));
  const bare = (host: HostView): HostView =>
    host.sockets.some(({ id }) => offered.has(id))
      ? {
          ...host,
          sockets: host.sockets.map((socket) => ({ ...socket, mark: undefined, label: undefined })),
        }
      : host;
  const packet = packetAsked(scene, asked);
  return {
    ...scene,
    reason: undefined,
    step: atDoor(scene, asked, packet),
    hosts: scene.hosts.map(bare),
    inFlight: scene.inFlight.filter((each) => each !== packet),
  };
}

/** The packet that is asked about stands at the door already, undecided. */
function atDoor(scene: Scene, asked: Asked, packet: PacketView | undefined): StepView | undefined {
  const { step } = scene;
  const host = hostAsked(scene, asked);
  if (step === undefined || host === undefined || packet === undefined) return step;
  return { ...step, kind: 'arrival', glyph: 'data', host, packet, isDelivery: false, changesState: false };
}

/** The packet whose fate is asked for: the last on its way to the host that will decide. */
function packetAsked(scene: Scene, asked: Asked): PacketView | undefined {
  if (!isAboutPacket(asked)) return undefined;
  const host = hostAsked(scene, asked);
  return (
    scene.inFlight.findLast(({ toHost }) => toHost === host || toHost === undefined) ?? scene.inFlight.at(-1)
  );
}

export function veilSteps(steps: readonly StepView[], upTo: number): readonly StepView[] {
  return steps.slice(0, upTo);
}

/** Lanes of conversations that have begun; a packet that waits at the door has no glyph yet. */
export function veilLanes(
  lanes: readonly LaneView[],
  upTo: number,
  asked: Asked | undefined,
): readonly LaneView[] {
  const last = asked !== undefined && isAboutPacket(asked) ? Math.min(upTo, asked.step - 1) : upTo;
  return lanes
    .map((lane) => ({ ...lane, steps: lane.steps.filter(({ number }) => number <= last) }))
    .filter(({ steps }) => steps.length > 0);
}

/** The ladder as far as it has grown. */
export function veilStory(story: LadderStory, upTo: number): LadderStory {
  const flights = story.flights
    .filter(({ sent }) => sent <= upTo)
    .map((flight) => ({
      ...flight,
      // Whatever is on its way looks as if it arrived with the next step, the lost one too.
      landing:
        flight.landing !== undefined && flight.landing.step > upTo
          ? { step: upTo + 1, host: flight.packet.toHost, isLost: false }
          : flight.landing,
    }));
  const used = new Set(flights.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()));
  return {
    ...story,
    flights,
    rails: story.rails.filter(({ key, held }) => used.has(key) || held.some(({ from }) => from <= upTo)),
    changes: story.changes.filter(({ step }) => step <= upTo),
  };
}

/** Undefined for a conversation that has not begun; no state is told to be visited or not. */
export function veilLifecycle(
  lifecycle: Lifecycle | undefined,
  scene: Scene,
  mark: Mark,
): Lifecycle | undefined {
  const hasBegun = scene.hosts.some(({ sockets }) => sockets.some((socket) => socket.mark === mark));
  return lifecycle === undefined || !hasBegun ? undefined : { ...lifecycle, visited: new Set(TCP_STATES) };
}
