// What a line does to a host or a router from outside: each verb is played on a small run, and what it changes is seen by
// those who call, before and after. A verb that did nothing would leave both calls alike.
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { openRun } from '../../src/scenario/run.js';

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

describe('a rule that names a host', () => {
  const V4 = '192.168.1.20';
  const V6 = '2001:db8::20';
  const dual = `
      - laptop: { assign: "2001:db8::7" }
      - nas: { assign: "${V6}" }
      - nginx: { listen: "[::]:80" }`;
  const calls = (v4: string, v6: string) => `
      - firefox: { connect: "${V4}:80", gives: ${v4} }
      - firefox: { connect: "[${V6}]:80", gives: ${v6} }`;

  test('is about all its addresses, whichever side names it', () => {
    for (const packet of ['tcp * > nas:80', 'tcp laptop > *:80', 'tcp laptop > nas:80']) {
      const script = `${dual}\n      - nas: { block: ${packet} }`;
      expect(failures(script + calls('ETIMEDOUT', 'ETIMEDOUT'))).toEqual([]);
      const lifted = `${script}\n      - nas: { unblock: ${packet} }`;
      expect(failures(lifted + calls('ok', 'ok'))).toEqual([]);
    }
  });

  test('and about those that it gets later; one that names an address is about that one', () => {
    const early = '\n      - nas: { block: tcp * > nas:80 }';
    expect(failures(early + dual + calls('ETIMEDOUT', 'ETIMEDOUT'))).toEqual([]);
    const one = `${dual}\n      - nas: { block: "tcp * > ${V4}:80" }`;
    expect(failures(one + calls('ETIMEDOUT', 'ok'))).toEqual([]);
  });

  test('counts its packets once, not once for each address; loopback and other hosts are not meant', () => {
    const script = `${dual}\n      - nas: { block: tcp * > nas:80, times: 1 }`;
    const once = '  - { dropped: tcp laptop:* > nas:80 SYN, why: firewall, times: 1 }';
    expect(failures(script + calls('ok', 'ok'), once)).toEqual([]);
    const own = `${dual}
      - nas: { block: tcp * > nas:80 }
      - sshd: { connect: localhost:80 }`;
    expect(failures(own)).toEqual([]);
    const other = `${dual}\n      - nas: { block: tcp phone > nas:80 }`;
    expect(failures(other + calls('ok', 'ok'))).toEqual([]);
  });
});

describe('what is taken away must be there, and what is added must not', () => {
  const told = (lines: string): readonly string[] =>
    checkScenario(`${HEAD}script:\n${lines}\n`)
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ code, message, hint }) => `${code} ${message}; ${hint}`);

  test('an address that the host does not have, with those that it has; once is not twice', () => {
    const twice = `  - nas: { assign: 192.168.1.99 }
  - nas: { unassign: 192.168.1.99 }`;
    expect(told(twice)).toEqual([]);
    expect(told(`${twice}\n  - nas: { unassign: 192.168.1.99 }`)).toEqual([
      'not-there `nas` does not have `192.168.1.99` at this point; it has 192.168.1.20',
    ]);
  });

  test('an address that the host has, unless it stands in another IPv4 network', () => {
    expect(told('  - nas: { assign: 192.168.1.20 }')).toEqual([
      'already-there `nas` has `192.168.1.20` already; assign another, or `unassign` it first',
    ]);
    expect(told('  - nas: { assign: 192.168.1.20/25 }')).toEqual([]);
    const twice = (second: string) => `  - nas: { assign: 'fd00::9/64' }\n  - nas: { assign: '${second}' }`;
    expect(told(twice('fd00::9/80'))).toHaveLength(1);
    expect(told(twice('fd00::a/64'))).toEqual([]);
  });

  test('a rule: another packet, another host, one used up', () => {
    const rule = '  - nas: { block: tcp * > *:80, times: 1 }';
    expect(told(`${rule}\n  - nas: { unblock: tcp * > *:80 }`)).toEqual([]);
    expect(told(`${rule}\n  - nas: { unblock: udp * > *:80 }`)).toEqual([
      expect.stringMatching(/^not-there `nas` has no rule/),
    ]);
    expect(told(`${rule}\n  - laptop: { unblock: tcp * > *:80 }`)).toHaveLength(1);
    const used = `${rule}\n  - firefox: { connect: nas:80, gives: ETIMEDOUT }\n  - nas: { unblock: tcp * > *:80 }`;
    expect(told(used)).toHaveLength(1);
  });

  test('`all` takes what there is, be it nothing; lines that begin together find what the first did', () => {
    expect(told('  - nas: { unblock: all }')).toEqual([]);
    expect(
      told(`  - together:
      - nas: { block: tcp * > *:80 }
      - nas: { unblock: tcp * > *:80 }`),
    ).toEqual([]);
  });
});

describe('a restart', () => {
  const script = `
      - nginx: { serve: http, reply: hello }
      - sshd: { bind: 22, as: door }
      - sshd: { listen: door, backlog: 1 }
      - sshd: { bind: udp 5000, as: note }
      - firefox: { connect: nas:80, as: ● }
      - firefox: { send: GET /, using: ● }
      - firefox: { recv: ●, reads: hello }
      - nas: { restart: now }
        id: restart`;

  test('leaves nothing of what the kernel held, without a word; listeners come back as their lines said', () => {
    const expected = `  - { sockets: 2, in: nas, at: restart }
  - { row: "tcp LISTEN *:80 *:* nginx", at: restart, times: 1 }
  - { row: "tcp LISTEN *:22 *:* sshd", at: restart, times: 1 }
  - { state: ESTABLISHED, of: ●@firefox, at: restart }
  - never: { packet: tcp nas:* > laptop:* FIN }
  - never: { packet: tcp nas:* > laptop:* RST }`;
    expect(failures(script, expected)).toEqual([]);
  });

  test('is noticed by the other side when it speaks: RST, and a new call is answered', () => {
    const after = `${script}
      - firefox: { send: still there?, using: ● }
        expect: { packet: tcp nas:80 > laptop:* RST }
      - firefox: { recv: ●, gives: ECONNRESET }
      - firefox: { connect: nas:80, as: ▲ }
      - firefox: { send: GET /, using: ▲ }
      - firefox: { recv: ▲, reads: hello }
      - voip: { connect: nas:22 }`;
    expect(failures(after)).toEqual([]);
  });

  test('ends calls that wait, TIME-WAIT, what fork() made and what setuid() changed', () => {
    const wild = `
      - nginx: { listen: 80 }
      - nginx: { fork: worker }
      - firefox: { connect: nas:80, as: ● }
      - nginx: { accept: 80, as: ● }
      - nginx: { close: ●@nginx }
      - firefox: { close: ● }
      - sshd: { listen: 22 }
      - sshd: { setuid: nobody }
      - sshd: { accept: 22, gives: pending }
      - nas: { restart: now }
        id: restart
        expect:
          - { sockets: 0, in: nas, holding: TIME-WAIT }
          - { sockets: 2, in: nas, holding: LISTEN }
      - voip: { connect: nas:22 }
      - sshd: { accept: 22 }`;
    expect(failures(wild)).toEqual([]);
  });

  test('of a router forgets its rows and keeps its rules', () => {
    const router = `
      - nginx: { serve: tcp 8000 }
      - router: { forward: tcp 8080, to: nas:8000 }
      - dialer: { listen: 7000 }
      - voip: { connect: phone:7000, as: ● }
      - dialer: { accept: 7000 }
      - router: { restart: now }
      - dialer: { send: are you there?, using: ● }
      - browser: { connect: router:8080 }`;
    const dropped = '  - { dropped: tcp phone:7000 > router:* DATA, why: no-mapping, times: 1+ }';
    expect(failures(router, dropped)).toEqual([]);
    expect(failures(router.replace(/.*restart.*\n/, ''), dropped)).not.toEqual([]);
  });

  test('steps back: before it everything is as it was', () => {
    const { run } = openRun(`${HEAD}script:\n${script.replace(/^\n/, '').replace(/^ {6}/gm, '  ')}\n`);
    const listing = (t: number) => run?.sceneAt(t).hosts.find(({ name }) => name === 'nas')?.sockets.length;
    const total = run?.total ?? 0;
    const end = listing(total);
    expect([listing(0), listing(total - 3), end]).toEqual([0, 4, 2]);
    expect(listing(total)).toBe(end);
  });
});

describe('a setting', () => {
  test('of the port range, of privilege and of the backlog is the kernel’s from then on', () => {
    const script = `
      - laptop: { sysctl: { net.ipv4.ip_local_port_range: 40000 40001 } }
      - nginx: { listen: 8000, backlog: 5 }
      - firefox: { connect: nas:8000, as: a }
        expect: { port: 40000-40001, of: a }
      - voip: { connect: nas:8000, as: b }
        expect: { port: 40000-40001, of: b }
      - voip: { connect: nas:8000, gives: EADDRNOTAVAIL }
      - nas: { sysctl: { net.ipv4.ip_unprivileged_port_start: 100 } }
      - sshd: { setuid: ana }
      - sshd: { listen: 99, gives: EACCES }
      - sshd: { listen: 443 }
      - nas: { sysctl: { net.core.somaxconn: 0 } }
      - sshd: { listen: 8001, backlog: 5 }
      - browser: { connect: phone:1, gives: ECONNREFUSED }
      - laptop: { sysctl: { net.ipv4.ip_local_port_range: 50000-50009 } }
      - firefox: { connect: nas:8001 }
      - firefox: { connect: nas:8001, gives: pending }`;
    expect(failures(script)).toEqual([]);
  });

  test('of retries says how long a caller asks', () => {
    const script = (settings: string) => `
      - nas: { block: tcp * > *:80 }
      - laptop: { sysctl: { ${settings} } }
      - firefox: { connect: nas:80, gives: ETIMEDOUT }`;
    const times = (count: number) => `  - { dropped: tcp laptop:* > nas:80 SYN, times: ${count} }`;
    const linear = 'net.ipv4.tcp_syn_linear_timeouts';
    expect(failures(script(`net.ipv4.tcp_syn_retries: 3`), times(8))).toEqual([]);
    expect(failures(script(`net.ipv4.tcp_syn_retries: 3, ${linear}: 0`), times(4))).toEqual([]);
  });

  test.each([
    ['net.ipv4.tcp_tw_resue: 1', 'unknown-key'],
    ['net.ipv4.ip_local_port_range: 5000', 'unknown-value'],
    ['net.ipv4.ip_local_port_range: 5000 4000', 'unknown-value'],
    ['net.ipv4.ip_unprivileged_port_start: 70000', 'unknown-value'],
    ['net.core.somaxconn: many', 'unknown-value'],
    ['net.core.somaxconn: -1', 'unknown-value'],
  ])('`%s` is told: %s', (setting, code) => {
    const { problems } = checkScenario(`${HEAD}script:\n  - nas: { sysctl: { ${setting} } }\n`);
    expect(problems.map((each) => each.code)).toEqual([code]);
    expect(problems[0]?.hint).toBeDefined();
  });

  test('in the cast are knobs: a short backlog, no SYN cookies, fewer retries of one host', () => {
    const cast = HEAD.replace('runs: [nginx, sshd]', 'runs: [nginx, sshd], knobs: { backlogMax: 0 }');
    const script = `script:
  - nginx: { listen: 80, backlog: 9 }
  - firefox: { connect: nas:80 }
  - voip: { connect: nas:80, gives: ETIMEDOUT }\n`;
    expect(checkScenario(cast + script).exitCode).toBe(0);
    expect(checkScenario(HEAD + script).exitCode).toBe(1);
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

test('a forwarding to a socket that is gone is told at its place, and nothing is passed over', () => {
  const script = `
      - sshd: { listen: 22, as: door }
      - sshd: { close: door }
      - router: { forward: 22, to: local(door) }`;
  expect(failures(script)).toMatchObject([expect.stringContaining('"code":"unknown-label"')]);
});
