// Two scenarios with a router: one that translates, one that only passes on. Captures and headers are tried on them.
const PLAY = `
script:
  - nginx: { serve: http, reply: hi }
  - safari: { connect: site:80, as: ● }
  - safari: { send: GET /, using: ● }
  - safari: { recv: ●, reads: hi }
  - safari: { close: ● }
`;

export const TRANSLATED = `fourtuple: 1
title: Through a router that translates
networks: { home: { delay: 1ms }, internet: { delay: 20ms } }
hosts:
  tablet: { ip: 192.168.1.9, net: home, runs: safari, ephemeral: [51004] }
  site: { ip: 198.51.100.8, net: internet, runs: nginx }
routers:
  box:
    inside: { net: home, ip: 192.168.1.1 }
    outside: { net: internet, ip: 203.0.113.5 }
    nat: { mapping: endpoint-independent, ports: [62001] }
${PLAY}`;

export const PASSED_ON = TRANSLATED.replace('that translates', 'that passes on').replace(
  /nat: .*\n/,
  'nat: off\n',
);
