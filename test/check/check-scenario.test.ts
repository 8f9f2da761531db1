// Grading: facts, quantifiers, stretches, calls and points, each on one small run; what holds and what does not stand side
// by side, so that a judge that always says yes, or always no, is seen.
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';

const HEAD = `fourtuple: 1
title: Two calls
hosts:
  laptop: { ip: 10.0.0.7, runs: [firefox, mail], ephemeral: [51004, 51005] }
  tablet: { ip: 10.0.0.9, runs: curl }
  web: { ip: 10.0.0.80, runs: [nginx, sshd], block: tcp * > *:8082 }
`;
const SCRIPT = `script:
  - nginx: { serve: http, reply: 200 OK }
    id: open
  - firefox: { connect: web:80, as: ● }
    id: first
  - mail: { connect: web:80, as: ▲ }
    id: second
  - firefox: { send: GET /, using: ● }
    id: get
  - firefox: { recv: ●, reads: 200 OK }
  - curl: { connect: web:81, gives: ECONNREFUSED }
  - curl: { connect: web:8082, gives: pending }
  - firefox: { close: ● }
    at: 2s
    id: close
  - sshd: { serve: ssh }
`;

function check(expectations: string, script = SCRIPT) {
  return checkScenario(`${HEAD}${script}expect:\n${expectations}`, { id: 'two-calls' });
}

/** Whether the one expectation holds. */
function holds(expectation: string): boolean {
  const { verdicts, problems } = check(`  - ${expectation}\n`);
  expect(problems).toEqual([]);
  const verdict = verdicts.find(({ about }) => about === 'run');
  return verdict?.passed === true;
}

/** Each pair: what holds, and a near relative that does not. */
const PAIRS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'an event is counted over the whole run': [
    ['{ delivered: SYN, to: nginx }', '{ delivered: SYN, to: sshd }'],
    ['{ delivered: SYN, to: nginx, times: 2 }', '{ delivered: SYN, to: nginx, times: 3 }'],
    ['{ delivered: SYN, times: 1-2 }', '{ delivered: SYN, times: 3+ }'],
    ['{ delivered: GET /, to: ●@nginx, by: exact }', '{ delivered: GET /, to: ▲@nginx, by: exact }'],
    ['{ delivered: GET /, by: exact }', '{ delivered: GET /, by: listener }'],
    ['{ delivered: SYN, to: "tcp web:80" }', '{ delivered: SYN, to: "tcp tablet:80" }'],
    ['{ packet: tcp laptop:51004 > web:80 SYN }', '{ packet: tcp laptop:51006 > web:80 SYN }'],
    [
      '{ packet: tcp laptop:* > web:80 DATA, with: GET / }',
      '{ packet: tcp laptop:* > web:80 DATA, with: PUT / }',
    ],
    ['{ packet: tcp web:81 > tablet:* RST }', '{ packet: tcp web:81 > laptop:* RST }'],
    [
      '{ dropped: tcp tablet:* > web:8082 SYN, why: firewall }',
      '{ dropped: tcp tablet:* > web:8082, why: unwilling }',
    ],
    ['{ error: ECONNREFUSED, to: curl, times: 1 }', '{ error: ECONNREFUSED, to: firefox }'],
  ],
  'the sender is the process that has the socket, not everybody on its host': [
    ['{ delivered: GET /, from: firefox }', '{ delivered: GET /, from: mail }'],
    ['{ delivered: GET /, from: laptop }', '{ delivered: GET /, from: tablet }'],
    ['{ delivered: GET /, from: ● }', '{ delivered: GET /, from: ▲ }'],
    ['{ delivered: GET /, from: "tcp laptop:51004" }', '{ delivered: GET /, from: "tcp laptop:51005" }'],
    ['{ delivered: GET /, from: laptop:51004 }', '{ delivered: GET /, from: tablet:51004 }'],
  ],
  'a packet may be asked for where it was seen': [
    [
      '{ packet: tcp laptop:51004 > web:80 SYN, where: web, times: 1 }',
      '{ packet: tcp laptop:51004 > web:80 SYN, where: tablet }',
    ],
    [
      '{ packet: tcp tablet:* > web:8082 SYN, where: tablet }',
      '{ packet: tcp tablet:* > web:8082 SYN, where: laptop }',
    ],
    [
      '{ dropped: tcp tablet:* > web:8082, where: web }',
      '{ dropped: tcp tablet:* > web:8082, where: laptop }',
    ],
  ],
  'a state is read at the end': [
    ['{ row: tcp LISTEN *:80 *:* nginx, in: web }', '{ row: tcp LISTEN 10.0.0.80:80 *:* nginx, in: web }'],
    ['{ row: tcp LISTEN *:80 *:* nginx }', '{ row: tcp LISTEN *:80 *:* sshd }'],
    ['{ state: ESTABLISHED, of: ▲ }', '{ state: TIME-WAIT, of: ▲ }'],
    ['{ port: 80, of: ▲@nginx }', '{ port: 81, of: ▲@nginx }'],
    ['{ port: 51000-51009, of: ▲ }', '{ port: 52000-52009, of: ▲ }'],
    ['{ same: [port(▲@nginx), 80] }', '{ same: [port(▲@nginx), 81] }'],
    ['{ different: [peer(▲@nginx), "web:80"] }', '{ different: [port(▲@nginx), 80] }'],
    [
      '{ sockets: 1, in: web, of: tcp 80, holding: LISTEN }',
      '{ sockets: 2, in: web, of: tcp 80, holding: LISTEN }',
    ],
    ['{ sockets: 1+, of: tcp web:80 }', '{ sockets: 1+, of: tcp tablet:80 }'],
  ],
  'a label stands for its socket': [['{ different: [▲, ▲@nginx] }', '{ same: [▲, ▲@nginx] }']],
  'never, always, eventually': [
    ['never: { delivered: GET /, to: sshd }', 'never: { delivered: GET /, to: nginx }'],
    ['never: { row: tcp TIME-WAIT * *, in: tablet }', 'never: { row: tcp SYN-SENT * *, in: tablet }'],
    ['always: { row: tcp LISTEN *:80 *:* nginx }', 'always: { state: ESTABLISHED, of: ▲ }'],
    [
      'eventually: { row: tcp SYN-SENT * *, in: tablet }',
      'eventually: { row: tcp TIME-WAIT * *, in: tablet }',
    ],
    ['eventually: { delivered: GET / }', 'eventually: { delivered: PUT / }'],
  ],
  'order takes the first time that is later than the one before': [
    [
      'order: [{ delivered: SYN }, { delivered: GET / }, { error: ECONNREFUSED }]',
      'order: [{ delivered: GET / }, { delivered: SYN }]',
    ],
    [
      'order: [{ packet: tcp laptop:51004 > web:80 SYN }, { state: ESTABLISHED, of: ● }, { state: ESTABLISHED, of: ▲ }]',
      'order: [{ state: ESTABLISHED, of: ▲ }, { state: ESTABLISHED, of: ● }]',
    ],
    [
      'order: [{ delivered: SYN, times: 2 }, { delivered: GET / }]',
      'order: [{ delivered: SYN, times: 3 }, { delivered: GET / }]',
    ],
  ],
  'at, before and after cut a stretch out of the run': [
    ['{ delivered: SYN, at: second, times: 1 }', '{ delivered: SYN, at: get }'],
    ['{ delivered: SYN, before: second, times: 1 }', '{ delivered: SYN, before: first }'],
    ['{ delivered: SYN, after: first, times: 1 }', '{ delivered: SYN, after: second }'],
    ['{ state: ESTABLISHED, of: ●, at: first }', '{ state: ESTABLISHED, of: ●, at: open }'],
    ['{ state: ESTABLISHED, of: ●, before: close }', '{ state: ESTABLISHED, of: ●, after: close }'],
    ['{ state: ESTABLISHED, of: ●, at: 1s }', '{ state: ESTABLISHED, of: ●, at: end }'],
    [
      '{ packet: tcp laptop:51004 > web:80 SYN, at: 0s }',
      '{ packet: tcp laptop:51004 > web:80 SYN, at: 2s }',
    ],
    [
      '{ delivered: SYN, after: open, before: second, times: 1 }',
      '{ delivered: GET /, after: open, before: second }',
    ],
    ['{ never: { delivered: SYN }, after: second }', '{ never: { delivered: SYN }, after: first }'],
    [
      '{ always: { state: ESTABLISHED, of: ▲ }, at: get }',
      '{ always: { state: ESTABLISHED, of: ▲ }, at: second }',
    ],
  ],
};

for (const [name, pairs] of Object.entries(PAIRS))
  describe(name, () => {
    it.each(pairs)('%s, and not %s', (yes, no) => {
      expect(holds(yes)).toBe(true);
      expect(holds(no)).toBe(false);
    });
  });

describe('an expectation on a line', () => {
  const line = (words: string) =>
    SCRIPT.replace('    id: second\n', `    id: second\n    expect: ${words}\n`);

  it('is judged over the steps of that line alone', () => {
    expect(check('  - { delivered: SYN }\n', line('{ delivered: SYN, times: 1 }')).exitCode).toBe(0);
    const report = check('  - { delivered: SYN }\n', line('[{ delivered: SYN }, { delivered: GET / }]'));
    const failed = report.verdicts.filter(({ passed }) => !passed);
    expect(failed).toMatchObject([{ about: 'line', line: 14, column: 34, path: ['script', 2, 'expect', 1] }]);
  });

  it('is judged in every round of a repeat, and over all of them on the repeat itself', () => {
    const script = `script:
  - nginx: { serve: http }
  - repeat: 2
    expect: { delivered: SYN, times: 2 }
    steps:
      - mail: { connect: web:80, as: c$n }
        expect: { delivered: SYN, times: 1 }
`;
    const report = check('  - { delivered: SYN, times: 2 }\n', script);
    expect(report.exitCode).toBe(0);
    expect(report.verdicts.filter(({ about }) => about === 'line')).toHaveLength(3);
  });

  it('holds at the place where it stands if its line has no step', () => {
    const script = `script:
  - nginx: { listen: 80 }
  - say: Look.
    expect: [{ always: { row: "tcp LISTEN *:80 *:* nginx" } }, { never: { row: "tcp LISTEN *:80 *:* nginx" } }]
`;
    const report = check('  - { sockets: 1, in: web }\n', script);
    expect(report.verdicts.filter(({ about }) => about === 'line').map(({ passed }) => passed)).toEqual([
      true,
      false,
    ]);
  });
});

describe('what a call gives', () => {
  it('fails at `gives`, earns nothing, and says what it gave and in which step', () => {
    const report = check(
      '  - { delivered: SYN }\n',
      SCRIPT.replace('gives: ECONNREFUSED', 'gives: ETIMEDOUT'),
    );
    expect(report).toMatchObject({ exitCode: 1, earned: 1, total: 1 });
    expect(report.verdicts.filter(({ passed }) => !passed)).toMatchObject([
      {
        about: 'call',
        line: 17,
        column: 37,
        points: 0,
        failure: { expected: 'curl connect web:81 gives ETIMEDOUT', got: 'ECONNREFUSED' },
      },
    ]);
  });

  it('may be one of several, or any', () => {
    for (const gives of ['[ETIMEDOUT, ECONNREFUSED]', 'any'])
      expect(
        check('  - { delivered: SYN }\n', SCRIPT.replace('gives: ECONNREFUSED', `gives: ${gives}`)).exitCode,
      ).toBe(0);
  });

  it('fails at `reads` if another text comes back', () => {
    const report = check('  - { delivered: SYN }\n', SCRIPT.replace('reads: 200 OK', 'reads: 500 no'));
    expect(report.verdicts.filter(({ passed }) => !passed)).toMatchObject([
      { about: 'call', line: 16, column: 32, failure: { expected: '“500 no”', got: '“200 OK”' } },
    ]);
  });

  it('is a problem of the file if nobody expected it to fail', () => {
    const report = check('  - { delivered: SYN }\n', SCRIPT.replace(', gives: ECONNREFUSED', ''));
    expect(report).toMatchObject({
      exitCode: 2,
      verdicts: [],
      problems: [{ code: 'nobody-listens', line: 17 }],
    });
  });
});

describe('a failure', () => {
  it('shows what was expected beside what happened, the miss with the fewest differences, and a link to its step', () => {
    const { verdicts } = check(
      '  - { delivered: GET /, to: ▲@nginx, by: exact, times: 1, else: Look at the port. }\n',
    );
    const { failure } = verdicts.find(({ passed }) => !passed) ?? {};
    expect(failure).toEqual({
      expected: 'GET / → ▲@nginx by exact, once',
      got: 'nothing like it',
      nearest:
        'step 13: tcp laptop:51004 > web:80 DATA “GET /” → ●@nginx by exact; receiver is ●@nginx, not ▲@nginx',
      step: 13,
      feedback: 'Look at the port.',
      link: 'http://127.0.0.1:5173/#/s/two-calls?t=13',
    });
  });

  it('names every field of the nearest miss that differs', () => {
    const nearest = (expectation: string) =>
      check(`  - ${expectation}\n`).verdicts.find(({ passed }) => !passed)?.failure?.nearest;
    expect(nearest('{ packet: tcp laptop:51004 > web:22 SYN }')).toBe(
      'step 2: tcp laptop:51004 > web:80 SYN; destination port is 80, not 22',
    );
    expect(nearest('{ packet: udp laptop:51004 > web:80 }')).toBe(
      'step 2: tcp laptop:51004 > web:80 SYN; protocol is tcp, not udp',
    );
    expect(nearest('{ error: ECONNREFUSED, to: mail }')).toMatch(/receiver is curl, not mail$/);
    expect(nearest('{ row: tcp LISTEN *:81 *:* nginx }')).toBe(
      'tcp LISTEN *:80 *:* nginx; local is not *:81',
    );
    expect(nearest('{ dropped: tcp tablet:* > web:8082 SYN, why: unwilling }')).toMatch(
      /is dropped: firewall; reason is firewall, not unwilling$/,
    );
  });

  it('tells where a packet that was never delivered was refused', () => {
    const script = `script:
  - nginx: { serve: http }
  - curl: { connect: web:81, gives: ECONNREFUSED }
`;
    const { verdicts } = check('  - { delivered: SYN, to: nginx }\n', script);
    const failure = verdicts.find(({ passed }) => !passed)?.failure;
    expect(failure?.nearest).toMatch(/^step 3: tcp tablet:\d+ > web:81 SYN is refused: RST$/);
  });

  it('says when what was asked of a stretch happened instead', () => {
    const failureOf = (expectation: string) =>
      check(`  - ${expectation}\n`).verdicts.find(({ passed }) => !passed)?.failure;
    expect(failureOf('{ delivered: GET /, before: get }')?.nearest).toMatch(
      /^step 13: .*; but that is later$/,
    );
    expect(failureOf('{ state: ESTABLISHED, of: ●, at: end }')).toMatchObject({
      nearest: 'it holds after step 4',
    });
  });

  it('has no link without an id', () => {
    const { verdicts } = checkScenario(`${HEAD}${SCRIPT}expect:\n  - { delivered: PUT / }\n`);
    expect(verdicts.find(({ passed }) => !passed)?.failure?.link).toBeUndefined();
  });
});

describe('points', () => {
  it('are one each unless said, and add up', () => {
    const report = check(
      '  - { delivered: GET /, points: 3 }\n  - { delivered: PUT /, points: 2 }\n  - { delivered: SYN }\n',
    );
    expect(report).toMatchObject({ exitCode: 1, earned: 4, total: 6 });
  });
});

describe('a socket by an end of its conversation', () => {
  it.each([
    ['{ state: ESTABLISHED, of: peer(▲), at: end }', true],
    ['{ state: LISTEN, of: peer(▲), at: end }', false],
    ['{ state: CLOSED, of: peer(▲), at: open }', true],
    ['{ state: LISTEN, of: "web:80", at: end }', true],
    ['{ state: LISTEN, of: "web:81", at: end }', false],
    ['{ state: ESTABLISHED, of: local(▲), at: end }', true],
    ['{ port: ephemeral, of: local(▲), at: end }', true],
    ['{ port: ephemeral, of: peer(▲), at: end }', false],
    ['{ port: 80, of: peer(▲), at: end }', true],
    ['{ sockets: 1, of: peer(▲), holding: ESTABLISHED, at: end }', true],
    ['{ sockets: 1, of: peer(▲), holding: LISTEN, at: end }', false],
    ['{ sockets: 1, of: "web:80", holding: LISTEN, at: end }', true],
  ])('%s holds: %s', (expectation, expected) => {
    expect(holds(expectation)).toBe(expected);
  });

  it('is for UDP the one that hears what is sent there, connected or not', () => {
    const udp = (state: string) =>
      checkScenario(`${HEAD}script:
  - nginx: { bind: udp 53 }
  - curl: { connect: udp web:53, as: q }
expect:
  - { state: ${state}, of: peer(q) }
`).exitCode;
    expect([udp('UNCONNECTED'), udp('CONNECTED')]).toEqual([0, 1]);
  });
});

describe('a member of a group', () => {
  const shared = (share: boolean, fact: string, os = 'linux') =>
    checkScenario(`fourtuple: 1
title: Sharing
hosts:
  laptop: { ip: 10.0.0.7, runs: [curl] }
  web: { ip: 10.0.0.80, os: ${os}, runs: [w1, w2] }
script:
  - w1: { listen: 80, reuseport: true }
  - w2: { listen: ${share ? 80 : 81}, reuseport: true }
  - curl: { connect: web:80, as: ● }
  - curl: { send: GET /, using: ● }
expect:
  - ${fact}
`);

  it.each([
    [true, '{ delivered: SYN, by: group, times: 1 }', 0],
    [true, '{ delivered: SYN, by: listener, times: 1 }', 0],
    [true, 'never: { delivered: GET /, by: group }', 0],
    [true, '{ delivered: GET /, by: group }', 1],
    [false, '{ delivered: SYN, by: group }', 1],
  ])('shared %s, %s: exit code %i', (share, fact, exitCode) => {
    const report = shared(share, fact);
    expect(report.exitCode, JSON.stringify(report.problems)).toBe(exitCode);
  });

  it('is also the newest, where sharing does not balance', () => {
    expect(shared(true, '{ delivered: SYN, to: w2, by: group }', 'freebsd').exitCode).toBe(0);
  });
});

it('knows no reason that nothing gives', () => {
  const { exitCode, problems } = check('  - { dropped: tcp * > *, why: buffer }\n');
  expect(exitCode).toBe(2);
  expect(problems).toMatchObject([{ code: 'unknown-value', line: 24, column: 32 }]);
});

it('gives the same report for the same text', () => {
  const once = check('  - { delivered: PUT / }\n  - { sockets: 9, in: web }\n');
  expect(check('  - { delivered: PUT / }\n  - { sockets: 9, in: web }\n')).toEqual(once);
});

describe('a loss on the way', () => {
  const source = (expectation: string) => `fourtuple: 1
title: Everything is lost
networks:
  lan: { loss: 100% }
hosts:
  laptop: { ip: 10.0.0.7, runs: mail, net: lan }
  web: { ip: 10.0.0.80, runs: dns, net: lan }
script:
  - dns: { bind: udp 53 }
  - mail: { sendto: who, to: udp web:53 }
expect:
  - ${expectation}
`;

  it.each([
    ['{ dropped: udp laptop:* > web:53, why: loss }', 0],
    ['{ dropped: udp laptop:* > web:53, why: firewall }', 1],
    ['{ dropped: udp laptop:* > web:53, why: backlog }', 1],
  ])('%s ends with %i', (expectation, exitCode) => {
    const report = checkScenario(source(expectation));
    expect(report.exitCode, JSON.stringify(report.problems)).toBe(exitCode);
  });
});

describe('a listener that has no room', () => {
  it('drops a SYN because of its backlog, and what it does not want for another reason', () => {
    const source = (why: string) => `fourtuple: 1
title: No room
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: 80, backlog: 0 }
  - firefox: { connect: web:80 }
  - firefox: { connect: web:80, gives: pending }
expect:
  - { dropped: tcp laptop:* > web:80 SYN, why: ${why} }
`;
    expect(checkScenario(source('backlog'))).toMatchObject({ exitCode: 0, problems: [] });
    const failed = checkScenario(source('unwilling')).verdicts.find(({ passed }) => !passed);
    expect(failed?.failure?.nearest).toMatch(/reason is backlog, not unwilling$/);
  });
});
