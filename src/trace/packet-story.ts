// A packet's two ends as a capture's comments tell them: whose process sent it, and who got it or why nobody did.
// This is what no header holds and the simulator knows. Sentences of steps are worded elsewhere: step-sentence.ts.
import { formatEndpoint } from '../wire/address.js';
import type { Fact } from '../world/facts.js';
import { processOf } from '../world/sockets.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { type RecordedStep, type Recording, readAt, visitSteps } from './recording.js';

export interface PacketStory {
  /**
   * `tx firefox/807 ●`; `tx kernel` for what no process has a hand in: RST and ICMP errors, a connection nobody accepted,
   * what is passed on. Then what a NAT has rewritten: `source was 10.0.0.7:51004`.
   */
  readonly sender: readonly string[];
  /** One for each host where it came to an end; none while it is on its way. */
  readonly ends: readonly { readonly host: HostId | undefined; readonly words: string }[];
}

/** By the packets' numbers. */
export function storiesOf(recording: Recording, cast: Cast): ReadonlyMap<number, PacketStory> {
  const stories = new Map<number, { sender: readonly string[]; ends: PacketStory['ends'][number][] }>();
  visitSteps(recording, (step) => {
    for (const fact of step.facts) {
      if (fact.kind === 'sent') {
        const who = programOf(recording, step, fact.sent.socket);
        const sign = cast.markOf(fact.sent.conversation);
        const rewrites = fact.sent.passage?.rewrites ?? [];
        const was = rewrites.map(
          ({ side, before }) => `${side} was ${formatEndpoint(before.address, before.port)}`,
        );
        stories.set(fact.sent.number, {
          sender: [['tx', who, sign].filter(Boolean).join(' '), ...was],
          ends: [],
        });
        continue;
      }
      const words = endOf(recording, step, fact);
      if (words === undefined || !('sent' in fact)) continue;
      stories.get(fact.sent.number)?.ends.push({ host: fact.host, words });
    }
  });
  return stories;
}

function endOf(recording: Recording, step: RecordedStep, fact: Fact): string | undefined {
  const { hosts } = recording.world;
  switch (fact.kind) {
    case 'delivered':
      return `rx ${programOf(recording, step, fact.socket)} by ${fact.rule}`;
    case 'refused':
      return `refused by ${hosts.name.get(fact.host)}: ${fact.answer}`;
    case 'dropped':
      return `dropped${fact.host === undefined ? '' : ` at ${hosts.name.get(fact.host)}`}: ${fact.why}`;
    default:
      return undefined;
  }
}

/** `nginx/814`: the process that has the socket, after the step or, if it let go of it in the step, before. */
function programOf({ world }: Recording, step: RecordedStep, socket: SocketId | undefined): string {
  if (socket === undefined) return 'kernel';
  const named = (position: number) => readAt(world, position, () => nameOf(world, socket));
  return named(step.after) ?? named(step.before) ?? 'kernel';
}

function nameOf(world: World, socket: SocketId): string | undefined {
  const process = world.sockets.rows.has(socket) ? processOf(world, socket) : undefined;
  return process && `${world.processes.name.get(process)}/${world.processes.pid.get(process)}`;
}
