// SO_EXCLUSIVEADDRUSE of Windows, as an author writes it; elsewhere there is no such option.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';

const source = (os: string, gives: string, bind: string) => `fourtuple: 1
title: Mine alone
os: ${os}
hosts:
  box: { ip: 10.0.0.1, runs: [first, second] }
script:
  - first: { socket: tcp, as: one }
  - first: { setsockopt: { exclusiveaddruse: true }, using: one, gives: ${gives} }
  - first: { bind: 8080, using: one }
  - second: { socket: tcp, as: two }
  - second: { setsockopt: { reuseaddr: true }, using: two }
  - second: { bind: 8080, using: two, gives: ${bind} }
`;
const problems = (text: string) => openRun(text).problems.map(({ code, message }) => `${code}: ${message}`);

test('on Windows nobody gets in beside it, not even by SO_REUSEADDR', () => {
  expect(problems(source('windows', 'ok', 'EACCES'))).toEqual([]);
  const [step] =
    openRun(source('windows', 'ok', 'EACCES')).run?.steps.filter(({ plain }) =>
      plain.includes('EXCLUSIVE'),
    ) ?? [];
  expect(step?.plain).toContain('nobody else gets this port');
});

test('without it the second one is refused as well, but as in use', () => {
  const usual = source('windows', 'ok', 'EADDRINUSE').replace('exclusiveaddruse: true', 'keepalive: true');
  expect(problems(usual)).toEqual([]);
});

test('other systems do not know it', () => {
  expect(problems(source('linux', 'ENOPROTOOPT', 'EADDRINUSE'))).toEqual([]);
});
