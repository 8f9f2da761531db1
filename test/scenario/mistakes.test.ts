// The ten mistakes that authors are most likely to make, each with the whole of what it is told: place, plain words, what to
// do. One mistake, one message; and none of them may take long, however large the text.
import { describe, expect, it } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { formatProblem } from '../../src/scenario/text/problems.js';

const CAST = `hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: [nginx, apache] }
`;
const HEAD = `fourtuple: 1
title: A call
${CAST}script:
  - nginx: { listen: 80 }
`;
const CALL = '  - firefox: { connect: web:80 }\n';

const told = (text: string) =>
  openRun(text)
    .problems.filter(({ severity }) => severity === 'error')
    .map(formatProblem);

describe('the ten likeliest mistakes', () => {
  it.each([
    [
      'a tab',
      `${HEAD}\t- firefox: { connect: web:80 }\n`,
      '8:1 yaml-syntax a tab indents this line; YAML takes only spaces; use two spaces a level',
    ],
    [
      'a port with a colon behind it',
      `${HEAD}  - apache: { listen: 81: }\n${CALL}`,
      '8:23 colon-in-text a colon followed by a space starts a key; a port is a number and nothing else: 81',
    ],
    [
      'a port behind a star',
      `${HEAD}  - apache: { listen: *:81 }\n${CALL}`,
      '8:23 star-unquoted `*:81` is a YAML alias; write `any:81`, `81`, or put it in quotes',
    ],
    [
      'a host that is not there',
      `${HEAD}  - firefox: { connect: wbe:80 }\n`,
      '8:16 unknown-name no host is called `wbe`; did you mean `web`?',
    ],
    [
      'two processes on one port',
      `${HEAD}  - apache: { listen: 80 }\n${CALL}`,
      '8:23 port-clash `listen: 80`: nginx already holds tcp 80 of web; or expect it: gives: EADDRINUSE',
    ],
    [
      'an item too far to the left',
      `${HEAD} - firefox: { connect: web:80 }\n`,
      '8:1 yaml-syntax this item of a list is not lined up with the others; begin each - of a list in the same column',
    ],
    [
      'an item too far to the right',
      `${HEAD}    - firefox: { connect: web:80 }\n`,
      '8:1 yaml-syntax this item of a list is not lined up with the others; begin each - of a list in the same column',
    ],
    [
      'a key out of line',
      `${HEAD.replace('  web:', '   web:')}${CALL}`,
      '5:1 yaml-syntax the indentation does not fit the lines around it; what belongs together begins in the same column',
    ],
    [
      'no hosts',
      `${HEAD.replace(CAST, '')}${CALL}`,
      '1:1 missing-key `hosts` is missing; say who is there: `hosts: { web: { ip: 10.0.0.80, runs: nginx } }`',
    ],
    [
      'a call to port 0',
      `${HEAD}  - firefox: { connect: web:0 }\n`,
      '8:25 nobody-listens port 0 is no destination: no socket is ever on it; or expect it: gives: ECONNREFUSED',
    ],
    [
      'a datagram to port 0',
      `${HEAD}  - firefox: { sendto: hi, to: udp web:0 }\n`,
      '8:24 nobody-listens port 0 is no destination: no socket is ever on it; or expect it: gives: EINVAL',
    ],
    [
      'a key that is there twice',
      `${HEAD}  - firefox: { connect: web:80, connect: web:81 }\n`,
      '8:33 duplicate-key this key is here twice; rename or merge the two',
    ],
    [
      'five megabytes',
      `${HEAD}${CALL.repeat(160_000)}`,
      '1:1 too-large 5280158 characters are too many: a scenario has at most 262144',
    ],
  ])('%s', (_, text, problem) => {
    expect(told(text)).toEqual([problem]);
  });

  // Each letter stands for nine of the one before: followed, that is 9^9 texts.
  it('a bomb of anchors: none is followed, and the first ones are told', () => {
    const letters = 'abcdefghij'.split('');
    const bomb = letters.map((letter, index) => {
      const inner = index === 0 ? 'x' : `*${letters[index - 1]}`;
      return `${letter}: &${letter} [${Array(9).fill(inner).join(', ')}]\n`;
    });
    const problems = told(`${HEAD.replace('hosts:', `${bomb.join('')}hosts:`)}${CALL}`);
    expect(problems.filter((each) => each.includes(' is a YAML alias'))).toHaveLength(5);
    expect(
      problems.filter((each) => each.includes(' star-unquoted anchors and aliases are not used here')),
    ).toHaveLength(letters.length);
    expect(problems).toContain(
      '3:4 star-unquoted anchors and aliases are not used here; see `fragments` and `repeat`; put a text that starts with & in quotes',
    );
  });
});
