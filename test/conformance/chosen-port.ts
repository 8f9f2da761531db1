// Would the kernel choose this port? The ranges are those of the moment when the port is seen first.
import { type Cast, hostNamed } from './build-hosts.js';
import type { Label } from './labels.js';
import type { ChosenPort, Recording } from './recording.js';

/** What speaks against it; undefined if nothing does. `socket`: the op's. */
export function objection(
  { simulation: { world }, hosts }: Cast,
  chosen: ChosenPort,
  port: number,
  socket: Label | undefined,
): string | undefined {
  const host = hostNamed(hosts, chosen.host);
  let low = world.hosts.ephemeralLow.get(host);
  let high = world.hosts.ephemeralHigh.get(host);
  if (socket?.range !== undefined) {
    const { range } = socket;
    const within = (bound: number) => bound >= low && bound <= high;
    [low, high] = [within(range.low) ? range.low : low, within(range.high) ? range.high : high];
  }
  const isInside = port >= low && port <= high;
  if (isInside !== (chosen.in_range ?? true)) return `${isInside ? '' : 'not '}in the range ${low}-${high}`;
  const parity = (port - low) % 2 === 0 ? 'low' : 'other';
  if (chosen.parity !== undefined && chosen.parity !== parity)
    return `of the ${parity} parity, not ${chosen.parity}`;
  return undefined;
}

/** As narrow as this, ranges give two sockets the same number now and then. */
const NARROW = 64;

/**
 * Do equal draws of the kernel show in the recording? In a narrow range it may have happened on to a port that was known
 * already; which draw the simulator makes is no more its doing than the kernel's.
 */
export function isChancy({ scenario: { hosts, sysctls, ops }, result: { eph = [] } }: Recording): boolean {
  const ranges = [
    ...[sysctls, ...hosts.map((host) => host.sysctls)].map((each) => each?.['net.ipv4.ip_local_port_range']),
    ...ops.flatMap(({ opt, key, value }) =>
      opt === 'local_port_range' || key === 'net.ipv4.ip_local_port_range' ? [[value].flat().join(' ')] : [],
    ),
  ];
  const isNarrow = ranges.some((range) => {
    const [low = 0, high = 0] = String(range ?? '')
      .split(/\s+/)
      .map(Number);
    return high > low && high - low < NARROW;
  });
  return isNarrow && eph.some(({ again }) => again);
}
