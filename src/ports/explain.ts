// Why may a port be held, or not: every socket of the host with that number, and what the rules say of it beside the
// newcomer. It reads the same list that bind.ts decides by, and changes nothing.
import type { HostId, SocketId, World } from '../world/tables.js';
import { isKnownSharer } from './bind.js';
import { type Claim, claimOf } from './claim.js';
import { profileOf } from './profiles.js';
import type { SharingRule } from './sharing-rules.js';

export interface Neighbour {
  readonly socket: SocketId;
  /**
   * `other-protocol`: TCP and UDP count apart. A rule: it lets both be. `known-sharer`: no rule does, but it is not asked,
   * since the port remembers that user (`isKnownSharer`). `asked-at-bind`: no rule does, but listen() does not ask on this system.
   * `conflict`: it is in the way.
   */
  readonly relation: 'other-protocol' | SharingRule['id'] | 'known-sharer' | 'asked-at-bind' | 'conflict';
}

/** In order of creation. A claim is refused exactly when one of them is a conflict. */
export function explainBind(
  world: World,
  host: HostId,
  claim: Claim,
  self: SocketId | undefined,
): readonly Neighbour[] {
  const { sharing, listenAsksAgain } = profileOf(world, host);
  const neighbours: Neighbour[] = [];
  const otherwise = isKnownSharer(world, host, claim)
    ? 'known-sharer'
    : claim.isListening && !listenAsksAgain
      ? 'asked-at-bind'
      : 'conflict';
  for (const socket of world.sockets.rows) {
    if (socket === self || world.sockets.host.get(socket) !== host) continue;
    if (world.sockets.localPort.get(socket) !== claim.port || claim.port === 0) continue;
    const held = claimOf(world, socket);
    if (held.protocol !== claim.protocol) neighbours.push({ socket, relation: 'other-protocol' });
    else
      neighbours.push({
        socket,
        relation: sharing.find((rule) => rule.allows(held, claim))?.id ?? otherwise,
      });
  }
  return neighbours;
}
