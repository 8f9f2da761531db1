// The command as its callers see it: exit codes, both outputs, and that nothing but a defect of ours ends in exit code 3.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InvariantViolation } from '../../src/base/invariant.js';
import { command } from '../../src/cli/command.js';
import { guarded } from '../../src/cli/defect.js';
import { explanation } from '../../src/cli/explain-command.js';
import { findFiles } from '../../src/cli/files.js';
import { nodeMachine } from '../../src/cli/node-machine.js';
import { paintFor } from '../../src/cli/paint.js';
import type { RunDocument } from '../../src/cli/run-document.js';
import { RunDefect } from '../../src/scenario/play/run-defect.js';
import { openRun } from '../../src/scenario/run.js';
import { LESSON_CODES } from '../../src/scenario/text/problems.js';
import { controlCharacters } from './control-characters.js';
import { memoryMachine, repositoryMachine } from './memory-machine.js';

const GOOD = `fourtuple: 1
title: One call
hosts: { laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }, web: { ip: 10.0.0.80, runs: nginx } }
script:
  - phase: Door
  - nginx: { serve: http }
  - firefox: { connect: web:80, as: ● }
    say: Hello.
expect:
  - { delivered: SYN, to: nginx, times: 1 }
`;
const FAILING = GOOD.replace('times: 1', 'times: 2');
const BROKEN = `fourtuple: 1
title: Three mistakes
hosts: { laptop: { ip: 10.0.0.7, runs: firefox }, web: { ip: 10.0.0.80, rnus: nginx } }
script:
  - nginx: { listen: 70000 }
  - frefox: { connect: web:80 }
  - firefox: { connect: web:80 }
`;
const machine = memoryMachine(
  {
    'all/b.yaml': GOOD,
    'all/a.yml': GOOD,
    'all/in/c.json': GOOD,
    'all/notes.txt': 'no',
    'bad.yaml': BROKEN,
    'no.yaml': FAILING,
  },
  ['empty'],
);
const say = (...args: string[]) => command(args, machine);

describe('check', () => {
  it('prints a line for each scenario and exits 0 if all hold', () => {
    const line = '✓ One call  1 expectation, 1 of 1 point, 6 steps\n';
    expect(say('check', 'all/b.yaml')).toEqual({ exitCode: 0, out: line, err: '' });
    expect(say('check', 'all')).toEqual({
      exitCode: 0,
      out: `${line.repeat(3)}3 scenarios: all hold, 3 of 3 points\n`,
      err: '',
    });
  });

  it('exits 1 if an expectation failed, with its place, both sides, the nearest miss and a link', () => {
    expect(say('check', 'no.yaml', '--link', 'https://course.test/app/')).toEqual({
      exitCode: 1,
      err: '',
      out: `✗ One call  1 expectation, 1 failed, 0 of 1 point, 6 steps
no.yaml:10:5 ✗ delivered SYN to nginx, twice
  expected SYN → nginx, twice
  got      once: tcp laptop:51004 > web:80 SYN → nginx by listener (step 3)
  open     https://course.test/app/#/s/no?t=3
`,
    });
  });

  it('exits 2 on problems and reports all of them with place and hint', () => {
    const { exitCode, out, err } = say('check', 'bad.yaml');
    expect(exitCode).toBe(2);
    expect(err).toContain('bad.yaml:3:73 unknown-key');
    expect(err).toContain('did you mean `runs`?');
    expect(err).toContain('bad.yaml:5:22 port-range');
    expect(err).toContain('bad.yaml:6:5 unknown-name');
    expect(err).toContain('did you mean `firefox`?');
    expect(out).toMatch(/^✗ bad\.yaml: not checked, \d problems\n$/);
  });

  it('goes on after a broken file, and the highest exit code wins', () => {
    const { exitCode, out, err } = say('check', 'bad.yaml', 'missing.yaml', 'no.yaml', 'all/b.yaml');
    expect(exitCode).toBe(2);
    expect(err).toContain('missing.yaml: there is no such file');
    expect(out).toContain('no.yaml:10:5 ✗');
    expect(out).toContain('✓ One call');
    expect(out).toContain('4 scenarios: 3 of them do not hold, 1 of 2 points\n');
  });

  it.each([
    [['check']],
    [['check', 'missing.yaml']],
    [['check', 'empty']],
    [['check', 'all', '--lnk', 'x']],
    [['check', 'all', '--link']],
    [['check', 'all', '--json']],
    [['chek', 'all']],
    [['--verbose']],
    [[]],
    [['run']],
    [['run', 'all']],
    [['run', 'all/b.yaml', 'no.yaml']],
    [['run', 'all/b.yaml', '--json=yes']],
    [['run', 'bad.yaml']],
    [['explain', 'all/b.yaml']],
    [['explain', 'all/b.yaml', '--step', '0']],
    [['explain', 'all/b.yaml', '--step', '7']],
    [['explain', 'all/b.yaml', '--step', 'two']],
    [['explain', 'bad.yaml', '--step', '1']],
  ])('a wrong call is exit 2 in plain words: %j', (args) => {
    const { exitCode, err } = say(...args);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^\S.*\n/);
    expect(err).not.toMatch(/^\s+at |Error/m);
  });

  it('hints at the right word', () => {
    expect(say('chek').err).toContain('did you mean `check`?');
    expect(say('check', 'all', '--lnk', 'x').err).toContain('did you mean `--link`?');
  });

  it('takes a file twice as one, and sorts what it finds in a directory', () => {
    expect(say('check', 'all/b.yaml', 'all/b.yaml').out.match(/✓/g)).toHaveLength(1);
    const { err } = command(
      ['check', 'x'],
      memoryMachine({
        'x/b.yaml': BROKEN,
        'x/a.yaml': BROKEN,
        'x/.hidden.yaml': BROKEN,
        'x/node_modules/c.yaml': BROKEN,
      }),
    );
    expect(err.match(/^x\/\S*?yaml/gm)?.filter((file, index, all) => all.indexOf(file) === index)).toEqual([
      'x/a.yaml',
      'x/b.yaml',
    ]);
  });

  it('exits 0 on warnings alone', () => {
    const text = GOOD.replace('runs: nginx', 'runs: [nginx, idle]');
    const { exitCode, err } = command(['check', 'w.yaml'], memoryMachine({ 'w.yaml': text }));
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^w\.yaml:3:\d+ unused-name .*\(a warning\)\n$/);
  });

  it('lets no control character of a scenario through', () => {
    const text = FAILING.replace('title: One call', 'title: "One \\e[31mcall\\nand more"').replace(
      'times: 2',
      'times: 2, else: "\\e]0;x\\a"',
    );
    const { out } = command(['check', 'c.yaml'], memoryMachine({ 'c.yaml': text }));
    expect(controlCharacters(out)).toEqual([]);
    expect(out).toContain('✗ One \\u001b[31mcall and more  ');
  });
});

describe('the broken files', () => {
  const repository = repositoryMachine();
  const files = repository.list('test/broken').filter((name) => name.endsWith('.yaml'));
  it.each(files)('%s exits 2, or 0 with a warning, and names the code that it promises', (name) => {
    const file = `test/broken/${name}`;
    const code = /must give: ([a-z\d-]+)/.exec(repository.read(file))?.[1] ?? 'no code is promised';
    const linted = command(['lint', file], repository);
    const isWarning = code === 'unused-name' || LESSON_CODES.some((each) => each === code);
    expect(linted.exitCode).toBe(isWarning ? 0 : 2);
    const told = new RegExp(`^test/broken/${name}:\\d+:\\d+ ${code} `, 'm');
    expect(linted.out).toMatch(told);
    if (isWarning) return;
    const { exitCode, err } = command(['check', file], repository);
    expect(exitCode).toBe(2);
    expect(err).toMatch(told);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('run', () => {
  it('prints the transcript: number, time, sentence, phases, and the author’s words below', () => {
    const { exitCode, out, err } = say('run', 'all/b.yaml');
    expect([exitCode, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines.slice(0, 3)).toEqual(['One call', '', '── Door']);
    expect(lines[3]).toMatch(/^1 {3}0 s {2}nginx listens on TCP port 80/);
    expect(lines[4]).toMatch(/^2 {3}0 s {2}firefox calls/);
    expect(lines[5]).toMatch(/^ {8,}Hello\.$/);
    expect(lines.at(-2)).toMatch(/^6 steps, digest [0-9a-f]{16}$/);
  });

  it('gives the whole run as JSON, twice the same bytes', () => {
    const { exitCode, out } = say('run', 'all/b.yaml', '--json');
    expect(exitCode).toBe(0);
    expect(say('run', '--json', 'all/b.yaml').out).toBe(out);
    const document = JSON.parse(out) as RunDocument;
    expect(document).toMatchObject({ format: 1, title: 'One call' });
    expect(document.steps.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(document.steps[2]).toMatchObject({
      at: 1_000_000,
      kind: 'arrival',
      phase: 'Door',
      packets: [
        { what: 'arrived', packet: 'tcp laptop:51004 > web:80 SYN' },
        { what: 'sent', packet: 'tcp web:80 > laptop:51004 SYN-ACK' },
      ],
      reason: {
        kind: 'delivery',
        answer: 'delivered',
        rule: 'listener-any',
        candidates: [{ verdict: 'match' }],
      },
    });
    expect(document.hosts).toMatchObject([
      {
        host: 'laptop',
        sockets: [{ state: 'ESTABLISHED', local: '10.0.0.7:51004', remote: '10.0.0.80:80', label: '●' }],
      },
      {
        host: 'web',
        sockets: [
          { state: 'LISTEN', local: '*:80', remote: '*:0', process: 'nginx' },
          { state: 'ESTABLISHED' },
        ],
      },
    ]);
  });

  it('prints what was played of a scenario whose call failed unexpectedly, and exits 2', () => {
    const text = GOOD.replace('web:80, as', 'web:81, as');
    const { exitCode, out, err } = command(['run', 'it.yaml'], memoryMachine({ 'it.yaml': text }));
    expect(exitCode).toBe(2);
    expect(out).toContain('answers RST');
    expect(err).toMatch(/^it\.yaml:7:25 nobody-listens .*; or expect it: gives: ECONNREFUSED\n$/);
  });
});

describe('explain', () => {
  it('shows the four numbers, every candidate once at its question, and the rule that won', () => {
    const { exitCode, out } = command(
      ['explain', 'scenarios/conversations/three-conversations-one-port.yaml', '--step', '20'],
      repositoryMachine(),
    );
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'packet    tcp laptop:51004 > web:80 DATA\nlocal     10.0.0.80:80\nremote    10.0.0.7:51004\n',
    );
    expect(out.match(/^ {3}[✓○✗].*$/gm)?.map((row) => row.replace(/ +/g, ' '))).toEqual([
      expect.stringMatching(/^ ✗ udp UNCONNECTED \*:53 .*named.*\[protocol: udp, wanted tcp\]$/),
      expect.stringMatching(/^ ✗ tcp LISTEN \*:22 .*sshd.*\[local port: 22, wanted 80\]$/),
      expect.stringMatching(/^ ○ tcp LISTEN \*:80 .*nginx LISTEN · fallback$/),
      expect.stringMatching(/^ ✓ ● tcp ESTABLISHED 10\.0\.0\.80:80 10\.0\.0\.7:51004 nginx all four$/),
      expect.stringMatching(/^ ✗ ▲ .*\[remote port: 51005, wanted 51004\]$/),
      expect.stringMatching(/^ ✗ ■ .*\[remote address: 10\.0\.0\.9, wanted 10\.0\.0\.7\]$/),
    ]);
    expect(out).toContain('\nrule      exact\nanswer    delivered\nto        ● tcp ESTABLISHED');
  });

  it('says of a refused call who is in the way', () => {
    const { out } = command(
      ['explain', 'scenarios/failures/address-in-use.yaml', '--step', '2'],
      repositoryMachine(),
    );
    expect(out).toContain('EADDRINUSE');
    expect(out).toMatch(/^in the way: tcp LISTEN \*:80 \*:\* \(nginx, pid \d+\)$/m);
  });

  it('tells the range of steps when asked for another', () => {
    expect(say('explain', 'all/b.yaml', '--step', '7').err).toBe(
      'fourtuple: all/b.yaml: there is no step 7: steps go from 1 to 6\n',
    );
  });

  const repository = repositoryMachine();
  it.each(findFiles(repository, ['scenarios']).files)(
    'has something to say about every step of %s',
    (file) => {
      const { run } = openRun(readFileSync(file, 'utf8'));
      if (run === undefined) throw new Error(`${file} does not run`);
      for (const { number, plain } of run.steps) {
        const [first, second, , third] = explanation(run, number, paintFor(false)).split('\n');
        expect(first).toMatch(new RegExp(`^Step ${number} of ${run.total}, at `));
        expect(second).toBe(plain);
        expect(third).toBeTruthy();
      }
      const last = command(['explain', file, '--step', String(run.total)], repository);
      expect(last).toEqual({ exitCode: 0, out: explanation(run, run.total, paintFor(false)), err: '' });
    },
  );
});

describe('help and version', () => {
  it.each([[['--help']], [['-h']], [['check', '--help']], [['--version']]])('%j exits 0', (args) => {
    const { exitCode, out, err } = say(...args);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/check PATHS|^0\.0\.0-test\n$/);
  });
});

describe('a defect of ours', () => {
  it('exits 3 and tells what, scenario, seed and step, without a stack trace', () => {
    const outcome = guarded(machine, 'it.yaml', GOOD, () => {
      throw new RunDefect(new InvariantViolation('two sockets on one four-tuple'), 4, 14);
    });
    expect(outcome).toMatchObject({ exitCode: 3, out: '' });
    expect(outcome.err).toBe(`it.yaml: fourtuple has made a mistake; the scenario is not to blame
  what      InvariantViolation: two sockets on one four-tuple
  scenario  it.yaml
  seed      4
  step      14
  version   0.0.0-test
  Please report these lines together with the file, as an issue of the project.
`);
  });

  it('is told of anything that is thrown, whatever it is', () => {
    for (const thrown of [new TypeError('x is undefined'), 'a text', undefined]) {
      const { exitCode, err } = guarded(machine, 'it.yaml', GOOD.replace('title', 'seed: 9\ntitle'), () => {
        throw thrown;
      });
      expect(exitCode).toBe(3);
      expect(err).toContain('  seed      9\n  step      after the run\n');
      expect(err).not.toMatch(/^\s+at /m);
    }
  });
});

describe('run --pcapng', () => {
  const written = new Map<string, Uint8Array>();
  const disk = memoryMachine({ 'good.yaml': GOOD, 'bad.yaml': BROKEN, 'notes/a.txt': '' }, [], written);
  const run = (...args: string[]) => {
    written.clear();
    return command(['run', ...args], disk);
  };

  it('writes a capture beside the transcript, and the same bytes for the same file', () => {
    expect(run('good.yaml', '--pcapng', 'notes/out.pcapng')).toEqual(run('good.yaml'));
    run('good.yaml', '--pcapng', 'notes/out.pcapng');
    const first = written.get('notes/out.pcapng');
    run('--pcapng', 'again.pcapng', 'good.yaml', '--json');
    expect(first?.subarray(0, 4)).toEqual(Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a));
    expect(written.get('again.pcapng')).toEqual(first);
  });

  it('writes what one host sees, and knows the hosts', () => {
    run('good.yaml', '--pcapng', 'all.pcapng', '--at', 'web');
    const seen = Buffer.from(written.get('all.pcapng') ?? []).toString();
    expect(seen).toContain('web/eth0');
    expect(seen).not.toContain('laptop/eth0');
    expect(run('good.yaml', '--pcapng', 'all.pcapng', '--at', 'wbe')).toEqual({
      exitCode: 2,
      out: '',
      err: 'fourtuple: --at: there is no host `wbe`; did you mean `web`?\n',
    });
    expect(written.size).toBe(0);
  });

  it.each([
    [['good.yaml', '--pcapng', 'nowhere/out.pcapng'], 'nowhere/out.pcapng: there is no such directory'],
    [['good.yaml', '--pcapng', 'notes'], 'notes: this is a directory; the name of a file is needed'],
    [['good.yaml', '--pcapng', 'good.yaml'], 'good.yaml: the capture would take the place of the scenario'],
    [['good.yaml', '--at', 'web'], '`--at` is about a capture: --pcapng OUT --at HOST'],
    [['good.yaml', '--pcapng'], '`--pcapng` needs a value; `fourtuple --help` tells how it is called'],
  ])('refuses %j in plain words', (args, words) => {
    expect(run(...args)).toEqual({ exitCode: 2, out: '', err: `fourtuple: ${words}\n` });
    expect(written.size).toBe(0);
  });

  it('writes nothing for a scenario that cannot be played', () => {
    expect(run('bad.yaml', '--pcapng', 'out.pcapng').exitCode).toBe(2);
    expect(written.size).toBe(0);
  });
});

describe('a file on a real disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourtuple-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { write, isSame } = nodeMachine();
  const path = (name: string) => join(folder, name);

  it('is there whole or not at all: what was there stays if it cannot be written, and nothing is left beside it', () => {
    write(path('a'), Uint8Array.of(1, 2, 3));
    write(path('a'), Uint8Array.of(4));
    expect([...readFileSync(path('a'))]).toEqual([4]);
    mkdirSync(path('folder'));
    expect(() => write(path('folder'), Uint8Array.of(5))).toThrow(/EISDIR/);
    expect(() => write(path('none/a'), Uint8Array.of(5))).toThrow(/ENOENT/);
    expect(() => write(path('a/b'), Uint8Array.of(5))).toThrow(/ENOTDIR/);
    writeFileSync(path(`b.${process.pid}.part`), ''); // in the way of the part that is written first
    writeFileSync(path('b'), 'old');
    expect(() => write(path('b'), Uint8Array.of(5))).toThrow(/EEXIST/);
    expect(readFileSync(path('b'), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['a', 'b', 'folder']);
  });

  it('that is a link stays one', () => {
    writeFileSync(path('real'), 'old');
    symlinkSync(path('real'), path('link'));
    write(path('link'), Uint8Array.of(0x6e, 0x65, 0x77));
    expect(readFileSync(path('real'), 'utf8')).toBe('new');
    expect(readlinkSync(path('link'))).toBe(path('real'));
    expect(isSame(path('link'), path('real'))).toBe(true);
    expect(isSame(path('real'), path('a'))).toBe(false);
    expect(isSame(path('real'), path('no'))).toBe(false);
  });
});
