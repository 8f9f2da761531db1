// `include`: a cast out of other files, as if it stood in this one; and what is told when it cannot.
import { expect, test } from 'vitest';
import type { Library } from '../../src/scenario/include.js';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem } from '../../src/scenario/text/problems.js';

const LAN = `fourtuple: 1
networks: { home: { delay: 5ms } }
hosts:
  web: { ip: 10.0.0.80, runs: [nginx, spare], net: home }
fragments:
  knock:
    - firefox: { connect: "web:80" }
`;
const library =
  (files: Readonly<Record<string, string>>): Library =>
  (named, from) => {
    const path = from?.includes('/') ? `${from.slice(0, from.lastIndexOf('/'))}/${named}` : named;
    const text = files[path];
    return text === undefined ? undefined : { path, text };
  };
const open = (files: Readonly<Record<string, string>>, include: string, rest = '') =>
  openRun(
    `fourtuple: 1
title: Elsewhere
include: ${include}
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox, net: home }
${rest}script:
  - nginx: { serve: http }
  - use: knock
`,
    { library: library(files) },
  );
const told = (...call: Parameters<typeof open>) => open(...call).problems.map(formatProblem);

test('networks, hosts and fragments of another file are there, and nobody is warned of what is not used', () => {
  const { run, problems } = open({ 'lan.yaml': LAN }, 'lan.yaml');
  expect(problems).toEqual([]);
  expect(run?.steps.at(-1)?.plain).toContain('nginx accepts');
  expect(run?.steps[2]?.at).toBe(5e6);
});

test('a file may include another, each named from where it lies; what two of them include is there once', () => {
  const files = {
    'parts/all.yaml': 'include: [lan.yaml, more.yaml]\n',
    'parts/lan.yaml': LAN,
    'parts/more.yaml': 'include: lan.yaml\nhosts: { extra: { ip: 10.0.0.9, net: home } }\n',
  };
  expect(told(files, 'parts/all.yaml')).toEqual([]);
});

test('a name in both is told at this file, or at the line that includes it', () => {
  expect(told({ 'lan.yaml': LAN }, 'lan.yaml', '  web: { ip: 10.0.0.81, net: home }\n')).toEqual([
    '6:3 duplicate-key `web` stands in this file and in lan.yaml; rename one of the two, or leave one out',
  ]);
  const twice = { 'lan.yaml': LAN, 'other.yaml': 'hosts: { web: 10.0.0.82 }\n' };
  expect(told(twice, '[lan.yaml, other.yaml]')).toEqual([
    '3:21 duplicate-key `web` stands in lan.yaml and in other.yaml; rename one of the two, or leave one out',
  ]);
});

test('a missing file, a loop, a script, a mistake inside: each at the line that includes it', () => {
  expect(told({}, 'lan.yaml')[0]).toMatch(
    /^3:10 include-missing there is no file `lan.yaml` beside this one/,
  );
  expect(told({ 'a.yaml': 'include: b.yaml', 'b.yaml': 'include: a.yaml' }, 'a.yaml')).toEqual([
    '3:10 include-loop these files include each other: a.yaml > b.yaml > a.yaml',
  ]);
  expect(told({ 'lan.yaml': `${LAN}script: []\n` }, 'lan.yaml')[0]).toBe(
    '3:10 unknown-key lan.yaml:8:1: `script` cannot be included, only networks, hosts, routers, fragments',
  );
  expect(told({ 'lan.yaml': `${LAN}hosts: {}\n` }, 'lan.yaml')[0]).toMatch(
    /^3:10 duplicate-key lan.yaml:8:1: /,
  );
  expect(told({ 'lan.yaml': LAN.replace('10.0.0.80', '10.0.0.800') }, 'lan.yaml')[0]).toMatch(
    /^3:10 bad-address /,
  );
  expect(told({ 'lan.yaml': '- 1\n' }, 'lan.yaml')[0]).toMatch(/^3:10 wrong-type `lan.yaml` is no map/);
});

test('names are judged as if all stood in one file', () => {
  const { problems } = openRun(
    `fourtuple: 1
title: Elsewhere
include: lan.yaml
script:
  - ngnix: { serve: http }
`,
    { library: library({ 'lan.yaml': LAN.replace(/fragments:[\s\S]*/, '') }) },
  );
  expect(problems.map(formatProblem)).toEqual([
    '5:5 unknown-name nobody is called `ngnix`; did you mean `nginx`?',
  ]);
});
