// What the driver and the checker read: lines, facts, hosts and questions with every short form written out, and
// parameters filled in.
import { describe, expect, it } from 'vitest';
import { InvariantViolation } from '../../src/base/invariant.js';
import { fillIn, unescapeDollars } from '../../src/scenario/atoms/params.js';
import { readFact } from '../../src/scenario/schema/fact-values.js';
import { hostOf } from '../../src/scenario/schema/host-entry.js';
import { readLine } from '../../src/scenario/schema/lines.js';
import { listOf, questionOf } from '../../src/scenario/schema/short-forms.js';

describe('a line', () => {
  it('is an act of somebody', () => {
    const act = { connect: 'web:80', as: '●' };
    expect(readLine({ say: 'Go.', 'laptop/firefox': act })).toEqual({
      kind: 'act',
      key: 'laptop/firefox',
      actor: { host: 'laptop', name: 'firefox' },
      verb: 'connect',
      act,
    });
  });

  it('is a word of the language', () => {
    expect(readLine({ wait: '60s' })).toEqual({ kind: 'wait', wait: '60s' });
    expect(readLine({ together: [{ say: 'a' }] })).toEqual({ kind: 'together', steps: [{ say: 'a' }] });
    expect(readLine({ repeat: 3, steps: [{ say: 'a' }] })).toEqual({
      kind: 'repeat',
      times: 3,
      steps: [{ say: 'a' }],
    });
    expect(readLine({ use: 'hello' })).toEqual({ kind: 'use', fragment: 'hello' });
    expect(readLine({ phase: 'One', say: 'a' })).toEqual({ kind: 'words' });
  });

  it('that was never validated is our mistake', () => {
    expect(() => readLine({ nginx: { as: '●' } })).toThrow(InvariantViolation);
  });
});

describe('a fact', () => {
  it('happens at least once unless said', () => {
    expect(readFact({ delivered: 'GET /', to: 'nginx' })).toEqual({
      kind: 'delivered',
      text: 'GET /',
      to: { kind: 'name', name: { name: 'nginx' } },
      from: undefined,
      by: undefined,
      times: { least: 1, most: undefined },
    });
  });

  it('keeps its atoms as values', () => {
    expect(readFact({ packet: 'tcp * > web:80 SYN', where: 'web', with: 'x', times: 2 })).toMatchObject({
      packet: { protocol: 'tcp', flag: 'SYN', destination: { ports: { kind: 'number', port: 80 } } },
      where: { name: 'web' },
      text: 'x',
      times: { least: 2, most: 2 },
    });
    expect(readFact({ port: '50000-50007', of: '●' })).toMatchObject({ port: { first: 50000, last: 50007 } });
    expect(readFact({ port: 80, of: '●@nginx' })).toMatchObject({ port: { first: 80, last: 80 } });
    expect(readFact({ port: 'ephemeral', of: 'peer(●)' })).toMatchObject({
      port: 'ephemeral',
      of: { kind: 'endpoint' },
    });
    expect(readFact({ sockets: '2+', in: 'web' })).toMatchObject({
      count: { least: 2 },
      host: { name: 'web' },
      of: undefined,
    });
    expect(readFact({ mapping: 'tcp a:1', in: 'r', to: 'r:2' })).toMatchObject({
      router: { name: 'r' },
      outside: { kind: 'place' },
    });
    expect(readFact({ same: ['port(●)', 443] })).toMatchObject({
      values: [{ kind: 'endpoint' }, { kind: 'endpoint' }],
    });
    expect(readFact({ row: 'tcp LISTEN *:80 *:*', in: 'web' })).toMatchObject({ row: { state: 'LISTEN' } });
    expect(readFact({ dropped: 'tcp * > *', why: 'firewall' })).toMatchObject({
      kind: 'dropped',
      why: 'firewall',
    });
    expect(readFact({ error: 'ECONNRESET', to: 'nginx' })).toMatchObject({ errno: 'ECONNRESET' });
    expect(readFact({ state: 'CLOSED', of: 80 })).toMatchObject({ state: 'CLOSED', of: { kind: 'socket' } });
  });

  it('that was never validated is our mistake', () => {
    expect(() => readFact({ to: 'nginx' })).toThrow(InvariantViolation);
    expect(() => readFact({ state: 'CLOSED' })).toThrow(InvariantViolation);
  });
});

describe('a host', () => {
  const process = (name: string, user = 'root', pid?: number) => ({ name, user, pid });

  it('may be no more than an address', () => {
    expect(hostOf('10.0.0.9')).toMatchObject({
      addresses: ['10.0.0.9'],
      networks: [],
      processes: [],
    });
    expect(hostOf({ ip: 'none' }).addresses).toEqual([]);
  });

  it('runs its processes as root unless said', () => {
    const runs = (spec: Parameters<typeof hostOf>[0]) => hostOf(spec).processes;
    expect(runs({ ip: 'none', runs: 'nginx' })).toEqual([process('nginx')]);
    expect(runs({ ip: 'none', runs: ['a', 'b'] })).toEqual([process('a'), process('b')]);
    expect(runs({ ip: 'none', runs: { a: 'ana', b: null, c: { pid: 7 }, d: { user: 'ben' } } })).toEqual([
      process('a', 'ana'),
      process('b'),
      process('c', 'root', 7),
      process('d', 'ben'),
    ]);
  });
});

describe('a parameter', () => {
  const params = new Map<string, string | number>([
    ['door', 443],
    ['name', 'web'],
  ]);

  it('is filled in anywhere, in keys too, and stays a number where it stands alone', () => {
    const tree = { listen: '$door', to: ['$name:$door', 5, null], c$door: 'c$n' };
    expect(fillIn(tree, params)).toEqual({ listen: 443, to: ['web:443', 5, null], c443: 'c$n' });
    expect(tree.listen).toBe('$door');
  });

  it('leaves a doubled dollar for the last', () => {
    expect(fillIn('$$door costs $door', params)).toBe('$$door costs 443');
    expect(unescapeDollars({ say: '$$door costs 5 $$' })).toEqual({ say: '$door costs 5 $' });
    expect(fillIn('$$$door', params)).toBe('$$443');
  });
});

describe('a short form', () => {
  it('of a question is its kind, of a list its only item', () => {
    expect(questionOf('socket')).toEqual({ which: 'socket' });
    expect(questionOf({ which: 'port', of: '●' })).toEqual({ which: 'port', of: '●' });
    expect([listOf(undefined), listOf('a'), listOf(['a', 'b'])]).toEqual([[], ['a'], ['a', 'b']]);
  });
});
