// The notation of endpoints, packets, rows, counts and times: what each text means, and which code a wrong one gives.
import { describe, expect, it } from 'vitest';
import { InvariantViolation } from '../../src/base/invariant.js';
import {
  parseComparable,
  parseEndpoint,
  parseParty,
  parseSocketOrEndpoint,
  parseSocketRef,
} from '../../src/scenario/atoms/endpoints.js';
import {
  isParam,
  labelStem,
  parseActor,
  parseLabel,
  parseLabelRef,
  parseName,
} from '../../src/scenario/atoms/names.js';
import { parsePacketPattern } from '../../src/scenario/atoms/packets.js';
import { parseForward, parseHostAddress, parseService, parseUrl } from '../../src/scenario/atoms/places.js';
import {
  isWithin,
  parseCount,
  parsePercent,
  parsePort,
  parsePortRange,
  parseTime,
} from '../../src/scenario/atoms/quantities.js';
import { parseRow } from '../../src/scenario/atoms/rows.js';
import { accepted, bad, didYouMean, good, type Parsed, show } from '../../src/scenario/text/parsed.js';

type Parse = (value: unknown) => Parsed<unknown>;
const codeOf = (parsed: Parsed<unknown>) => (parsed.ok ? 'ok' : parsed.flaw.code);
/** A table: each text with its value, or with the code of its flaw. */
function table(
  parse: Parse,
  values: readonly (readonly [unknown, unknown])[],
  flaws: readonly (readonly [unknown, string])[],
) {
  it.each(values)('reads %j', (text, value) => {
    expect(parse(text)).toEqual({ ok: true, value });
  });
  it.each(flaws)('refuses %j', (text, code) => {
    expect(codeOf(parse(text))).toBe(code);
  });
  // Whatever stands there, a parser answers: authors write maps, lists and nothing where an atom belongs.
  it.each([[null], [undefined], [true], [{}], [[]], [Number.NaN], [''], ['\n'], ['￿']])(
    'answers for %j',
    (value) => {
      expect(codeOf(parse(value))).not.toBe('ok');
    },
  );
}

const ANY = { kind: 'any' };
const named = (name: string) => ({ kind: 'name', name });
const number = (port: number) => ({ kind: 'number', port });
const at = (place: object, port: object, protocol?: string) => ({
  kind: 'place',
  ...(protocol ? { protocol } : {}),
  place,
  port,
});

describe('an endpoint', () => {
  table(
    parseEndpoint,
    [
      [80, at(ANY, number(80))],
      ['80', at(ANY, number(80))],
      ['0', at(ANY, number(0))],
      ['web:80', at(named('web'), number(80))],
      ['any:80', at(ANY, number(80))],
      ['*:80', at(ANY, number(80))],
      ['udp dns:53', at(named('dns'), number(53), 'udp')],
      ['udp 53', at(ANY, number(53), 'udp')],
      ['10.0.0.1:0', at({ kind: 'address', address: '10.0.0.1' }, number(0))],
      ['[2001:DB8::80]:80', at({ kind: 'address', address: '2001:db8::80' }, number(80))],
      ['udp6 [::]:5353', at({ kind: 'address', address: '::' }, number(5353), 'udp6')],
      ['udp broadcast:67', at({ kind: 'broadcast' }, number(67), 'udp')],
      ['localhost:8080', at({ kind: 'localhost' }, number(8080))],
      ['laptop:port(door)', at(named('laptop'), { kind: 'of', socket: { label: 'door' } })],
      ['port(●)', at(ANY, { kind: 'of', socket: { label: '●' } })],
      ['api:$door', at(named('api'), { kind: 'param', name: 'door' })],
      ['$door', at(ANY, { kind: 'param', name: 'door' })],
      ['local(door)', { kind: 'local', socket: { label: 'door' } }],
      ['peer(▲@web/nginx)', { kind: 'peer', socket: { label: '▲', at: { host: 'web', name: 'nginx' } } }],
      ['constructor:80', at(named('constructor'), number(80))],
      ['größe:80', at(named('größe'), number(80))],
    ],
    [
      ['web', 'bad-endpoint'],
      ['web:http', 'bad-endpoint'],
      ['web:', 'bad-endpoint'],
      [':80', 'ok'],
      ['web 80', 'bad-endpoint'],
      ['2web:80', 'bad-endpoint'],
      ['icmp web:80', 'bad-endpoint'],
      ['web:80:80', 'bad-address'],
      ['web:65536', 'port-range'],
      [70000, 'port-range'],
      [-1, 'bad-endpoint'],
      [80.5, 'bad-endpoint'],
      ['10.0.0.256:80', 'bad-address'],
      ['1.2.3:80', 'bad-address'],
      ['[2001:db8:::1]:80', 'bad-address'],
      ['2001:db8::1:80', 'bad-address'],
      ['web:port(2nd)', 'bad-label'],
      ['local()', 'bad-label'],
      ['peer(●@)', 'bad-name'],
    ].filter(([text]) => text !== ':80') as [unknown, string][],
  );

  it('takes :80 for every local address', () => {
    expect(parseEndpoint(':80')).toEqual({ ok: true, value: at(ANY, number(80)) });
  });

  it('says what is missing, and what was probably meant', () => {
    expect(parseEndpoint('web')).toMatchObject({ flaw: { hint: 'a port is missing: `web:80`' } });
    expect(parseEndpoint(80000)).toMatchObject({ flaw: { hint: expect.stringContaining('`8000`') } });
    expect(parseEndpoint('2001:db8::1:80')).toMatchObject({
      flaw: { hint: expect.stringContaining('brackets') },
    });
  });
});

describe('a socket', () => {
  table(
    parseSocketRef,
    [
      ['●', { kind: 'label', label: '●' }],
      ['control', { kind: 'label', label: 'control' }],
      ['c$n', { kind: 'label', label: 'c$n' }],
      ['●@nginx', { kind: 'label', label: '●', at: { name: 'nginx' } }],
      ['data@web/ftpd', { kind: 'label', label: 'data', at: { host: 'web', name: 'ftpd' } }],
      [80, { kind: 'port', port: number(80) }],
      ['80', { kind: 'port', port: number(80) }],
      ['udp 53', { kind: 'port', protocol: 'udp', port: number(53) }],
      ['tcp web:80', { kind: 'port', protocol: 'tcp', place: named('web'), port: number(80) }],
      ['tcp $door', { kind: 'port', protocol: 'tcp', port: { kind: 'param', name: 'door' } }],
    ],
    [
      ['● of nginx', 'bad-socket'],
      ['●●', 'bad-socket'],
      ['web:80', 'bad-socket'],
      ['●@a@b', 'bad-socket'],
      ['udp web', 'bad-socket'],
      ['udp 66000', 'port-range'],
    ],
  );

  it('may be told by an endpoint where either will do', () => {
    expect(parseSocketOrEndpoint('peer(●)')).toMatchObject({ value: { kind: 'endpoint' } });
    expect(parseSocketOrEndpoint('web:80')).toMatchObject({ value: { kind: 'endpoint' } });
    expect(parseSocketOrEndpoint('80')).toMatchObject({ value: { kind: 'socket' } });
    expect(codeOf(parseSocketOrEndpoint('web:66000'))).toBe('port-range');
    expect(codeOf(parseSocketOrEndpoint('a b'))).toBe('bad-socket');
  });

  it('is a number to compare where values are compared', () => {
    expect(parseComparable(443)).toMatchObject({
      value: { kind: 'endpoint', endpoint: { port: number(443) } },
    });
    expect(parseComparable('port(●)')).toMatchObject({ value: { endpoint: { port: { kind: 'of' } } } });
    expect(parseComparable('●@nginx')).toMatchObject({ value: { kind: 'socket' } });
  });

  it('may be a process, a socket or an endpoint where somebody is meant', () => {
    expect(parseParty('nginx')).toEqual(good({ kind: 'name', name: { name: 'nginx' } }));
    expect(parseParty('web/nginx')).toEqual(good({ kind: 'name', name: { host: 'web', name: 'nginx' } }));
    expect(parseParty('●')).toMatchObject({ value: { kind: 'socket' } });
    expect(parseParty('web:80')).toMatchObject({ value: { kind: 'endpoint' } });
  });
});

const side = (place: object, ports: object = { kind: 'any' }) => ({ place, ports });

describe('a packet', () => {
  table(
    parsePacketPattern,
    [
      [
        'tcp laptop:51004 > web:80 SYN',
        {
          protocol: 'tcp',
          source: side(named('laptop'), number(51004)),
          destination: side(named('web'), number(80)),
          flag: 'SYN',
        },
      ],
      ['tcp * > *', { protocol: 'tcp', source: side(ANY), destination: side(ANY) }],
      [
        'udp dns:53 > laptop:ephemeral',
        {
          protocol: 'udp',
          source: side(named('dns'), number(53)),
          destination: side(named('laptop'), { kind: 'ephemeral' }),
        },
      ],
      [
        'tcp *:20 > any:32768-60999 SYN-ACK',
        {
          protocol: 'tcp',
          source: side(ANY, number(20)),
          destination: side(ANY, { kind: 'range', first: 32768, last: 60999 }),
          flag: 'SYN-ACK',
        },
      ],
      [
        'tcp [2001:db8::1]:* > web:port(●) DATA',
        {
          protocol: 'tcp',
          source: side({ kind: 'address', address: '2001:db8::1' }),
          destination: side(named('web'), { kind: 'of', socket: { label: '●' } }),
          flag: 'DATA',
        },
      ],
      [
        'icmp web > laptop port-unreachable',
        {
          protocol: 'icmp',
          source: side(named('web')),
          destination: side(named('laptop')),
          message: 'port-unreachable',
        },
      ],
      ['icmp * > *', { protocol: 'icmp', source: side(ANY), destination: side(ANY) }],
    ],
    [
      ['tcp laptop:* > web:80 SNY', 'bad-packet'],
      ['tcp laptop:* -> web:80 SYN', 'bad-packet'],
      ['tcp laptop:*  > web:80', 'bad-packet'],
      ['laptop:* > web:80', 'bad-packet'],
      ['sctp * > *', 'bad-packet'],
      ['udp * > web:53 SYN', 'bad-packet'],
      ['icmp web:80 > *', 'bad-packet'],
      ['icmp web > * unreachable', 'bad-packet'],
      ['tcp web:http > *', 'bad-packet'],
      ['tcp * > 2web', 'bad-packet'],
      ['tcp * > web:65536', 'port-range'],
      ['tcp * > web:50-40', 'bad-range'],
      ['tcp * > 10.0.0.256:80', 'bad-address'],
    ],
  );

  it('says which word is wrong', () => {
    expect(parsePacketPattern('tcp * > web:80 SNY')).toMatchObject({ flaw: { hint: 'did you mean `SYN`?' } });
    expect(parsePacketPattern('tcp * > web:80 SYN_ACK')).toMatchObject({
      flaw: { hint: 'did you mean `SYN-ACK`?' },
    });
    expect(parsePacketPattern('tcp * → web:80')).toMatchObject({
      flaw: { hint: expect.stringContaining('arrow') },
    });
  });
});

describe('a row', () => {
  const star = { place: ANY, port: { kind: 'any' } };
  table(
    parseRow,
    [
      [
        'tcp LISTEN *:80 *:* nginx',
        {
          protocol: 'tcp',
          state: 'LISTEN',
          local: { place: ANY, port: number(80) },
          remote: star,
          process: 'nginx',
        },
      ],
      ['udp * * *', { protocol: 'udp', state: '*', local: star, remote: star, process: undefined }],
      [
        'tcp6 ESTABLISHED [::1]:80 laptop:51004 *',
        {
          protocol: 'tcp6',
          state: 'ESTABLISHED',
          local: { place: { kind: 'address', address: '::1' }, port: number(80) },
          remote: { place: named('laptop'), port: number(51004) },
          process: undefined,
        },
      ],
    ],
    [
      ['tcp LISTEN *:80 nginx', 'bad-row'],
      ['tcp LISTEN *:80 *:* nginx 4242', 'bad-row'],
      ['tcp TIME_WAIT *:80 *:*', 'bad-row'],
      ['udp LISTEN *:80 *:*', 'bad-row'],
      ['tcp CONNECTED *:80 *:*', 'bad-row'],
      ['icmp * *:80 *:*', 'bad-row'],
      ['tcp LISTEN *:http *:*', 'bad-row'],
      ['tcp LISTEN *:99999 *:*', 'port-range'],
      ['tcp LISTEN 1.2.3.4.5:80 *:*', 'bad-address'],
      ['tcp LISTEN *:80 *:* 2nd', 'bad-row'],
    ],
  );

  it('knows the state that was meant', () => {
    expect(parseRow('tcp TIME_WAIT *:80 *:*')).toMatchObject({ flaw: { hint: 'did you mean `TIME-WAIT`?' } });
    expect(parseRow('tcp ESTAB *:80 *:*')).toMatchObject({ flaw: { hint: 'did you mean `ESTABLISHED`?' } });
  });
});

describe('a quantity', () => {
  table(
    parsePort,
    [
      [0, 0],
      [65535, 65535],
      ['443', 443],
    ],
    [
      [65536, 'port-range'],
      [-1, 'port-range'],
      ['http', 'not-a-port'],
      [1.5, 'not-a-port'],
    ],
  );
  table(
    parsePortRange,
    [
      ['1-65535', { first: 1, last: 65535 }],
      ['7-7', { first: 7, last: 7 }],
    ],
    [
      ['7', 'bad-range'],
      ['9-7', 'bad-range'],
      ['1-65536', 'port-range'],
      [5, 'bad-range'],
    ],
  );
  table(
    parseCount,
    [
      [3, { least: 3, most: 3 }],
      ['0', { least: 0, most: 0 }],
      ['1-3', { least: 1, most: 3 }],
      ['2+', { least: 2, most: undefined }],
    ],
    [
      ['3-1', 'bad-count'],
      ['+2', 'bad-count'],
      [-1, 'bad-count'],
      [1.5, 'bad-count'],
      ['many', 'bad-count'],
    ],
  );
  table(
    parseTime,
    [
      ['200ms', { kind: 'time', nanos: 200_000_000 }],
      ['1.5s', { kind: 'time', nanos: 1_500_000_000 }],
      ['$pause', { kind: 'param', name: 'pause' }],
    ],
    [
      [5, 'missing-unit'],
      ['5', 'missing-unit'],
      ['5 apples', 'missing-unit'],
      ['-5s', 'missing-unit'],
    ],
  );
  table(
    parsePercent,
    [
      ['2%', 0.02],
      ['0%', 0],
      ['100%', 1],
      ['0.5%', 0.005],
    ],
    [
      ['101%', 'bad-percent'],
      [0.02, 'bad-percent'],
      ['2', 'bad-percent'],
      ['-1%', 'bad-percent'],
    ],
  );

  it('of times says which numbers it allows', () => {
    const from = (text: string) =>
      [0, 1, 2, 3, 4].filter((times) => isWithin(accepted(parseCount(text)), times));
    expect(from('2')).toEqual([2]);
    expect(from('1-3')).toEqual([1, 2, 3]);
    expect(from('2+')).toEqual([2, 3, 4]);
  });
});

describe('a name', () => {
  table(
    parseName,
    [
      ['nginx', 'nginx'],
      ['dhcp-1', 'dhcp-1'],
      ['Ünal', 'Ünal'],
      ['constructor', 'constructor'],
    ],
    [
      ['2nd', 'bad-name'],
      ['a b', 'bad-name'],
      ['__proto__', 'bad-name'],
      ['a/b', 'bad-name'],
      [5, 'bad-name'],
    ],
  );
  table(
    parseActor,
    [
      ['nginx', { name: 'nginx' }],
      ['web/nginx', { host: 'web', name: 'nginx' }],
    ],
    [
      ['a/b/c', 'bad-name'],
      ['/a', 'bad-name'],
      ['a/', 'bad-name'],
    ],
  );
  table(
    parseLabel,
    [
      ['●', '●'],
      ['⬢', '⬢'],
      ['control', 'control'],
      ['c$n', 'c$n'],
    ],
    [
      ['1st', 'bad-label'],
      ['○', 'bad-label'],
      ['$n', 'bad-label'],
      ['a@b', 'bad-label'],
    ],
  );
  table(
    parseLabelRef,
    [['●@web', { label: '●', at: { name: 'web' } }]],
    [
      ['●@', 'bad-name'],
      ['@web', 'bad-label'],
    ],
  );

  it('with a counter has a stem', () => {
    expect(labelStem('c$n')).toBe('c');
    expect(labelStem('c')).toBeUndefined();
    expect(labelStem('●')).toBeUndefined();
  });

  it('after a dollar is a parameter', () => {
    expect(['$door', '$n', '$a_b'].every(isParam)).toBe(true);
    expect(['door', '$Door', '$', '$$', '$5', 'x$door', 80].some(isParam)).toBe(false);
  });
});

describe('a place', () => {
  const address = (text: string, prefix?: number) => ({ kind: 'address', address: text, prefix });
  table(
    parseHostAddress,
    [
      ['10.0.0.80', address('10.0.0.80')],
      ['10.0.0.2/24', address('10.0.0.2', 24)],
      ['2001:DB8::0:1/64', address('2001:db8::1', 64)],
      ['::ffff:10.0.0.1', address('10.0.0.1')],
      ['$ip', { kind: 'param', name: 'ip' }],
    ],
    [
      ['10.0.0.256', 'bad-address'],
      ['010.0.0.1', 'bad-address'],
      ['10.0.0.1/33', 'bad-address'],
      ['10.0.0.1/', 'bad-address'],
      ['10.0.0.1/8/8', 'bad-address'],
      ['web', 'bad-address'],
      [10, 'bad-address'],
    ],
  );
  table(
    parseService,
    [
      ['http', { kind: 'named', name: 'http' }],
      ['tcp 8080', { kind: 'at', endpoint: at(ANY, number(8080), 'tcp') }],
      ['udp web:27015', { kind: 'at', endpoint: at(named('web'), number(27015), 'udp') }],
    ],
    [
      ['htpp', 'bad-service'],
      ['8080', 'bad-service'],
      [80, 'bad-service'],
      ['tcp 80000', 'port-range'],
      ['tcp http', 'bad-service'],
      ['constructor', 'bad-service'],
    ],
  );
  table(
    parseUrl,
    [
      ['http://web/', { scheme: 'http', place: named('web'), port: undefined, path: '/' }],
      ['https://web', { scheme: 'https', place: named('web'), port: undefined, path: '/' }],
      [
        'http://router:8080/a/b?c=d',
        { scheme: 'http', place: named('router'), port: 8080, path: '/a/b?c=d' },
      ],
      [
        'ftp://[2001:db8::1]/x',
        { scheme: 'ftp', place: { kind: 'address', address: '2001:db8::1' }, port: undefined, path: '/x' },
      ],
    ],
    [
      ['web/', 'bad-url'],
      ['gopher://web/', 'bad-url'],
      ['http:///', 'bad-url'],
      ['http://a b/', 'bad-url'],
      ['http://web:http/', 'bad-url'],
      ['http://web:80000/', 'port-range'],
      ['http://*/', 'bad-url'],
      ['http://10.0.0.256/', 'bad-address'],
    ],
  );
  table(
    parseForward,
    [['tcp 8080', { protocol: 'tcp', port: 8080 }]],
    [
      ['8080', 'bad-forward'],
      ['tcp6 80', 'bad-forward'],
      ['tcp 80000', 'port-range'],
    ],
  );
});

describe('a reading', () => {
  it('that was accepted gives its value, and one that was never validated is our mistake', () => {
    expect(accepted(good(5))).toBe(5);
    expect(() => accepted(bad('bad-row', 'no row'))).toThrow(InvariantViolation);
  });

  it('shows a wrong value in one short line', () => {
    expect(show('a\nb')).toBe('`a b`');
    expect(show('x'.repeat(100)).length).toBeLessThan(65);
    expect([show(null), show([1]), show({ a: 1 }), show(5)]).toEqual(['nothing', 'a list', 'a map', '`5`']);
  });

  it('guesses a near word, a beginning, and nothing else', () => {
    expect(didYouMean('frefox', ['nginx', 'firefox'])).toBe('did you mean `firefox`?');
    expect(didYouMean('ESTAB', ['LISTEN', 'ESTABLISHED'])).toBe('did you mean `ESTABLISHED`?');
    expect(didYouMean('x', ['y'])).toBeUndefined();
    expect(didYouMean('opera', ['nginx', 'firefox'])).toBeUndefined();
    expect(didYouMean('nginx', ['nginx'])).toBeUndefined();
  });
});
