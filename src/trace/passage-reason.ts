// Why a router made of a packet what it did: the row or the rule, and what that changes in the headers; or why it let it go
// no further, with the rows that it has. Read at the position before the step; the decision is in the facts.
// Wording: words/english/routers.ts.
import type { Fact, Rewrite, Sent } from '../world/facts.js';
import { bindingsOf, flowsOf } from '../world/flows.js';
import type { HostId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import type { RecordedStep } from './recording.js';
import { thing } from './router-sentence.js';
import type { PassageReason } from './scene.js';
import { viewPacket } from './views.js';
import { chip } from './words/telling.js';

/** A reader for the step's reason, undefined if no router decided anything in it. */
export function passageReason(
  world: World,
  cast: Cast,
  step: RecordedStep,
): (() => PassageReason) | undefined {
  for (const fact of step.facts) {
    if (fact.kind === 'sent' && fact.sent.passage?.from !== undefined)
      return () => passed(cast, fact.sent, fact.to);
    if (fact.kind === 'dropped' && fact.host !== undefined) {
      const { host } = fact;
      const why = STOPS.find((each) => each === fact.why);
      if (why !== undefined && fact.sent.host !== host) return () => stopped(world, cast, fact, host, why);
    }
  }
  return undefined;
}

function passed(cast: Cast, sent: Sent, to: HostId | undefined): PassageReason {
  const { rewrites = [] } = sent.passage ?? {};
  const seen = (end: Rewrite['before']) => cast.endpoint(end.address, end.port, sent.host);
  const isError = sent.packet.protocol === 'icmp';
  const lines = rewrites.map(
    ({ side, before, after, by }) =>
      cast.say('why.pass.row', {
        side,
        was: chip(seen(before)),
        now: chip(seen(after)),
        why: cast.phrase(`why.pass.${by}`),
      }).parts,
  );
  const checksums = isError
    ? cast.say('why.pass.quoted')
    : cast.say('why.pass.checksums', { protocol: sent.packet.protocol.toUpperCase() });
  const ttl = cast.say('why.pass.ttl').parts;
  const headline =
    rewrites.length === 0
      ? cast.say('why.pass.unchanged')
      : cast.say('why.pass', { changed: rewrites.map(({ side }) => side) });
  return {
    kind: 'passage',
    host: sent.host,
    packet: viewPacket(cast, sent, to),
    headline: headline.parts,
    lines: rewrites.length === 0 ? [ttl] : [...lines, checksums.parts, ttl],
    rewrites: rewrites.map(({ side, before, after }) => ({ side, before: seen(before), after: seen(after) })),
  };
}

/** What a router has a reason of its own for. */
const STOPS = ['no-mapping', 'filtered', 'no-route', 'ttl'] as const;

function stopped(
  world: World,
  cast: Cast,
  fact: Extract<Fact, { kind: 'dropped' }>,
  host: HostId,
  why: (typeof STOPS)[number],
): PassageReason {
  const rows = [...flowsOf(world, host)].flatMap((flow) => [...bindingsOf(world, flow, () => false)]);
  const isAboutRows = why === 'no-mapping' || why === 'filtered';
  const view = (end: Rewrite['before']) => chip(cast.endpoint(end.address, end.port, host));
  return {
    kind: 'passage',
    host,
    packet: viewPacket(cast, fact.sent, host),
    headline: cast.say(`why.stop.${why}`, { thing: thing(cast, fact.sent.packet) }).parts,
    lines: isAboutRows
      ? [
          cast.say('why.stop.rows', { count: rows.length }).parts,
          ...rows.map(
            ({ inside, outside, peer }) =>
              cast.say('why.stop.row', { inside: view(inside), outside: view(outside), peer: view(peer) })
                .parts,
          ),
        ]
      : [],
    rewrites: [],
  };
}
