// Every expectation of every published scenario, falsified in turn: a wrong number, text, state or rule, or the opposite
// quantifier. The check must fail, at that expectation and nowhere else. A judge that passes what it cannot judge is seen here.
import { describe, expect, it } from 'vitest';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { checkScenario } from '../../src/check/check-scenario.js';
import { command } from '../../src/cli/command.js';
import { findFiles } from '../../src/cli/files.js';
import { memoryMachine, repositoryMachine } from '../cli/memory-machine.js';

type Fact = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Wrong versions of a fact, each wrong in one place. */
function* falsifiedFacts(fact: Fact): Generator<Fact> {
  const { times, delivered, packet, dropped, error, row, sockets, port, state, by, mapping, to } = fact;
  if (typeof times === 'number') yield { ...fact, times: times + 1 };
  if (typeof times === 'string') yield { ...fact, times: '90+' };
  if (typeof delivered === 'string') yield { ...fact, delivered: `${delivered} not` };
  for (const [key, text] of Object.entries({ packet, dropped, row }))
    if (typeof text === 'string') {
      const wrong = text.replace(/:(\d+)(-\d+)?/, (_, first: string, range: string | undefined) =>
        range === undefined ? `:${Number(first) + 1}` : ':1-2',
      );
      if (wrong !== text) yield { ...fact, [key]: wrong };
    }
  if (typeof mapping === 'string') {
    const next = (text: string) => text.replace(/:(\d+)$/, (_, port: string) => `:${Number(port) + 1}`);
    yield { ...fact, mapping: next(mapping) };
    if (typeof to === 'string') yield { ...fact, to: next(to) };
  }
  if (typeof packet === 'string' && packet.endsWith('SYN'))
    yield { ...fact, packet: packet.replace(/SYN$/, 'RST') };
  if (error !== undefined) yield { ...fact, error: error === 'EPERM' ? 'EBADF' : 'EPERM' };
  if (typeof row === 'string')
    yield {
      ...fact,
      row: row.replace(/LISTEN|ESTABLISHED/, 'TIME-WAIT').replace('UNCONNECTED', 'CONNECTED'),
    };
  if (typeof sockets === 'number') yield { ...fact, sockets: sockets + 1 };
  if (port !== undefined) yield { ...fact, port: typeof port === 'number' ? port + 1 : '1-2' };
  if (state !== undefined) yield { ...fact, state: state === 'CLOSING' ? 'LAST-ACK' : 'CLOSING' };
  if (by !== undefined) yield { ...fact, by: by === 'exact' ? 'listener' : 'exact' };
}

/** Wrong versions of an expectation. */
function falsified(expectation: Fact): Fact[] {
  const { never, eventually, always, order, same, different, ...rest } = expectation;
  if (never !== undefined) return [{ ...rest, ...(never as Fact) }];
  for (const [quantifier, fact] of Object.entries({ eventually, always }))
    if (fact !== undefined) {
      const wrong = [...falsifiedFacts(fact as Fact)].map((each) => ({ ...rest, [quantifier]: each }));
      return [...wrong, { ...rest, never: fact }];
    }
  if (Array.isArray(order)) return [{ ...rest, order: order.toReversed() }];
  if (same !== undefined) return [{ ...rest, different: same }];
  if (different !== undefined) return [{ ...rest, same: different }];
  return [...falsifiedFacts(expectation)];
}

const machine = repositoryMachine();
const { files } = findFiles(machine, ['scenarios']);

it('finds the scenarios, and expectations at lines', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
  const all = files.flatMap((file) => [...expectationsIn(parseDocument(machine.read(file)).toJS(), [])]);
  expect(all.filter(({ path: [top] }) => top === 'script').length).toBeGreaterThanOrEqual(5);
});

describe.each(files)('%s', (file) => {
  const source = machine.read(file);
  const expectations = [...expectationsIn(parseDocument(source).toJS(), [])];

  it('holds as it is', () => {
    const report = checkScenario(source);
    expect(report).toMatchObject({ exitCode: 0, problems: [] });
    expect(report.earned).toBe(report.total);
  });

  const wrongs = expectations.map(({ expectation }) => falsified(expectation));

  it('has something to falsify in every expectation', () => {
    expect(wrongs.every((each) => each.length > 0)).toBe(true);
  });

  // One run a round: the first wrong version of every expectation at once, then the second of those that have two, …
  const rounds = Array.from({ length: Math.max(...wrongs.map((each) => each.length)) }, (_, round) =>
    wrongs.flatMap((each, index) => {
      const wrong = each[round];
      const path = expectations[index]?.path;
      return wrong === undefined || path === undefined ? [] : [{ path, wrong }];
    }),
  );

  it.each(rounds.map((falsehoods, round) => ({ round, falsehoods })))(
    'fails at every falsified expectation and nowhere else, round $round',
    ({ falsehoods }) => {
      const document = parseDocument(source);
      for (const { path, wrong } of falsehoods)
        document.setIn(path, document.createNode(wrong, { flow: true }));
      const text = document.toString({ lineWidth: 0 });
      const { exitCode, out, err } = command(['check', 'it.yaml'], memoryMachine({ 'it.yaml': text }));
      expect(err).toBe('');
      expect(exitCode).toBe(1);
      expect(out.match(/^it\.yaml:.*✗/gm)?.sort()).toEqual(
        falsehoods.map(({ path }) => `it.yaml:${placeOf(text, path)} ✗`).sort(),
      );
      for (const told of out.split(/^(?=it\.yaml:)/m).slice(1)) {
        expect(told).toMatch(/^ {2}expected \S.*\n {2}got {6}\S/m);
        expect(told).toMatch(/^ {2}open {5}http:\/\/127\.0\.0\.1:5173\/#\/s\/it\?t=\d+$/m);
      }
    },
  );
});

/** Those at the end, and those at a line, also at one inside of another. */
function* expectationsIn(node: unknown, path: Path): Generator<{ path: Path; expectation: Fact }> {
  if (typeof node !== 'object' || node === null) return;
  for (const [name, child] of Object.entries(node)) {
    const key = Array.isArray(node) ? Number(name) : name;
    if (key !== 'expect') yield* expectationsIn(child, [...path, key]);
    else if (Array.isArray(child))
      yield* child.map((expectation, index) => ({ path: [...path, key, index], expectation }));
    else yield { path: [...path, key], expectation: child };
  }
}

/** line:column of an expectation, as the YAML package tells it. */
function placeOf(text: string, path: Path): string {
  const counter = new LineCounter();
  const node = parseDocument(text, { lineCounter: counter }).getIn(path, true);
  const { line, col } = counter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return `${line}:${col}`;
}
