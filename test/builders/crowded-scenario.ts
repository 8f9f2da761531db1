// Scenarios as crowded as the screen must bear, as text: 2 to 6 hosts, up to 60 sockets on the one that serves, up to 12
// programs, names of up to 40 letters, IPv4, IPv6 in its full length or both, a router or none, conversations in every state.
// It says what happens; what becomes of it is read from the run.
import fc from 'fast-check';

const FAMILIES = ['4', '6', 'dual'] as const;

export const crowdedShapes = fc.record({
  hosts: fc.integer({ min: 2, max: 6 }),
  hasRouter: fc.boolean(),
  programs: fc.integer({ min: 1, max: 12 }),
  /** Conversations, and letters beside: together up to 60 sockets on one host. */
  calls: fc.integer({ min: 0, max: 30 }),
  letters: fc.integer({ min: 0, max: 6 }),
  letterCount: fc.constantFrom(1, 3, 8, 20, 40),
  family: fc.constantFrom(...FAMILIES),
  /** The peers call at one instant, so that many segments fly at once. */
  isAtOnce: fc.boolean(),
  closes: fc.constantFrom('none', 'callers', 'server', 'both'),
  knocks: fc.integer({ min: 0, max: 3 }),
  isHighPort: fc.boolean(),
});
export type CrowdedShape = typeof crowdedShapes extends fc.Arbitrary<infer Shape> ? Shape : never;

const LETTERS = 'mwanderlustigefrohbotschaftxyzqkpjvwm';

/** A name of so many letters, another for each number. */
function nameOf(role: string, index: number, letters: number): string {
  const tail = `${role}${index}`;
  const head = [...Array(Math.max(0, letters - tail.length)).keys()].map(
    (at) => LETTERS[(index * 7 + at * (index % 5 || 1)) % LETTERS.length],
  );
  return `${head.join('')}${tail}`;
}

interface Member {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly net: string;
  readonly programs: readonly string[];
}

function addressesOf(shape: CrowdedShape, index: number, isInside: boolean): string[] {
  const four = isInside ? `192.168.100.1${index}0` : `198.51.100.1${index}0`;
  const six = `2001:db8:aaaa:bbbb:cccc:dddd:eeee:ff0${index}`;
  if (shape.family === '4' || shape.hasRouter) return [four];
  return shape.family === '6' ? [six] : [four, six];
}

function membersOf(shape: CrowdedShape): readonly Member[] {
  const server = shape.hosts - 1;
  return [...Array(shape.hosts).keys()].map((index): Member => {
    const isInside = shape.hasRouter && index < server && index % 2 === 0;
    const count = index === server ? shape.programs : 1 + (index % 3);
    return {
      name: nameOf('h', index, shape.letterCount),
      addresses: addressesOf(shape, index, isInside),
      net: isInside ? 'home' : 'outside',
      programs: [...Array(count).keys()].map((each) => nameOf(`h${index}p`, each, shape.letterCount)),
    };
  });
}

const quoted = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('');

/** The text of a scenario of this shape. */
export function crowdedScenario(shape: CrowdedShape): string {
  const members = membersOf(shape);
  const server = members.at(-1);
  if (server === undefined) throw new Error('a scenario has hosts');
  const callers = members.slice(0, -1);
  const base = shape.isHighPort ? 50_001 : 80;
  const to = (port: number): string =>
    shape.family === '6' && !shape.hasRouter
      ? `"[${server.addresses[0]}]:${port}"`
      : `"${server.addresses[0]}:${port}"`;
  const hosts = members.map(
    ({ name, addresses, net, programs }) =>
      `${name}: { ip: [${addresses.map((each) => `"${each}"`).join(', ')}]${
        shape.hasRouter ? `, net: ${net}` : ''
      }, runs: [${programs.join(', ')}] }`,
  );
  const caller = (index: number): string => {
    const { programs } = callers[index % callers.length] ?? server;
    return programs[Math.floor(index / callers.length) % programs.length] ?? '';
  };
  const door = (index: number): number => base + (index % server.programs.length);
  // One program has most of the doors' conversations, as in life.
  const busy = (index: number): number => (index % 3 === 2 ? door(index) : base);
  const calls = [...Array(shape.calls).keys()];
  const call = (index: number): string =>
    `${caller(index)}: { connect: ${to(busy(index))}, as: c${index}, gives: any }`;
  const script = [
    ...server.programs.map((program, index) => `- ${program}: { listen: ${door(index)} }`),
    ...server.programs.slice(0, 4).map((program, index) => `- ${program}: { bind: udp ${base + index} }`),
    ...(shape.isAtOnce && shape.calls > 1
      ? [`- together: [${calls.map((index) => `{ ${call(index)} }`).join(', ')}]`]
      : calls.map((index) => `- ${call(index)}`)),
    ...calls.slice(0, 10).flatMap((index) => {
      const program = server.programs[(busy(index) - base) % server.programs.length];
      return [`- ${program}: { accept: ${busy(index)}, gives: any }`];
    }),
    ...[...Array(shape.letters).keys()].map(
      (index) =>
        `- ${caller(index)}: { sendto: a letter that is long enough to need an ellipsis, to: ${to(base + (index % 4)).replace('"', '"udp ')}, gives: any }`,
    ),
    ...[...Array(shape.knocks).keys()].map(
      (index) => `- ${caller(index)}: { connect: ${to(60_000 + index)}, gives: any }`,
    ),
    ...calls
      .slice(0, 8)
      .flatMap((index) => [
        `- ${caller(index)}: { send: GET /, using: c${index}, gives: any }`,
        ...(shape.closes === 'callers' || shape.closes === 'both'
          ? [`- ${caller(index)}: { close: c${index}, gives: any }`]
          : []),
      ]),
    ...(shape.closes === 'server' || shape.closes === 'both' ? [`- ${server.programs[0]}: { exit: 0 }`] : []),
  ];
  const router = `routers:
  ${nameOf('r', 0, shape.letterCount)}:
    inside: { net: home, ip: 192.168.100.1 }
    outside: { net: outside, ip: 203.0.113.115 }
    nat: home
`;
  return `fourtuple: 1
title: Crowded
${shape.hasRouter ? 'networks: { home: {}, outside: {} }\n' : ''}hosts:
${quoted(hosts)}${shape.hasRouter ? router : ''}script:
${quoted(script)}`;
}
