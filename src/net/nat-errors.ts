// ICMP errors pass a NAT by the flow that they quote: outside and quoted numbers are turned alike, so that the sender of
// what went wrong recognises its own packet. RFC 5508 §4, REQ-3 to REQ-5; Linux nf_nat_icmp_reply_translation.
import { endsOf, type IcmpError, reversed, withEnds } from '../wire/packet.js';
import type { Rewrite } from '../world/facts.js';
import { findFlow, translated } from '../world/flows.js';
import { isLocalAddress } from '../world/interfaces.js';
import type { HostId, World } from '../world/tables.js';
import type { Passing } from './nat.js';
import { isNetfilter } from './nat-behaviour.js';

/** Undefined: it quotes no flow, and would leave by a NAT that lets nothing else through. */
export function errorPasses(
  world: World,
  host: HostId,
  error: IcmpError,
  device: string | undefined,
): Passing | undefined {
  const plain: Passing = { before: error, packet: error, rewrites: [] };
  const ends = reversed(endsOf(error.quoted));
  const found = findFlow(world, host, error.quoted.protocol, ends);
  if (found === undefined) {
    const isForItself = device === undefined || isLocalAddress(world, host, error.destination);
    return isForItself || isNetfilter(world, host) ? plain : undefined;
  }
  const becomes = translated(world, found);
  const isNew = (side: Rewrite['side']) => becomes[side].address !== ends[side].address;
  const source = isNew('source') ? becomes.source.address : error.source;
  const destination = isNew('destination') ? becomes.destination.address : error.destination;
  const quoted = withEnds(error.quoted, reversed(becomes));
  const rewrites = (['destination', 'source'] as const).flatMap((side): Rewrite[] => {
    const after = side === 'source' ? source : destination;
    if (after === error[side]) return [];
    return [
      { side, before: { address: error[side], port: 0 }, after: { address: after, port: 0 }, by: 'known' },
    ];
  });
  return { before: error, packet: { ...error, source, destination, quoted }, rewrites };
}
