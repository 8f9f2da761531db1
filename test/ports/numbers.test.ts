import { describe, expect, test } from 'vitest';
import { isPort, rangeOf } from '../../src/ports/ranges.js';
import { SERVICES, serviceByName, serviceName } from '../../src/ports/services.js';

describe('the three ranges, RFC 6335 §6', () => {
  test.each([
    [0, 'reserved'],
    [1, 'system'],
    [80, 'system'],
    [1023, 'system'],
    [1024, 'user'],
    [8080, 'user'],
    [49151, 'user'],
    [49152, 'dynamic'],
    [65535, 'dynamic'],
  ])('%i is %s', (port, range) => {
    expect(rangeOf(port)).toBe(range);
  });

  test.each([
    [0, true],
    [65535, true],
    [65536, false],
    [-1, false],
    [80.5, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('%d is a port: %s', (value, wanted) => {
    expect(isPort(value)).toBe(wanted);
  });
});

describe('services', () => {
  // IANA's registry; a number is assigned for each transport by itself.
  test.each([
    ['ftp', 'tcp', 21],
    ['ssh', 'tcp', 22],
    ['telnet', 'tcp', 23],
    ['smtp', 'tcp', 25],
    ['dns', 'udp', 53],
    ['dns', 'tcp', 53],
    ['http', 'tcp', 80],
    ['pop3', 'tcp', 110],
    ['nntp', 'tcp', 119],
    ['ntp', 'udp', 123],
    ['imap', 'tcp', 143],
    ['irc', 'tcp', 194],
    ['https', 'tcp', 443],
  ] as const)('%s is %s %i', (name, protocol, port) => {
    expect(serviceByName(name)?.ports).toContainEqual({ protocol, port });
    expect(serviceName(protocol, port)).toBe(name);
  });

  test('no number has two names, and every number is a port of the system range', () => {
    const all = SERVICES.flatMap(({ ports }) => ports.map(({ protocol, port }) => `${protocol} ${port}`));
    expect(new Set(all).size).toBe(all.length);
    expect(SERVICES.every(({ ports }) => ports.every(({ port }) => rangeOf(port) === 'system'))).toBe(true);
    expect(new Set(SERVICES.map(({ name }) => name)).size).toBe(SERVICES.length);
  });

  test('what nobody knows has no name', () => {
    expect(serviceByName('gopher+')).toBeUndefined();
    expect(serviceName('udp', 80)).toBeUndefined();
    expect(serviceName('tcp', 4711)).toBeUndefined();
  });
});
