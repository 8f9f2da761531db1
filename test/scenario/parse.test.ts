// From text to scenario: everything wrong is told at once, each at its place, without echoes; and no text does harm.
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { scenarioJsonSchema } from '../../src/scenario/schema/schema.js';
import { formatProblem, type Problem, sortProblems } from '../../src/scenario/text/problems.js';

const CAST = `fourtuple: 1
title: Test
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
`;
const CLEAN = `${CAST}  - nginx: { serve: http }
  - firefox: { connect: web:80, as: ● }
`;
const told = (source: string) => parseScenario(source).problems.map(formatProblem);
const codes = (source: string) =>
  parseScenario(source).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
/** What errors are told of lines added to the cast; line 7 is the first of them. */
const codesOf = (...lines: string[]) =>
  parseScenario(`${CAST}${lines.map((line) => `  ${line}\n`).join('')}`)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ line, column, code }) => `${line}:${column} ${code}`);

describe('a scenario without a mistake', () => {
  it('is the tree as its author wrote it: short forms and order of keys kept', () => {
    const { scenario, problems } = parseScenario(CLEAN);
    expect(problems).toEqual([]);
    expect(Object.keys(scenario ?? {})).toEqual(['fourtuple', 'title', 'hosts', 'script']);
    expect(scenario?.script[1]).toEqual({ firefox: { connect: 'web:80', as: '●' } });
    expect(scenario?.hosts).toEqual({
      laptop: { ip: '10.0.0.7', runs: 'firefox' },
      web: { ip: '10.0.0.80', runs: 'nginx' },
    });
  });

  it('may have warnings', () => {
    const { scenario, problems } = parseScenario(CLEAN.replace('as: ●', 'as: tab'));
    expect(scenario).toBeDefined();
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['unused-name', 'warning']]);
  });

  it('keeps what YAML 1.1 would have changed', () => {
    const { scenario } = parseScenario(`${CAST}  - say: yes\n  - say: 22:22\n  - say: no\n  - say: on\n`);
    expect(scenario?.script.map(({ say }) => say)).toEqual(['yes', '22:22', 'no', 'on']);
  });

  it('may name hosts and processes as properties of every object are named', () => {
    const source = CLEAN.replaceAll('laptop', 'constructor')
      .replaceAll('firefox', 'hasOwnProperty')
      .replaceAll('web', 'toString');
    expect(told(`${source}expect:\n  - { sockets: 2, in: toString, of: tcp 80 }\n`)).toEqual([]);
  });

  it('reads the same with line ends of Windows and with a byte order mark', () => {
    for (const source of [CLEAN.replaceAll('\n', '\r\n'), `\ufeff${CLEAN}`])
      expect(parseScenario(source).scenario).toEqual(parseScenario(CLEAN).scenario);
  });
});

describe('several mistakes', () => {
  it('are told at once: an unknown key, a port that is none, and a misspelt name', () => {
    const source = CAST.replace('runs: firefox', 'rnus: firefox');
    expect(told(`${source}  - ngnix: { serve: http }\n  - firefox: { connect: web:70000, as: ● }\n`)).toEqual(
      [
        '4:27 unknown-key `rnus` is not a key here; did you mean `runs`?',
        '7:5 unknown-name nobody is called `ngnix`; did you mean `nginx`?',
        expect.stringMatching(
          /^8:25 port-range `70000` is no port: a port is at most 65535; did you mean `7000`\?/,
        ),
      ],
    );
  });

  it('are found inside a misspelt key, and behind it', () => {
    expect(codes(`${CLEAN}expekt:\n  - { sokets: 2, in: wbe }\n`)).toEqual([
      '9:1 unknown-key',
      '10:7 unknown-key',
      '10:18 unknown-name',
    ]);
  });

  it('are found beside damage of the text', () => {
    expect(codesOf('- nginx: { listen: *:80 }', '- frefox: { connect: web:70000 }')).toEqual([
      '7:22 star-unquoted',
      '8:5 unknown-name',
      '8:24 port-range',
    ]);
    expect(codesOf('- say: Look: 80', '- frefox: { close: 80 }')).toEqual([
      '7:10 colon-in-text',
      '8:5 unknown-name',
    ]);
  });

  it('are found in every line', () => {
    expect(
      codesOf(
        '- nginx: serve http',
        '- wiat: 60s',
        '-',
        '- 5',
        '- nginx: {}',
        '- nginx: { dance: 5 }',
        '- nginx: { listen: 80, wibble: 1 }',
      ),
    ).toEqual([
      '7:5 wrong-type',
      '8:5 unknown-key',
      '9:4 empty-step',
      '10:5 wrong-type',
      '11:12 no-verb',
      '12:14 unknown-key',
      '13:26 unknown-key',
    ]);
  });

  it('are told with warnings only when no error is left', () => {
    const problem = (severity: Problem['severity'], line: number): Problem => ({
      line,
      column: 1,
      code: 'unused-name',
      message: 'm',
      severity,
    });
    const [warning, error] = [problem('warning', 1), problem('error', 2)];
    expect(sortProblems([error, warning])).toEqual([error]);
    expect(sortProblems([problem('warning', 3), warning])).toEqual([warning, problem('warning', 3)]);
    expect(sortProblems([error, { ...error }, problem('error', 1)])).toEqual([problem('error', 1), error]);
  });
});

describe('one mistake has no echo', () => {
  it('when the misspelt key holds the names that others use', () => {
    expect(codes(CLEAN.replace('hosts:', 'hots:'))).toEqual(['3:1 unknown-key']);
    expect(codes(CLEAN.replace('runs: nginx', 'programs: nginx'))).toEqual(['5:25 unknown-key']);
    expect(codes(`${CLEAN.replace('as: ●', 'ass: tab')}  - firefox: { close: tab }\n`)).toEqual([
      '8:33 unknown-key',
    ]);
  });

  it('when a whole part is missing', () => {
    const [cast = '', script = ''] = CLEAN.split(/(?=script:)/);
    expect(codes(cast)).toEqual(['1:1 missing-key']);
    expect(codes(`fourtuple: 1\ntitle: Test\n${script}`)).toEqual(['1:1 missing-key']);
  });

  it('when the actor is misspelt who names a socket', () => {
    expect(
      codesOf('- nginx: { serve: http }', '- frefox: { connect: web:80, as: ● }', '- firefox: { close: ● }'),
    ).toEqual(['8:5 unknown-name']);
  });

  it('when a word of a line is misspelt, whatever it holds', () => {
    expect(codes(`${CLEAN}    expcet: { sockets: 1, in: web }\n    aks: { which: socket }\n`)).toEqual([
      '9:5 unknown-key',
      '10:5 unknown-key',
    ]);
  });

  it('when a key is there twice: the first is meant', () => {
    expect(codes(CLEAN.replace('script:', '  web: { ip: 10.0.0.81, runs: apache }\nscript:'))).toEqual([
      '6:3 duplicate-key',
    ]);
  });

  it('when the file is for a newer language', () => {
    expect(codes('fourtuple: 2\nworld: {}\n')).toEqual(['1:12 version-newer']);
  });
});

describe('names', () => {
  it('are known from the line on that gives them', () => {
    expect(codesOf('- firefox: { close: tab }', '- firefox: { connect: web:80, as: tab }')).toEqual([
      '7:16 unknown-label',
    ]);
    expect(codesOf('- child: { listen: 80 }', '- nginx: { fork: child }', '- child: { listen: 80 }')).toEqual(
      ['7:5 unknown-name'],
    );
  });

  it('may be spoken of by expectations before they are given', () => {
    expect(
      codesOf('- say: Soon.', '  expect: { state: CLOSED, of: ● }', '- firefox: { connect: web:80, as: ● }'),
    ).toEqual([]);
  });

  it('with a counter are a family', () => {
    const rounds = [
      '- nginx: { serve: http }',
      '- repeat: 3',
      '  steps: [ { firefox: { connect: web:80, as: c$n } } ]',
    ];
    expect(codesOf(...rounds, '- firefox: { close: c2 }')).toEqual([]);
    expect(codesOf(...rounds, '- firefox: { close: d2 }')).toEqual(['10:16 unknown-label']);
  });

  it('may mean a host and its process: the verb decides', () => {
    const source = CLEAN.replaceAll('nginx', 'web');
    expect(told(`${source}  - web: { restart: now }\n`)).toEqual([]);
  });

  it('of two hosts need the host in front', () => {
    const source = CLEAN.replace('script:', '  spare: { ip: 10.0.0.81, runs: nginx }\nscript:');
    expect(told(source)).toEqual(['8:5 ambiguous-name `nginx` runs on web and spare; write `web/nginx`']);
    expect(codes(`${source.replace('- nginx:', '- web/nginx:')}  - spare/nginx: { serve: http }\n`)).toEqual(
      [],
    );
    expect(told(source.replace('- nginx:', '- laptop/nginx:'))).toEqual([
      '8:5 unknown-name nobody is called `laptop/nginx`; there is web/nginx, spare/nginx',
    ]);
  });

  it('are judged in fragments where they are used', () => {
    const fragments = 'fragments:\n  hello:\n    - firefox: { connect: wbe:80, as: ● }\n';
    expect(codes(`${CAST}  - use: hello\n${fragments}`)).toEqual(['10:18 unknown-name']);
    expect(told(`${CAST}  - use: helo\n${fragments.replace('wbe', 'web')}`)).toEqual([
      '7:5 unknown-name no fragment is called `helo`; did you mean `hello`?',
    ]);
  });

  it('are not judged if another file may hold them', () => {
    expect(codes(`${CLEAN}  - opera: { connect: shop:80 }\ninclude: shop.yaml\n`)).toEqual([
      '10:10 include-missing',
    ]);
  });

  it('of a process are no place, and the hint names its host', () => {
    expect(told(`${CAST}  - firefox: { connect: nginx:80 }\n`)).toEqual([
      '7:16 unknown-name no host is called `nginx`; nginx is a process: write `web`',
    ]);
  });
});

describe('time', () => {
  it('passes with `wait` and `after`, and never goes back', () => {
    expect(codesOf('- wait: 2s', '- say: a', '  after: 500ms', '- say: b', '  at: 2500ms')).toEqual([]);
    expect(codesOf('- wait: 2s', '- say: a', '  after: 500ms', '- say: b', '  at: 2499ms')).toEqual([
      '11:5 clock-backwards',
    ]);
  });
});

describe('text that is no scenario', () => {
  it.each([
    ['nothing', '', '1:1 version-missing'],
    ['a comment', '# hello\n', '1:1 version-missing'],
    ['null', '~\n', '1:1 version-missing'],
    ['a word', 'hello', '1:1 wrong-type'],
    ['a number', '5', '1:1 wrong-type'],
    ['a list', '- a\n', '1:1 wrong-type'],
    ['bytes', 'fourtuple: 1\n\u0000\u0001', '2:1 yaml-syntax'],
    ['bytes that were no UTF-8', 'a\ufffd', '1:2 yaml-syntax'],
    ['too much of it', `# ${'x'.repeat(5_000_000)}`, '1:1 too-large'],
    ['brackets without end', '['.repeat(100_000), '1:1 too-large'],
    ['braces without end', '{'.repeat(100_000), '1:1 too-large'],
    ['lists in lists', '- '.repeat(100_000), '1:1 too-large'],
    ['keys in keys', '? '.repeat(100_000), '1:1 too-large'],
    ['keys of keys in braces', `{${'a: '.repeat(100_000)}`, '1:1 too-large'],
    [
      'stairs',
      Array.from({ length: 400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      '1:1 too-large',
    ],
  ])('is told shortly: %s', (_, source, problem) => {
    const { problems, scenario } = parseScenario(source);
    expect(scenario).toBeUndefined();
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([problem]);
  });

  it('cannot grow by aliases: they are refused and never followed', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `k${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
    );
    const { problems } = parseScenario(`fourtuple: 1\nk: &a-1 [x]\n${levels.join('\n')}`);
    expect(new Set(problems.map(({ code }) => code))).toContain('star-unquoted');
  });

  it('cannot reach into objects by their own names', () => {
    const { problems } = parseScenario(
      `${CAST}  - __proto__: { listen: 80 }\n__proto__: { polluted: 1 }\nconstructor: 4\n`,
    );
    expect(problems.map(({ code }) => code)).toEqual(['bad-name', 'bad-name', 'unknown-key']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('cannot grow by fragments that use each other', () => {
    const uses = (name: string) => `[ { use: ${name} }, { use: ${name} } ]`;
    const fragments = Array.from(
      { length: 40 },
      (_, level) => `  f${level}: ${uses(`f${level + 1}`)}\n`,
    ).join('');
    const { problems } = parseScenario(`${CAST}  - use: f0\nfragments:\n${fragments}  f40: [ { say: x } ]\n`);
    expect(problems.map(({ code }) => code)).toEqual(['too-large']);
  });
});

describe('the JSON Schema for editors', () => {
  it('can be made, with a description for each verb', () => {
    const schema = JSON.stringify(scenarioJsonSchema());
    expect(schema).toContain('connect(): to `web:80`');
    expect(schema.length).toBeGreaterThan(20_000);
  });
});
