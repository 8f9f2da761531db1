// Whose rules a host follows is said in the scenario: `os` and `ephemeral.pick`, for all hosts or one.
import { expect, test } from 'vitest';
import { PROFILES } from '../../src/ports/profiles.js';
import { build } from '../../src/scenario/cast/build.js';
import { parseScenario } from '../../src/scenario/parse.js';

const source = `
fourtuple: 1
title: Four systems
os: windows
ephemeral: { range: 40000-40009, pick: hash }
hosts:
  one: 10.0.0.1
  two: { ip: 10.0.0.2, os: freebsd, ephemeral: { pick: sequential, pinned: [5000] } }
  three: { ip: 10.0.0.3, os: macos, ephemeral: [5001], knobs: { msl: 1s } }
script:
  - say: Nothing happens.
`;

test('a system brings its rules, range, policy and TIME-WAIT; what the file says itself goes before', () => {
  const { scenario, problems } = parseScenario(source);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (scenario === undefined) throw new Error('the scenario was not accepted');
  const { world } = build(scenario).simulation;
  const { hosts } = world;
  const told = [...hosts.rows].map((host) => [
    hosts.system.get(host),
    hosts.portPolicy.get(host),
    `${hosts.ephemeralLow.get(host)}-${hosts.ephemeralHigh.get(host)}`,
    hosts.privilegedBelow.get(host),
    hosts.timeWait.get(host) / 1e9,
  ]);
  expect(told).toEqual([
    ['windows', 'simple-hash', '40000-40009', 0, 120],
    ['freebsd', 'sequential', '10000-65535', 1024, 60],
    ['macos', 'simple-random', '49152-65535', 1024, 2],
  ]);
});

test('`textbook` is what the RFCs say: dynamic ports, 2 MSL of four minutes', () => {
  const { scenario } = parseScenario(source.replace('os: windows', 'os: textbook'));
  if (scenario === undefined) throw new Error('the scenario was not accepted');
  expect(PROFILES.textbook).toMatchObject({
    ephemeralLow: 49152,
    ephemeralHigh: 65535,
    timeWaitNanos: 240e9,
  });
});
