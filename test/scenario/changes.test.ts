// What a line does to a host or a router from outside: each verb is played on a small run, and what it changes is seen by
// those who call, before and after. A verb that did nothing would leave both calls alike.
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';

/** Three on one network, a caller outside, and a router between. Nothing is forwarded, nothing is blocked. */
const HEAD = `fourtuple: 1
title: Changes
seed: 3
knobs: { synRetries: 0 }
networks: { home: { delay: 1ms }, internet: { delay: 5ms } }
hosts:
  laptop: { ip: 192.168.1.7, net: home, runs: [firefox, voip] }
  nas: { ip: 192.168.1.20, net: home, runs: [nginx, sshd] }
  phone: { ip: 198.51.100.44, net: internet, runs: [browser, dialer] }
routers:
  router:
    inside: { net: home, ip: 192.168.1.1 }
    outside: { net: internet, ip: 203.0.113.5 }
`;

/** Everything that does not hold, in words: the lines of a script and what is expected of the whole run. */
function failures(lines: string, expectations = ''): readonly string[] {
  const script = lines.replace(/^\n/, '').replace(/^ {6}/gm, '  ');
  const text = `${HEAD}script:\n${script}\n${expectations === '' ? '' : `expect:\n${expectations}\n`}`;
  const { problems, verdicts } = checkScenario(text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const failed = verdicts.filter(({ passed }) => !passed);
  return [...errors, ...failed].map((each) => JSON.stringify(each));
}

describe('an address', () => {
  test('that is assigned answers, one that is taken away does not', () => {
    const script = `
      - nginx: { serve: http }
      - firefox: { connect: "192.168.1.99:80", gives: EHOSTUNREACH }
      - nas: { assign: 192.168.1.99 }
      - firefox: { connect: "192.168.1.99:80" }
      - nas: { unassign: 192.168.1.99 }
      - firefox: { connect: "192.168.1.99:80", gives: EHOSTUNREACH }`;
    expect(failures(script)).toEqual([]);
  });

  test('that is taken away leaves its sockets as they are, and nothing reaches them', () => {
    const script = `
      - sshd: { listen: "192.168.1.20:22" }
      - nas: { unassign: 192.168.1.20 }
        expect: { row: tcp LISTEN 192.168.1.20:22 *:* sshd }
      - firefox: { connect: "192.168.1.20:22", gives: EHOSTUNREACH }`;
    expect(failures(script)).toEqual([]);
  });
});

describe('a firewall', () => {
  test('blocks from then on, and lets pass again what is unblocked', () => {
    const script = `
      - nginx: { serve: http }
      - firefox: { connect: nas:80 }
      - nas: { block: tcp * > *:80 }
      - firefox: { connect: nas:80, gives: ETIMEDOUT }
      - nas: { unblock: tcp * > *:80 }
      - firefox: { connect: nas:80 }`;
    expect(failures(script, '  - { dropped: tcp laptop:* > nas:80, why: firewall, times: 5 }')).toEqual([]);
  });

  test('takes back only the rule that is named, or all of them', () => {
    const script = `
      - nginx: { serve: http }
      - sshd: { listen: 22 }
      - nas: { block: tcp * > *:80 }
      - nas: { block: tcp laptop:* > *:22 }
      - nas: { unblock: tcp * > *:80 }
      - firefox: { connect: nas:80 }
      - firefox: { connect: nas:22, gives: ETIMEDOUT }
      - nas: { block: tcp * > *:80 }
      - nas: { unblock: all }
      - firefox: { connect: nas:80 }
      - firefox: { connect: nas:22 }`;
    expect(failures(script)).toEqual([]);
  });

  test('of a router stands before what it passes on', () => {
    const script = `
      - dialer: { listen: 7000 }
      - router: { block: tcp * > phone:7000 }
      - voip: { connect: phone:7000, gives: ETIMEDOUT }
      - router: { unblock: all }
      - voip: { connect: phone:7000 }`;
    expect(failures(script)).toEqual([]);
  });
});

describe('a rule of a firewall', () => {
  /** What two calls of the laptop to the nas give under a rule, and what the rule is. */
  const gives = (rule: string, ...outcomes: readonly string[]) => `
      - nginx: { serve: http }
      - nas: { ${rule} }
${outcomes.map((outcome) => `      - firefox: { connect: nas:80, gives: ${outcome} }`).join('\n')}`;

  test('is for as many packets as it says, then it is gone', () => {
    const rule = 'block: tcp * > *:80, times: 2';
    expect(failures(gives(rule, 'ok', 'ok'), '  - { dropped: tcp * > nas:80 SYN, times: 2 }')).toEqual([]);
  });

  test('names what a segment does: only that is kept out', () => {
    const script = `${gives('block: tcp * > *:80 FIN', 'ok')}
      - firefox: { close: 80 }`
      .replace('gives: ok', 'as: ●')
      .replace('close: 80', 'close: ●');
    const expected = '  - { dropped: tcp laptop:* > nas:80 FIN, why: firewall, times: 2+ }';
    expect(failures(`${script}\n      - wait: 3s`, expected)).toEqual([]);
  });

  // Each answer is what a Linux 6.18 kernel gave connect() and send() behind a rule of nft with this verdict.
  test('says nothing, or what it is told to say', () => {
    expect(failures(gives('block: tcp * > *:80', 'ETIMEDOUT'))).toEqual([]);
    expect(failures(gives('reject: tcp * > *:80', 'ECONNREFUSED'))).toEqual([]);
    expect(failures(gives('reject: tcp * > *:80, with: rst', 'ECONNREFUSED'))).toEqual([]);
    expect(failures(gives('reject: tcp * > *:80, with: admin-prohibited', 'EHOSTUNREACH'))).toEqual([]);
  });

  test('answers in the name of whom the packet was for with RST, in its own with ICMP', () => {
    const script = (answer: string) => `
      - dialer: { listen: 7000 }
      - router: { reject: tcp * > phone:7000, with: ${answer} }
      - voip: { connect: phone:7000, gives: any }`;
    const rst = '  - { packet: tcp phone:7000 > laptop:* RST, where: laptop, times: 1 }';
    expect(failures(script('rst'), rst)).toEqual([]);
    const icmp = '  - { packet: icmp 192.168.1.1 > laptop admin-prohibited, where: laptop, times: 1 }';
    expect(failures(script('admin-prohibited'), icmp)).toEqual([]);
  });

  test('keeps newcomers out by state, and lets the rest of a conversation pass', () => {
    const script = `
      - voip: { bind: udp 40000, as: mine }
      - nginx: { bind: udp 7000, as: his }
      - laptop: { block: udp * > *, state: new }
      - nginx: { sendto: stranger, to: udp laptop:40000, using: his }
      - voip: { sendto: hello, to: udp nas:7000, using: mine }
      - nginx: { sendto: answer, to: udp laptop:40000, using: his }`;
    const expected = `  - never: { delivered: stranger }
  - { dropped: udp nas:7000 > laptop:40000, why: firewall, times: 1 }
  - { delivered: hello, to: nginx }
  - { delivered: answer, to: voip }`;
    expect(failures(script, expected)).toEqual([]);
    // Without the state it keeps out answers as well.
    expect(failures(script.replace(', state: new', ''), expected)).not.toEqual([]);
  });

  test('has a direction: what is for the host, what it passes on, what is its own', () => {
    const served = (rule: string, outcome: string) => `
      - dialer: { listen: 7000 }
      - ${rule}
      - voip: { connect: phone:7000, gives: ${outcome} }`;
    const rule = 'block: tcp * > phone:7000, direction';
    expect(failures(served(`router: { ${rule}: in }`, 'ok'))).toEqual([]);
    expect(failures(served(`router: { ${rule}: out }`, 'ok'))).toEqual([]);
    expect(failures(served(`router: { ${rule}: forward }`, 'ETIMEDOUT'))).toEqual([]);
    expect(failures(served(`phone: { ${rule}: in }`, 'ETIMEDOUT'))).toEqual([]);
    expect(failures(served(`phone: { ${rule}: out }`, 'ok'))).toEqual([]);
    expect(failures(served(`laptop: { ${rule}: out }`, 'ETIMEDOUT'))).toEqual([]);
  });

  // Linux 6.18, nft in the output hook: EPERM each time, and what the ICMP error said in between.
  test('keeps what is its own at once: a datagram gives EPERM, a SYN waits or is refused', () => {
    const script = (rule: string, ...outcomes: readonly string[]) => `
      - voip: { connect: udp phone:99, as: ● }
      - laptop: { ${rule}, direction: out }
${outcomes.map((outcome) => `      - voip: { send: x, using: ●, gives: ${outcome} }`).join('\n')}`;
    expect(failures(script('block: udp * > *:99', 'EPERM', 'EPERM'))).toEqual([]);
    expect(failures(script('reject: udp * > *:99', 'EPERM', 'ECONNREFUSED', 'EPERM'))).toEqual([]);
    const admin = 'reject: udp * > *:99, with: admin-prohibited';
    expect(failures(script(admin, 'EPERM', 'EHOSTUNREACH', 'EPERM'))).toEqual([]);
    for (const [answer, outcome] of [
      ['rst', 'ECONNREFUSED'],
      ['port-unreachable', 'ECONNREFUSED'],
      ['admin-prohibited', 'EHOSTUNREACH'],
    ]) {
      const call = `
      - laptop: { reject: tcp * > *:99, with: ${answer}, direction: out }
      - firefox: { connect: phone:99, gives: ${outcome} }`;
      expect(failures(call)).toEqual([]);
    }
  });

  test('stands in the cast in the same words', () => {
    const rules = `nas: { ip: 192.168.1.20, net: home, runs: [nginx, sshd], RULE }`;
    const text = (
      rule: string,
      outcome: string,
    ) => `${HEAD.replace(/nas: .*/, rules).replace('RULE', rule)}script:
  - nginx: { serve: http }
  - firefox: { connect: nas:80, gives: ${outcome} }\n`;
    const grade = (source: string) => checkScenario(source).exitCode;
    expect(grade(text('block: { packet: tcp * > *:80, state: new }', 'ETIMEDOUT'))).toBe(0);
    expect(grade(text('reject: [{ packet: tcp * > *:80, with: rst }]', 'ECONNREFUSED'))).toBe(0);
    expect(grade(text('reject: { packet: tcp * > *:80, with: admin-prohibited }', 'EHOSTUNREACH'))).toBe(0);
    expect(grade(text('block: { packet: tcp * > *:80, direction: out }', 'ok'))).toBe(0);
    expect(grade(text('block: [udp * > *:80, tcp * > *:81]', 'ok'))).toBe(0);
  });

  test.each([
    ['state: old', 'unknown-value', 'old'],
    ['direction: up', 'unknown-value', 'up'],
    ['direction: forward', 'wrong-actor', 'direction'],
    ['times: 0', 'bad-count', '0'],
    ['with: rst', 'arg-misplaced', 'with'],
    ['with: nothing', 'unknown-value', 'nothing'],
  ])('with `%s` is told: %s at `%s`', (words, code, mark) => {
    const text = `${HEAD}script:\n  - nas: { reject: udp * > *:80, ${words} }\n`;
    const [problem, ...others] = checkScenario(text).problems;
    expect(problem?.code).toBe(code);
    const line = text.split('\n')[(problem?.line ?? 1) - 1] ?? '';
    expect(line.slice((problem?.column ?? 1) - 1).startsWith(mark)).toBe(true);
    expect(others).toEqual([]);
  });
});

describe('a router', () => {
  test('forwards a port from then on, to another port of another computer', () => {
    const script = `
      - nginx: { serve: tcp 8000 }
      - browser: { connect: router:8080, gives: ETIMEDOUT }
      - router: { forward: tcp 8080, to: nas:8000 }
      - browser: { connect: router:8080 }`;
    const expected = '  - { packet: tcp phone:* > nas:8000 SYN, where: nas, times: 1 }';
    expect(failures(script, expected)).toEqual([]);
  });

  test('that forgets lets nobody in by the rows it had', () => {
    const script = `
      - voip: { bind: udp 40000, as: mine }
      - dialer: { bind: udp 7000, as: hers }
      - voip: { sendto: hello, to: udp phone:7000, using: mine }
      - dialer: { sendto: first, to: udp router:40000, using: hers }
      - router: { forget: now }
      - dialer: { sendto: second, to: udp router:40000, using: hers }`;
    const expected = `  - { delivered: first, to: voip, times: 1 }
  - never: { delivered: second }
  - { dropped: udp phone:7000 > router:40000, why: no-mapping, times: 1 }`;
    expect(failures(script, expected)).toEqual([]);
  });
});
