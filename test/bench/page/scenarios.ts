// Scenarios that no lesson would be: 200 sockets over 1,000 steps, and 500 datagrams on the wire at one time.
// Written in the language, as an author would write them; the app is built with them beside its own (site.ts).
const CLIENTS = [1, 2, 3, 4, 5] as const;
const EACH = 20;
const MESSAGES = 125;
const IN_FLIGHT = 500;

const client = (name: number): string => `  c${name}: { ip: 10.0.0.${name}, runs: p${name} }`;

/** 100 connections to one port: 101 sockets at the server, 20 at each of five clients; then messages. */
function crowd(): string {
  const opened = CLIENTS.flatMap((at) =>
    Array.from({ length: EACH }, (_, n) => [
      `  - p${at}: { connect: web:80, as: k${at}x${n} }`,
      `  - nginx: { accept: door, as: k${at}x${n} }`,
    ]),
  );
  const sent = Array.from({ length: MESSAGES }, (_, turn) => {
    const at = CLIENTS[turn % CLIENTS.length] ?? 1;
    const label = `k${at}x${Math.floor(turn / CLIENTS.length) % EACH}`;
    return [`  - p${at}: { send: GET /${turn}, using: ${label} }`, `  - nginx: { recv: ${label} }`];
  });
  return `fourtuple: 1
title: Two hundred sockets
hosts:
  web: { ip: 10.0.0.80, runs: nginx }
${CLIENTS.map(client).join('\n')}
script:
  - nginx: { listen: 80, as: door, backlog: 128 }
${[...opened, ...sent].flat().join('\n')}
`;
}

/** Every 10 ms one more datagram that travels for 100 s: after the last call all are on the wire. */
function flock(): string {
  const sent = Array.from({ length: IN_FLIGHT }, (_, turn) => {
    const at = CLIENTS[turn % CLIENTS.length] ?? 1;
    return `  - p${at}: { sendto: m${turn}, to: udp sink:514, using: s${at} }\n    at: ${1000 + turn * 10}ms`;
  });
  return `fourtuple: 1
title: Five hundred in flight
networks:
  far: { delay: 100s }
hosts:
  sink: { ip: 10.0.0.80, runs: syslogd }
${CLIENTS.map(client).join('\n')}
script:
  - syslogd: { bind: udp 514 }
${CLIENTS.map((at) => `  - p${at}: { bind: udp 5000, as: s${at} }`).join('\n')}
${sent.join('\n')}
`;
}

/** By the name of their files, which is their id in links. */
export const SCENARIOS = { crowd: crowd(), flock: flock() } as const;

/** After so many steps of `crowd` all 201 sockets are there. */
export const CROWDED = 860;
/** After so many steps of `flock` all 500 datagrams are on the wire. */
export const FULL_WIRE = 506;
