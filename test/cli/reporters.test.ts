// The reports of `check` as other programs read them: JUnit's XML by xmllint against Jenkins' schema, TAP by npm's tap-parser,
// JSON by ajv against the schema that we publish. And each of these judges is seen to refuse.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type FinalResults, Parser, type Result } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { checkScenario } from '../../src/check/check-scenario.js';
import { command } from '../../src/cli/command.js';
import { findFiles, idOf } from '../../src/cli/files.js';
import { paintFor } from '../../src/cli/paint.js';
import type { Checked } from '../../src/cli/reporters/checked.js';
import { type ReportDocument, reportJsonSchema } from '../../src/cli/reporters/report-document.js';
import { isReporter, REPORTERS, type ReporterName } from '../../src/cli/reporters/reporters.js';
import { stateOf } from '../../src/cli/watch.js';
import { controlCharacters } from './control-characters.js';
import { memoryMachine, repositoryMachine } from './memory-machine.js';

const GOOD = `fourtuple: 1
title: One call
hosts: { laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] }, web: { ip: 10.0.0.80, runs: nginx } }
script:
  - nginx: { serve: http }
  - firefox: { connect: web:80, as: ● }
expect:
  - { delivered: SYN, to: nginx, times: 1, points: 2.5 }
`;
/** What a form might trip over: its own signs, a line end, a control character, half a character. */
const NASTY = String.raw`"<&'> # \\ ]]> ok 1 - \n --- \u0007 \ud800 \ufffe"`;
const FILES = {
  'in/good.yaml': GOOD,
  'in/failing.yaml': GOOD.replace('times: 1', `times: 2, name: ${NASTY}, else: ${NASTY}`).replace(
    'One call',
    NASTY,
  ),
  'in/call.yaml': GOOD.replace('web:80, as', 'web:81, gives: ETIMEDOUT, as'),
  'in/broken.yaml': GOOD.replace('serve: http', 'serv: "<http>"'),
  'in/empty.yaml': '',
};
const machine = memoryMachine(FILES);
const PATHS = ['in', 'missing.yaml'];
const repository = repositoryMachine();
const LIBRARY = findFiles(repository, ['scenarios']).files.map((file): Checked => {
  const report = checkScenario(repository.read(file), { id: idOf(file) });
  return { file, id: idOf(file), exitCode: report.exitCode, report };
});

function reportOf(reporter: ReporterName, paths: readonly string[] = PATHS, from = machine): string {
  const { out } = command(['check', ...paths, '--reporter', reporter], from);
  return out;
}

/** What xmllint has against it. */
async function faultsOf(xml: string): Promise<readonly string[]> {
  const schema = readFileSync(new URL('data/junit-10.xsd', import.meta.url), 'utf8');
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}

describe('JUnit', () => {
  it('is valid by the schema of Jenkins, for the whole library and for everything that can go wrong', async () => {
    const library = REPORTERS.junit(LIBRARY);
    expect(library.match(/<testsuite /g)?.length).toBeGreaterThanOrEqual(28);
    expect(await faultsOf(library)).toEqual([]);
    expect(await faultsOf(reportOf('junit'))).toEqual([]);
  });

  it('a report that is wrong is refused', async () => {
    const xml = reportOf('junit');
    expect(await faultsOf(xml.replace(/ tests="\d+"/g, ''))).not.toEqual([]);
    expect(await faultsOf(xml.replace('&lt;', '<'))).not.toEqual([]);
    expect(await faultsOf(xml.replace('<failure', '<failed'))).not.toEqual([]);
  });

  it('counts failures and errors, and says both sides of a failure', () => {
    const xml = reportOf('junit');
    expect(xml).toMatch(/^<testsuites name="fourtuple" tests="12" failures="3" errors="3">$/m);
    expect(xml).toContain('<testcase name="delivered SYN to nginx, once" classname="good"/>');
    expect(xml).toContain(
      '<failure type="call" message="expected firefox connect web:81 gives ETIMEDOUT; got ECONNREFUSED">',
    );
    expect(xml).toMatch(/<error type="unknown-key" message="`serv` is not a key here/);
    expect(xml).toContain('<error type="unreadable" message="there is no such file">');
    expect(xml).not.toMatch(/ time=| timestamp=/);
  });
});

describe('TAP', () => {
  const parse = (text: string) => {
    const results: Result[] = [];
    const parser = new Parser({ strict: true });
    const gather = (from: Parser) => {
      from.on('child', gather);
      from.on('assert', (result: Result) => results.push(result));
    };
    gather(parser);
    let final: FinalResults | undefined;
    parser.on('complete', (whole: FinalResults) => {
      final = whole;
    });
    parser.end(text);
    return { results, final };
  };

  it('is read by the parser in its strict mode, every point of it', () => {
    const { results, final } = parse(reportOf('tap'));
    expect(final).toMatchObject({ ok: false, count: 6, pass: 1, fail: 5, skip: 0, todo: 0 });
    expect(final?.failures.flatMap(({ tapError }) => tapError ?? [])).toEqual([]);
    expect(results).toHaveLength(6 + 9);
    const wrong = results.find(({ diag }) => diag?.at?.startsWith('in/failing.yaml'));
    expect(wrong).toMatchObject({
      ok: false,
      name: `${String.raw`<&'> # \ ]]> ok 1 - --- \u0007 \ud800`} \ufffe`,
      diag: { at: 'in/failing.yaml:8:5', open: 'http://127.0.0.1:5173/#/s/failing?t=3', points: 2.5 },
    });
    expect(wrong?.diag.expected).toBe('SYN → nginx, twice');
    const problems = results.flatMap(({ diag }) => (diag?.problems as string[] | undefined) ?? []);
    expect(problems[0]).toBe('missing.yaml:1:1 unreadable there is no such file');
    expect(problems[1]).toMatch(/^in\/broken\.yaml:5:14 unknown-key .*; did you mean `serve`\?$/);
  });

  it('is fine where the library is', () => {
    const { final } = parse(REPORTERS.tap(LIBRARY));
    expect(final).toMatchObject({ ok: true, fail: 0 });
    expect(final?.count).toBeGreaterThanOrEqual(28);
  });

  it('text that is none is refused', () => {
    const text = reportOf('tap', ['in/good.yaml']);
    expect(parse(text).final).toMatchObject({ ok: true });
    expect(parse(text.replace('1..1\n', '1..2\n')).final).toMatchObject({ ok: false });
    expect(parse(`${text}and more\n`).final).toMatchObject({ ok: false });
  });
});

describe('JSON', () => {
  const isReport = new Ajv({ strict: true }).compile(reportJsonSchema());

  it('fits the schema that we publish, and holds what the other forms say', () => {
    const report = JSON.parse(reportOf('json')) as ReportDocument;
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    expect(report).toMatchObject({ format: 1, exitCode: 2, earned: 2.5, total: 7.5 });
    expect(report.scenarios.map(({ file, exitCode }) => [file, exitCode])).toEqual([
      ['missing.yaml', 2],
      ['in/broken.yaml', 2],
      ['in/call.yaml', 1],
      ['in/empty.yaml', 2],
      ['in/failing.yaml', 1],
      ['in/good.yaml', 0],
    ]);
    const [verdict] = report.scenarios.at(-2)?.verdicts.filter(({ passed }) => !passed) ?? [];
    expect(verdict).toMatchObject({
      about: 'run',
      line: 8,
      column: 5,
      path: ['expect', 0],
      failure: { step: 3, link: 'http://127.0.0.1:5173/#/s/failing?t=3' },
    });
    const library: unknown = JSON.parse(REPORTERS.json(LIBRARY));
    expect(isReport(library), JSON.stringify(isReport.errors)).toBe(true);
  });

  it('a report that is wrong is refused', () => {
    const report = JSON.parse(reportOf('json')) as ReportDocument;
    expect(isReport({ ...report, format: 2 })).toBe(false);
    expect(isReport({ ...report, more: 1 })).toBe(false);
    expect(isReport({ ...report, scenarios: [{}] })).toBe(false);
  });
});

describe.each(Object.keys(REPORTERS).filter(isReporter))('%s', (reporter) => {
  it('gives the same bytes for the same files', () => {
    expect(reportOf(reporter)).toBe(reportOf(reporter, PATHS, memoryMachine(FILES)));
  });

  it('has colours at most where people read, and no control character of a scenario anywhere', () => {
    const colourful = { ...machine, hasColours: true };
    const plain = reportOf(reporter);
    expect(controlCharacters(plain)).toEqual([]);
    expect(reportOf(reporter, PATHS, colourful) === plain).toBe(reporter !== 'pretty');
    expect(paintFor(true).bad('x')).not.toBe('x');
  });
});

describe('--output', () => {
  it('puts the report into a file, plain, and what people read on the terminal', () => {
    const written = new Map<string, Uint8Array>();
    const disk = { ...memoryMachine(FILES, ['out'], written), hasColours: true };
    const told = command(['check', 'in', '--reporter', 'junit', '--output', 'out/junit.xml'], disk);
    expect(told).toEqual(command(['check', 'in'], disk));
    expect(Buffer.from(written.get('out/junit.xml') ?? []).toString()).toBe(reportOf('junit', ['in']));
    command(['check', 'in', '--output', 'out/report.txt'], disk);
    expect(Buffer.from(written.get('out/report.txt') ?? []).toString()).toBe(reportOf('pretty', ['in']));
  });

  it.each([
    [['--output', 'no/junit.xml'], 'no/junit.xml: there is no such directory'],
    [['--output', 'in/good.yaml'], 'in/good.yaml: the report would take the place of a scenario'],
    [['--reporter', 'xml'], 'there is no reporter `xml`; there are pretty, json, junit, tap'],
    [['--shard', '3'], '`--shard` is a part and how many there are: 1/4, not `3`'],
    [['--shard', '3/2'], '`--shard 3/2`: parts go from 1/2 to 2/2'],
    [['--shard', '0/2'], '`--shard 0/2`: parts go from 1/2 to 2/2'],
  ])('refuses %j in plain words', (args, words) => {
    const written = new Map<string, Uint8Array>();
    const { exitCode, err } = command(['check', 'in', ...args], memoryMachine(FILES, [], written));
    expect(exitCode).toBe(2);
    expect(err).toContain(`fourtuple: ${words}\n`);
    expect(written.size).toBe(0);
  });
});

describe('--shard', () => {
  const many = memoryMachine(
    Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`all/${index + 100}.yaml`, GOOD])),
  );
  const filesOf = (...args: string[]) => {
    const { out } = command(['check', 'all', '--reporter', 'json', ...args], many);
    return (JSON.parse(out) as ReportDocument).scenarios.map(({ file }) => file);
  };

  it.each([1, 2, 3, 7, 23, 30])('%i parts check every file exactly once, in about equal parts', (parts) => {
    const shares = Array.from({ length: parts }, (_, part) => filesOf('--shard', `${part + 1}/${parts}`));
    expect(shares.flat().sort()).toEqual(filesOf());
    const sizes = shares.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('tells a path that leads nowhere in each part', () => {
    const { exitCode, err } = command(['check', 'all', 'none', '--shard', '2/2'], many);
    expect([exitCode, err]).toEqual([2, 'fourtuple: none: there is no such file\n']);
  });
});

it('progress names each file in turn, and ends', () => {
  const told: string[] = [];
  const progress = (done: number, total: number, next: string) => told.push(`${done}/${total} ${next}`);
  command(['check', 'in/good.yaml', 'in/call.yaml'], { ...machine, progress });
  expect(told).toEqual(['0/2 in/good.yaml', '1/2 in/call.yaml', '2/2 ']);
});

describe('--watch', () => {
  it('names what is to be looked at, and sees a file that changes, comes or goes', () => {
    expect(command(['check', 'in', '--watch'], machine).watches).toEqual(['in']);
    expect(command(['check', 'in'], machine).watches).toBeUndefined();
    const state = (files: Record<string, string>) => stateOf(memoryMachine(files), ['in']);
    const { 'in/good.yaml': good, ...others } = FILES;
    expect(state(FILES)).toBe(state({ ...FILES }));
    expect(state({ ...FILES, 'in/good.yaml': `${good}#` })).not.toBe(state(FILES));
    expect(state({ ...FILES, 'in/new.yaml': good })).not.toBe(state(FILES));
    expect(state(others)).not.toBe(state(FILES));
    expect(state({})).not.toBe(state(FILES));
  });
});
