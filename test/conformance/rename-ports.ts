// Which number stands for which port in a renamed scenario. Ports move together with their neighbours, by an even number,
// and never across a line that matters: 1024, the ends of the automatic range, what a scenario sets itself.
import type { Scenario } from './recording.js';

const AUTOMATIC = { low: 32768, high: 60999 };
const HIGHEST = 65535;

/** `draw(n)`: a number from 0 to n - 1. Port 0 stays: it is no port. */
export function portShift(scenario: Scenario, draw: (below: number) => number): (port: number) => number {
  const named = portsOf(scenario);
  const top = named.some((port) => port > AUTOMATIC.high) ? HIGHEST : AUTOMATIC.high;
  const classes = [
    { low: 1, high: 1023 },
    { low: 1024, high: AUTOMATIC.low - 1 },
    { low: AUTOMATIC.low, high: top },
  ].map(({ low, high }) => ({ low, high, by: shiftWithin(named, low, high, draw) }));
  return (port) => port + (classes.find(({ low, high }) => port >= low && port <= high)?.by ?? 0);
}

function shiftWithin(
  named: readonly number[],
  low: number,
  high: number,
  draw: (below: number) => number,
): number {
  const here = named.filter((port) => port >= low && port <= high);
  if (here.length === 0) return 0;
  const down = (Math.min(...here) - low) >> 1;
  const up = (high - Math.max(...here)) >> 1;
  return 2 * (draw(down + up + 1) - down);
}

/** Every port that a scenario names: in calls, options and switches. */
function portsOf({ hosts, sysctls, ops }: Scenario): number[] {
  const switches = [sysctls ?? {}, ...hosts.map((host) => host.sysctls ?? {})].flatMap((each) =>
    Object.entries(each),
  );
  const changed = ops.flatMap(({ op, key, value }): [string, string][] =>
    op === 'sysctl' ? [[key ?? '', String(value)]] : [],
  );
  return [
    ...ops.flatMap(({ port }) => (typeof port === 'number' ? [port] : [])),
    ...ops.flatMap(({ dport, to }) => [dport ?? [], to === undefined ? [] : Number(to.split(':')[1])].flat()),
    ...ops.flatMap(({ opt, value }) =>
      opt === 'local_port_range' && Array.isArray(value) ? value.map(Number) : [],
    ),
    ...[...switches, ...changed].flatMap(([key, value]) =>
      key.includes('port') ? (String(value).match(/\d+/g) ?? []).map(Number) : [],
    ),
  ];
}
