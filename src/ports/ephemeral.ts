// Which port do I get? A number picked by the system: for connect(), bind(0), listen() and sendto() without a port.
// First the ports that the scenario pins, in its order; then by the host's policy: policies.ts.
// What "free" means is the caller's question (`isSuitable`): for bind it is bind.ts, for connect a new four-tuple.
import { below } from '../base/random.js';
import { isHeld, nextUnheld } from '../world/held-ports.js';
import { addToCounter, counterOf, SHARED_COUNTERS } from '../world/port-counters.js';
import { HeldDice } from '../world/random.js';
import { reservedPorts } from '../world/sysctls.js';
import type { HostId, SocketId, World } from '../world/tables.js';
import type { Purpose } from './choice.js';
import { type Destination, hashDestination } from './destination-hash.js';
import { POLICIES } from './policies.js';
import { firstSuitable } from './port-walk.js';

export interface Wish {
  readonly purpose: Purpose;
  /** TCP bind(0) with SO_REUSEADDR uses up the lower half of the range first (Linux). */
  readonly lowerHalfFirst?: boolean;
  /** connect(): what policies that tell destinations apart go by. */
  readonly peer?: Destination;
  readonly isSuitable: (port: number) => boolean;
}

const NOWHERE: Destination = { localAddress: '', remoteAddress: '', remotePort: 0 };

/**
 * A suitable port of the socket's automatic range; undefined when there is none (TCP connect tells EADDRNOTAVAIL, bind
 * EADDRINUSE, UDP connect and sendto EAGAIN). Writes: the seeded generator, what the policy keeps (counters, a secret),
 * and a pinned port that it hands out.
 */
export function pickPort(world: World, host: HostId, socket: SocketId, wish: Wish): number | undefined {
  const isReserved = reservedPorts(world, host);
  const isSuitable = isReserved
    ? (port: number) => !isReserved(port) && wish.isSuitable(port)
    : wish.isSuitable;
  const pinned = takePinned(world, host, isSuitable);
  if (pinned !== undefined) return pinned;
  const { low, high } = rangeOf(world, host, socket);
  if (low > high) return undefined;
  const protocol = world.sockets.protocol.get(socket);
  const walker = {
    isSuitable,
    nextUnheld: (port: number, last: number, step: 1 | 2) =>
      nextUnheld(world, host, protocol, port, last, step),
  };
  const dice = new HeldDice(world);
  const port = POLICIES[world.hosts.portPolicy.get(host)]({
    purpose: wish.purpose,
    lowerHalfFirst: wish.lowerHalfFirst ?? false,
    low,
    size: high - low + 1,
    isSuitable,
    isHeld: (port) => isHeld(world, host, protocol, port),
    firstSuitable: (...lanes) => firstSuitable(walker, lanes),
    random: (limit) => below(dice, limit),
    hash: (which) => {
      dice.putBack(); // the first hash of a host throws for its secret
      return hashDestination(world, host, which, wish.peer ?? NOWHERE);
    },
    counter: (number) => counterOf(world, host, number),
    advance: (number, by) => addToCounter(world, host, number, by),
    sharedCounters: SHARED_COUNTERS,
  });
  dice.putBack();
  return port;
}

/** The host's range, narrowed by IP_LOCAL_PORT_RANGE where its bounds lie inside. */
function rangeOf(world: World, host: HostId, socket: SocketId): { low: number; high: number } {
  const low = world.hosts.ephemeralLow.get(host);
  const high = world.hosts.ephemeralHigh.get(host);
  const row = world.sockets.options.get(socket);
  if (!row) return { low, high };
  const within = (port: number) => port >= low && port <= high;
  const ownLow = world.options.portLow.get(row);
  const ownHigh = world.options.portHigh.get(row);
  return { low: within(ownLow) ? ownLow : low, high: within(ownHigh) ? ownHigh : high };
}

function takePinned(world: World, host: HostId, isSuitable: (port: number) => boolean): number | undefined {
  const next = world.hosts.firstPinned.get(host);
  if (!next) return undefined;
  const port = world.pinned.port.get(next);
  if (!isSuitable(port)) return undefined;
  world.pinnedPorts.shift(host);
  world.pinned.rows.remove(next);
  return port;
}
