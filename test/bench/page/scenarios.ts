// Scenarios that no lesson would be: 200 sockets over 1,000 steps, and 500 datagrams on the wire at one time.
// Written in the language, as an author would write them; the app is built with them beside its own (site.ts).
const CLIENTS = [1, 2, 3, 4, 5] as const;
const SERVERS = [1, 2, 3] as const;
const CALLERS = [1, 2, 3] as const;
const EACH = 11;
const MESSAGES = 125;
const IN_FLIGHT = 500;

const client = (name: number): string => `  c${name}: { ip: 10.0.0.${name}, runs: p${name} }`;
const server = (name: number): string => `  s${name}: { ip: 10.0.0.8${name}, runs: d${name} }`;

/** Six hosts with 33 or 34 sockets each, as many hosts as a picture has and almost as many sockets as a host should have: 99 connections, then messages. */
function crowd(): string {
  const connections = CALLERS.flatMap((from) =>
    SERVERS.flatMap((to) =>
      Array.from({ length: EACH }, (_, n) => ({ from, to, label: `k${from}x${to}x${n}` })),
    ),
  );
  const opened = connections.flatMap(({ from, to, label }) => [
    `  - p${from}: { connect: s${to}:80, as: ${label} }`,
    `  - d${to}: { accept: door${to}, as: ${label} }`,
  ]);
  const sent = Array.from(
    { length: MESSAGES },
    (_, turn) => connections[(turn * 7) % connections.length],
  ).flatMap((each, turn) =>
    each === undefined
      ? []
      : [
          `  - p${each.from}: { send: GET /${turn}, using: ${each.label} }`,
          `  - d${each.to}: { recv: ${each.label} }`,
        ],
  );
  return `fourtuple: 1
title: Two hundred sockets
hosts:
${SERVERS.map(server).join('\n')}
${CALLERS.map(client).join('\n')}
script:
${SERVERS.map((at) => `  - d${at}: { listen: 80, as: door${at}, backlog: 64 }`).join('\n')}
${[...opened, ...sent].join('\n')}
`;
}

/** All sent at one instant, one second on the way: after the last call all are on the wire. */
function flock(): string {
  const sent = Array.from({ length: IN_FLIGHT }, (_, turn) => {
    const at = CLIENTS[turn % CLIENTS.length] ?? 1;
    return `      - p${at}: { sendto: m${turn}, to: udp sink:514, using: s${at} }`;
  });
  return `fourtuple: 1
title: Five hundred in flight
networks:
  far: { delay: 1s }
hosts:
  sink: { ip: 10.0.0.80, runs: syslogd }
${CLIENTS.map(client).join('\n')}
script:
  - syslogd: { bind: udp 514 }
${CLIENTS.map((at) => `  - p${at}: { bind: udp 5000, as: s${at} }`).join('\n')}
  - together:
${sent.join('\n')}
`;
}

/** By the name of their files, which is their id in links. */
export const SCENARIOS = { crowd: crowd(), flock: flock() } as const;

/** After so many steps of `crowd` all 201 sockets are there. */
export const CROWDED = 860;
/** After so many steps of `flock` all 500 datagrams are on the wire. */
export const FULL_WIRE = 506;
