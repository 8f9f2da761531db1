// Why a router made of a packet what it did: the row or the rule, and what that changes in the headers; or why it let it go
// no further, with the rows that it has. Read at the position before the step; the decision is in the facts.
import type { Fact, Rewrite, Sent } from '../world/facts.js';
import { bindingsOf, flowsOf } from '../world/flows.js';
import type { HostId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import { capital, chip, counted, strong, text } from './parts.js';
import type { RecordedStep } from './recording.js';
import { thing } from './router-sentence.js';
import type { Part, PassageReason } from './scene.js';
import { viewPacket } from './views.js';

/** A reader for the step's reason, undefined if no router decided anything in it. */
export function passageReason(
  world: World,
  cast: Cast,
  step: RecordedStep,
): (() => PassageReason) | undefined {
  for (const fact of step.facts) {
    if (fact.kind === 'sent' && fact.sent.passage?.from !== undefined)
      return () => passed(cast, fact.sent, fact.to);
    if (fact.kind === 'dropped' && fact.host !== undefined && STOPPED[fact.why] !== undefined) {
      const { host } = fact;
      if (fact.sent.host !== host) return () => stopped(world, cast, fact, host);
    }
  }
  return undefined;
}

function passed(cast: Cast, sent: Sent, to: HostId | undefined): PassageReason {
  const { rewrites = [] } = sent.passage ?? {};
  const seen = (end: Rewrite['before']) => cast.endpoint(end.address, end.port, sent.host);
  const isError = sent.packet.protocol === 'icmp';
  const lines = rewrites.map((rewrite): readonly Part[] => {
    const [was, is] = [chip(seen(rewrite.before)), chip(seen(rewrite.after))];
    return text`${capital(rewrite.side)}: ${was} becomes ${is}, ${REASONS[rewrite.by]}.`;
  });
  const checksums = isError
    ? text`The ports quoted inside are turned back as well, or nobody would recognise the packet.`
    : text`What was written anew is in the checksums of IP and ${sent.packet.protocol.toUpperCase()}, so both are computed again. The payload stays as it is.`;
  const ttl = text`One router more: the time to live goes down by one.`;
  return {
    kind: 'passage',
    host: sent.host,
    packet: viewPacket(cast, sent, to),
    headline:
      rewrites.length === 0
        ? text`The destination is not here, and the router knows the way. It changes neither address nor port.`
        : text`Only ${strong(`the ${rewrites.map(({ side }) => side).join(' and the ')}`)} ${rewrites.length > 1 ? 'change' : 'changes'}.`,
    lines: rewrites.length === 0 ? [ttl] : [...lines, checksums, ttl],
    rewrites: rewrites.map(({ side, before, after }) => ({ side, before: seen(before), after: seen(after) })),
  };
}

const REASONS: Readonly<Record<Rewrite['by'], string>> = {
  mapping: 'since the outside knows the router only; a new row remembers who that was',
  known: 'by a row that is in the table already',
  forward: 'by the forwarding rule for this port',
};

const STOPPED: Partial<Record<string, string>> = {
  'no-mapping': 'Nobody inside has asked for this: no row has this port, and no rule forwards it.',
  filtered: 'A row has this port, but it lets in only those that the inside has spoken with.',
  'no-route': 'No network of the router and no route has this destination.',
  ttl: 'Each router takes one off the time to live, so that nothing circles for ever. It is used up.',
};

function stopped(
  world: World,
  cast: Cast,
  fact: Extract<Fact, { kind: 'dropped' }>,
  host: HostId,
): PassageReason {
  const rows = [...flowsOf(world, host)].flatMap((flow) => [...bindingsOf(world, flow, () => false)]);
  const isAboutRows = fact.why === 'no-mapping' || fact.why === 'filtered';
  const view = (end: Rewrite['before']) => chip(cast.endpoint(end.address, end.port, host));
  return {
    kind: 'passage',
    host,
    packet: viewPacket(cast, fact.sent, host),
    headline: text`${capital(thing(fact.sent.packet))} goes no further. ${STOPPED[fact.why] ?? ''}`,
    lines: isAboutRows
      ? [
          text`The table has ${counted(rows.length, 'row')}.`,
          ...rows.map((row) => text`${view(row.inside)} is ${view(row.outside)} for ${view(row.peer)}.`),
        ]
      : [],
    rewrites: [],
  };
}
