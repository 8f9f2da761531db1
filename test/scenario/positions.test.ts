// Where in the text a part of the scenario stands: asked by path, for a key and for its value.
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { Positions } from '../../src/scenario/text/positions.js';

const SOURCE = `# a comment
fourtuple: 1
title: "Test"
hosts:
  web: { ip: [10.0.0.80, 10.0.0.81], runs: nginx }
script:
  - nginx:
      serve: http
    say: >
      Folded
      text.
  - { nginx: { stop: http } }
expect:
  - { sockets: 1, in: web }
  - never: { error: ECONNRESET, to: nginx }
empty:
`;
const { positions } = parseScenario(SOURCE);
const at = (path: (string | number)[], key = false) => {
  const { line, column } = positions.of(path, { key });
  return `${line}:${column}`;
};

describe('a position', () => {
  it.each([
    [[], '2:1'],
    [['fourtuple'], '2:12'],
    [['title'], '3:8'],
    [['hosts'], '5:3'],
    [['hosts', 'web'], '5:8'],
    [['hosts', 'web', 'ip', 1], '5:26'],
    [['script', 0], '7:5'],
    [['script', 0, 'nginx', 'serve'], '8:14'],
    [['script', 0, 'say'], '9:10'],
    [['script', 1, 'nginx'], '12:14'],
    [['expect', 1], '15:5'],
    [['expect', 1, 'never', 'error'], '15:21'],
  ])('of the value at %j is %s', (path, position) => {
    expect(at(path)).toBe(position);
  });

  it.each([
    [['hosts'], '4:1'],
    [['hosts', 'web'], '5:3'],
    [['hosts', 'web', 'ip'], '5:10'],
    [['script', 0, 'nginx', 'serve'], '8:7'],
    [['script', 1, 'nginx'], '12:7'],
    [['expect', 1, 'never'], '15:5'],
  ])('of the key at %j is %s', (path, position) => {
    expect(at(path, true)).toBe(position);
  });

  it('of a list item is that of its value, since it has no key', () => {
    expect(at(['expect', 0], true)).toBe(at(['expect', 0]));
  });

  it('of a value that is left out is that of its key', () => {
    expect(at(['empty'])).toBe('16:1');
  });

  it('of what is not there is that of the innermost part that is', () => {
    expect(at(['hosts', 'web', 'runs', 'nginx', 'pid'])).toBe(at(['hosts', 'web', 'runs']));
    expect(at(['hosts', 'web', 'net'], true)).toBe(at(['hosts', 'web']));
    expect(at(['nowhere', 5])).toBe('2:1');
  });

  it('counts UTF-16 units, as editors do, and lines by their ends', () => {
    const text = new Positions('●x\r\n\n😀y');
    expect(text.at(1)).toEqual({ line: 1, column: 2 });
    expect(text.at(4)).toEqual({ line: 2, column: 1 });
    expect(text.at(7)).toEqual({ line: 3, column: 3 });
    expect(new Positions('').of(['a'])).toEqual({ line: 1, column: 1 });
  });

  it('of a misspelt key is found under the right one', () => {
    const source = SOURCE.replace('hosts:', 'hots:').replace('runs: nginx', 'rnus: nginx');
    const repaired = parseScenario(source).positions;
    expect(repaired.of(['hosts', 'web', 'runs'])).toEqual(positions.of(['hosts', 'web', 'runs']));
  });
});
