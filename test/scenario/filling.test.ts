// `64 bytes` stands for so many bytes wherever something is sent, and wherever the same is expected back.
import { describe, expect, test } from 'vitest';
import { checkScenario } from '../../src/check/check-scenario.js';
import { openRun } from '../../src/scenario/run.js';

const text = (script: string, expected = '') => `fourtuple: 1
title: Filling
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
${script}
${expected}`;
const failures = (source: string) => {
  const { problems, verdicts } = checkScenario(source);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return [
    ...errors.map(({ code }) => code),
    ...verdicts.filter(({ passed }) => !passed).map(({ claim }) => claim),
  ];
};
const stream = (sent: string, read: string) => `  - nginx: { listen: 80 }
  - firefox: { connect: web:80, as: ● }
  - nginx: { accept: 80 }
  - firefox: { send: ${sent}, using: ● }
  - nginx: { recv: ●, reads: ${read} }`;

describe('a filling', () => {
  test('is so many bytes on the wire, over TCP and UDP, and in a reply', () => {
    const script = `  - nginx: { bind: udp 53 }
  - firefox: { sendto: 512 bytes, to: udp web:53 }
  - nginx: { serve: tcp 80, reply: 1 byte }
  - firefox: { request: 64 bytes, to: web:80, reads: 1 byte }`;
    const expected = `expect:
  - { delivered: 512 bytes, to: nginx, times: 1 }
  - { packet: tcp laptop > web:80 DATA, with: 64 bytes, times: 1 }
  - { packet: tcp web:80 > laptop DATA, with: 1 byte, times: 1 }`;
    expect(failures(text(script, expected))).toEqual([]);
    const { run } = openRun(text(script));
    const lengths = Array.from(
      { length: run?.total ?? 0 },
      (_, t) => run?.sceneAt(t + 1).step?.packet?.length,
    );
    expect(lengths).toEqual(expect.arrayContaining([512, 64, 1]));
  });

  test('is read as what was sent: another size, or the words themselves, are something else', () => {
    expect(failures(text(stream('64 bytes', '64 bytes')))).toEqual([]);
    expect(failures(text(stream('64 bytes', '65 bytes')))).toEqual(['nginx recv ● reads 65 bytes']);
    expect(failures(text(stream('64 bytes', '64 bytes each')))).toHaveLength(1);
  });

  test('is only what says nothing else: other texts go as they stand', () => {
    expect(failures(text(stream('64 bytes each', '64 bytes each')))).toEqual([]);
    expect(failures(text(stream('64  bytes', '64 bytes')))).toHaveLength(1);
  });

  test('has a largest size', () => {
    expect(failures(text(stream('1000000 bytes', 'x')))).not.toContain('bad-count');
    expect(failures(text(stream('1000001 bytes', 'x')))).toContain('bad-count');
  });
});
