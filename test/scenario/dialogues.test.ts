// Dialogues: one line of a scenario, and a service is there with its real ports, directions and messages. What travels is
// read from the run, so a message that is told and not sent would not be seen.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem } from '../../src/scenario/text/problems.js';
import { decodeText } from '../../src/wire/bytes.js';

function play(script: string, hosts = '') {
  const { run, problems } = openRun(`fourtuple: 1
title: A dialogue
hosts:
  client: { ip: 10.0.0.7, runs: someone, ephemeral: [50001, 50002, 50003, 50004] }
  server: { ip: 10.0.0.21, runs: daemon }
${hosts}
script:
${script}
`);
  if (run === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  const sent = run.recording.steps.flatMap(({ facts }) => facts.filter((fact) => fact.kind === 'sent'));
  const names = run.recording.world.hosts.name;
  const messages = sent.flatMap(({ host, sent: { packet } }) => {
    if (packet.protocol === 'icmp' || packet.payload.length === 0) return [];
    const ports = `${packet.protocol} ${packet.sourcePort} > ${packet.destinationPort}`;
    return [`${names.get(host)} ${ports} ${decodeText(packet.payload)}`];
  });
  return { run, messages, problems: problems.map(formatProblem) };
}

/** What each service says by default: everybody here speaks over one connection. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  'ssh, to: server:22': [
    'server tcp 22 > 50001 SSH-2.0-sim_1.0',
    'client tcp 50001 > 22 SSH-2.0-simclient_1.0',
    'client tcp 50001 > 22 <encrypted session>',
  ],
  'telnet, to: server:23': [
    'server tcp 23 > 50001 login:',
    'client tcp 50001 > 23 alice',
    'server tcp 23 > 50001 Password:',
    'client tcp 50001 > 23 secret',
  ],
  'smtp, to: server:25': [
    'server tcp 25 > 50001 220 mail.example ESMTP',
    'client tcp 50001 > 25 MAIL FROM:<ana@example.org>\nRCPT TO:<ben@example.net>\nBDAT 5 LAST\nhello',
    'server tcp 25 > 50001 250 queued',
  ],
  'http, to: server:80': ['client tcp 50001 > 80 GET /', 'server tcp 80 > 50001 200 OK'],
  'pop3, to: server:110': [
    'server tcp 110 > 50001 +OK ready',
    'client tcp 50001 > 110 RETR 1',
    'server tcp 110 > 50001 +OK hello',
  ],
  'nntp, to: server:119': [
    'server tcp 119 > 50001 200 ready',
    'client tcp 50001 > 119 ARTICLE <1@example>',
    'server tcp 119 > 50001 220 1 <1@example> body',
  ],
  'imap, to: server:143': [
    'server tcp 143 > 50001 * OK ready',
    'client tcp 50001 > 143 a1 LOGIN ben secret',
    'server tcp 143 > 50001 a1 OK done',
  ],
  'irc, to: server:194': [
    'client tcp 50001 > 194 NICK ann\nUSER ann 0 * :Ann',
    'server tcp 194 > 50001 :srv 001 ann :Welcome',
  ],
  'https, to: server:443': [
    'client tcp 50001 > 443 <ClientHello>',
    'server tcp 443 > 50001 <ServerHello, certificate, Finished>',
    'client tcp 50001 > 443 <Finished, app data: GET />',
    'server tcp 443 > 50001 <app data: 200 OK>',
  ],
};

test.each(Object.entries(SPOKEN))('speak: %s', (line, wanted) => {
  const [service] = line.split(',');
  const { messages, run, problems } = play(
    `  - daemon: { serve: ${service} }\n  - someone: { speak: ${line} }`,
  );
  expect(problems).toEqual([]);
  expect(messages).toEqual(wanted);
  expect(run.total).toBeLessThanOrEqual(20);
});

test('a whole session ends with its farewell, and the server closes first', () => {
  const { messages, run, problems } = play(`  - daemon: { serve: smtp }
  - someone: { speak: smtp, to: "server:25", full: true, as: ●, reads: 221 bye }`);
  expect(problems).toEqual([]);
  expect(messages.map((message) => message.split(' ').slice(5, 7).join(' '))).toEqual([
    ...['220 mail.example', 'EHLO host.example', '250 mail.example', 'MAIL FROM:<ana@example.org>', '250 ok'],
    ...['RCPT TO:<ben@example.net>', '250 ok', 'DATA', '354 end', 'Subject: hi\n\nhello\n.', '250 queued'],
    ...['QUIT', '221 bye'],
  ]);
  const last = run.recording.steps.flatMap(({ facts }) => facts.filter((fact) => fact.kind === 'state'));
  expect(last.some(({ to }) => to === 'TIME-WAIT')).toBe(true);
  expect(
    run.recording.world.sockets.localPort.get(
      last.find(({ to }) => to === 'TIME-WAIT')?.socket ?? (0 as never),
    ),
  ).toBe(25);
});

test('every session can be spoken to its end', () => {
  for (const line of Object.keys(SPOKEN)) {
    const [service] = line.split(',');
    const { problems } = play(
      `  - daemon: { serve: ${service} }\n  - someone: { speak: ${line}, full: true }`,
    );
    expect(problems, line).toEqual([]);
  }
});

test('a mail server passes on what it took, as a client with a port that was picked for it', () => {
  const { messages, problems } = play(
    `  - daemon: { serve: smtp, relay: "far:25" }
  - postman: { serve: smtp }
  - someone: { speak: smtp, to: "server:25" }`,
    '  far: { ip: 10.0.0.99, runs: postman }',
  );
  expect(problems).toEqual([]);
  const relayed = messages.filter((message) => message.includes('MAIL FROM'));
  expect(relayed).toHaveLength(2);
  expect(relayed[1]).toMatch(/^server tcp (3[2-9]|[45]\d)\d{3} > 25 MAIL/);
  expect(messages.at(-1)).toMatch(/^far tcp 25 > \d+ 250 queued$/);
});

test('active FTP: the server calls back from port 20, to the port that the text names', () => {
  const { messages, run, problems } = play(`  - daemon: { serve: ftp, reply: hello }
  - someone: { fetch: ftp://server/readme, mode: active, reads: hello }`);
  expect(problems).toEqual([]);
  expect(messages).toEqual([
    'server tcp 21 > 50001 220 ready',
    'client tcp 50001 > 21 PORT 10,0,0,7,195,82',
    'server tcp 21 > 50001 200 PORT ok',
    'client tcp 50001 > 21 RETR readme',
    'server tcp 20 > 50002 hello',
    'server tcp 21 > 50001 226 transfer complete',
  ]);
  expect(run.total).toBeLessThanOrEqual(40);
});

test('passive FTP: nobody uses port 20', () => {
  const { messages, problems } = play(`  - daemon: { serve: ftp, passive: 40021 }
  - someone: { fetch: ftp://server/readme, reads: readme contents }`);
  expect(problems).toEqual([]);
  expect(messages).toContain('server tcp 21 > 50001 227 Entering Passive Mode (10,0,0,21,156,85)');
  expect(messages).toContain('server tcp 40021 > 50002 readme contents');
  expect(messages.filter((message) => / 20 > |> 20 /.test(message))).toEqual([]);
});

test.each([
  ['active', 'EPRT |2|2001:db8::7|50002|', 'server tcp 20 > 50002 readme contents'],
  ['passive', 'EPSV', 'server tcp 40021 > 50002 readme contents'],
])('%s FTP over IPv6 names its port as RFC 2428 does', (mode, command, data) => {
  const { messages, problems } = play(`  - client: { assign: "2001:db8::7" }
  - server: { assign: "2001:db8::21" }
  - daemon: { serve: "tcp6 [::]:21", speaks: ftp, passive: "tcp6 [::]:40021" }
  - someone: { fetch: "ftp://[2001:db8::21]/readme", mode: ${mode} }`);
  expect(problems).toEqual([]);
  expect(messages[1]).toBe(`client tcp 50001 > 21 ${command}`);
  expect(messages).toContain(data);
});

test('active FTP to somebody whose address leads nowhere ends in 425, and the dialogue in a timeout', () => {
  const script = `  - daemon: { serve: ftp }
  - client: { block: "tcp *:20 > *" }
  - server: { assign: 10.9.9.9 }
  - someone: { fetch: ftp://server/readme, mode: active, gives: timeout }`;
  const { messages, run } = play(script);
  expect(messages.at(-1)).toContain('425 cannot open data connection');
  expect(run.lines.at(-1)?.act?.outcome).toBe('timeout');
});

test('DNS: an answer too large for UDP comes cut short, and the question goes over TCP from a new port', () => {
  const zone = 'zone: { small.test: 60, big.test: 900 }';
  const { messages, problems } = play(`  - daemon: { serve: dns, ${zone} }
  - someone: { resolve: small.test, at: "server:53", reads: R small.test 60 bytes }
  - someone: { resolve: big.test, at: "server:53", reads: R big.test 900 bytes }
  - someone: { resolve: gone.test, at: "server:53", reads: NXDOMAIN gone.test }`);
  expect(problems).toEqual([]);
  expect(messages).toEqual([
    'client udp 50001 > 53 Q small.test',
    'server udp 53 > 50001 R small.test 60 bytes',
    'client udp 50002 > 53 Q big.test',
    'server udp 53 > 50002 truncated R big.test',
    'client tcp 50003 > 53 Q big.test',
    'server tcp 53 > 50003 R big.test 900 bytes',
    'client udp 50004 > 53 Q gone.test',
    'server udp 53 > 50004 NXDOMAIN gone.test',
  ]);
});

test('a question that nobody answers is asked twice; then the dialogue gives a timeout, ten seconds on', () => {
  const { messages, run } = play(`  - daemon: { bind: udp 53 }
  - someone: { resolve: small.test, at: "server:53", gives: timeout }`);
  expect(messages).toEqual(['client udp 50001 > 53 Q small.test', 'client udp 50001 > 53 Q small.test']);
  expect(run.lines.at(-1)?.act?.outcome).toBe('timeout');
  expect(run.steps.at(-1)?.at).toBe(10e9);
});

test('DHCP: everybody is asked, whoever has no address takes what it is told, and a second one gets the next', () => {
  const { messages, run, problems } = play(
    `  - daemon: { serve: dhcp, pool: 10.0.0.100-10.0.0.109 }
  - dhclient: { lease: dhcp, reads: 10.0.0.100 }
  - other: { lease: dhcp, reads: 10.0.0.101 }`,
    `  new: { ip: none, runs: dhclient }
  newer: { ip: none, runs: other }`,
  );
  expect(problems).toEqual(['4:3 unused-name `someone` never does anything']);
  expect(messages.slice(0, 4).map((message) => message.replace(/ xid=\d+/, ''))).toEqual([
    'new udp 68 > 67 DHCPDISCOVER',
    'server udp 67 > 68 DHCPOFFER 10.0.0.100',
    'new udp 68 > 67 DHCPREQUEST 10.0.0.100',
    'server udp 67 > 68 DHCPACK 10.0.0.100',
  ]);
  expect(run.steps.filter(({ plain }) => plain.includes('takes the address 10.0.0.10'))).toHaveLength(2);
});

test('NTP: a client by a picked port, a peer by 123', () => {
  const { messages, problems } = play(`  - daemon: { serve: ntp }
  - someone: { sync: "server:123", reads: mode 4 }
  - someone: { sync: "server:123", from: 123, reads: mode 2 }`);
  expect(problems).toEqual([]);
  expect(messages).toEqual([
    'client udp 50001 > 123 mode 3',
    'server udp 123 > 50001 mode 4',
    'client udp 123 > 123 mode 1',
    'server udp 123 > 123 mode 2',
  ]);
});

test('the service is what is spoken, not the port: sshd on 2222', () => {
  const { messages, problems } = play(`  - daemon: { serve: tcp 2222, speaks: ssh }
  - someone: { speak: ssh, to: "server:2222" }`);
  expect(problems).toEqual([]);
  expect(messages[0]).toBe('server tcp 2222 > 50001 SSH-2.0-sim_1.0');
});

test('http and https by URL; `closes: first` leaves TIME-WAIT with the server', () => {
  const { messages, run, problems } = play(`  - daemon: { serve: [http, https], reply: photos, closes: first }
  - someone: { fetch: http://server/album, reads: photos }
  - someone: { fetch: https://server/, keep: true, as: ● }`);
  expect(problems).toEqual([]);
  expect(messages.slice(0, 2)).toEqual(['client tcp 50001 > 80 GET /album', 'server tcp 80 > 50001 photos']);
  expect(messages).toContain('server tcp 443 > 50002 <ServerHello, certificate, Finished>');
  const { sockets } = run.recording.world;
  const waiting = [...sockets.rows].filter((socket) => sockets.state.get(socket) === 'TIME-WAIT');
  expect(waiting.map((socket) => sockets.localPort.get(socket))).toContain(80);
});
