// Who may hold a port beside whom: stories as tables of calls with what each gives. One host with two addresses, X and Y;
// W is any. A is SO_REUSEADDR, P is SO_REUSEPORT. As recorded from Linux 6.18.
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/world/facts.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { Net } from '../builders/network.js';

const X = '10.0.0.1';
const Y = '10.0.0.2';
const ADDRESSES: Record<string, string> = { W: '', X, Y };

/** `bind one X:80 A`, `listen one`, `close one`, `set one P`; `udp` for another protocol, `of bob` for another user. */
type Line = readonly [call: string, gives: Outcome, holder?: string];

function tell(lines: readonly Line[]): void {
  const net = new Net({ box: { addresses: [X, Y] } });
  const processes = new Map<string, ProcessId>();
  const sockets = new Map<string, SocketId>();
  const processOf = (user: string) => {
    const known = processes.get(user) ?? net.process('box', user);
    processes.set(user, known);
    return known;
  };
  for (const [line, gives, holder] of lines) {
    const [verb, name = '', ...words] = line.split(' ');
    const user = words.includes('of') ? (words[words.indexOf('of') + 1] ?? 'root') : 'root';
    const process = processOf(user);
    const options = {
      ...(words.includes('A') ? { mayRebind: true } : {}),
      ...(words.includes('P') ? { sharesPort: true } : {}),
    };
    const known = sockets.get(name);
    const socket = known ?? net.socket(process, words.includes('udp') ? 'udp' : 'tcp', options);
    sockets.set(name, socket);
    const place = /^([WXY]):(\d+)$/.exec(words[0] ?? '');
    const at = { address: ADDRESSES[place?.[1] ?? 'W'] ?? '', port: Number(place?.[2] ?? 0) };
    const result =
      verb === 'bind'
        ? net.call(process, { call: 'bind', socket, ...at })
        : verb === 'listen'
          ? net.call(process, { call: 'listen', socket, backlog: 5 })
          : verb === 'set'
            ? net.call(process, {
                call: 'setsockopt',
                socket,
                options: { mayRebind: words.includes('A'), sharesPort: words.includes('P') },
              })
            : net.call(process, { call: 'close', socket });
    expect(result.outcome, line).toBe(gives);
    if (holder !== undefined) expect(result.holder, `${line}: who is in the way`).toBe(sockets.get(holder));
  }
}

const stories: Record<string, readonly Line[]> = {
  'one port, one holder; close lets go': [
    ['bind one W:8080', 'ok'],
    ['bind two W:8080', 'EADDRINUSE', 'one'],
    ['bind two W:8081', 'ok'],
    ['bind three W:8080', 'EADDRINUSE', 'one'],
    ['close one', 'ok'],
    ['bind three W:8080', 'ok'],
  ],
  'a bind that failed leaves the socket as it was': [
    ['bind one X:80', 'ok'],
    ['bind two X:80', 'EADDRINUSE', 'one'],
    ['bind two Y:80', 'ok'],
  ],
  'any overlaps every address; two addresses do not overlap': [
    ['bind any W:80', 'ok'],
    ['bind here X:80', 'EADDRINUSE', 'any'],
    ['close any', 'ok'],
    ['bind here X:80', 'ok'],
    ['bind there Y:80', 'ok'],
    ['bind all W:80', 'EADDRINUSE'],
    ['close here', 'ok'],
    ['bind all W:80', 'EADDRINUSE', 'there'],
    ['close there', 'ok'],
    ['bind all W:80', 'ok'],
  ],
  'TCP and UDP have numbers of their own': [
    ['bind one W:53', 'ok'],
    ['listen one', 'ok'],
    ['bind two W:53 udp', 'ok'],
    ['bind three W:53 udp', 'EADDRINUSE', 'two'],
    ['bind four W:53', 'EADDRINUSE', 'one'],
  ],
  'SO_REUSEADDR helps only if both have it': [
    ['bind one W:80 A', 'ok'],
    ['bind two W:80', 'EADDRINUSE', 'one'],
    ['bind three W:80 A', 'ok'],
    ['bind four X:80 A', 'ok'],
  ],
  'SO_REUSEADDR never gets past a listener': [
    ['bind one W:80 A', 'ok'],
    ['listen one', 'ok'],
    ['bind two W:80 A', 'EADDRINUSE', 'one'],
    ['bind three X:80 A', 'EADDRINUSE', 'one'],
  ],
  // A bound-only socket with A does not shield its port.
  'listen() asks once more: two may bind, one may listen, and the other when that one is gone': [
    ['bind one X:80 A', 'ok'],
    ['bind two X:80 A', 'ok'],
    ['listen two', 'ok'],
    ['listen one', 'EADDRINUSE', 'two'],
    ['listen two', 'ok'],
    ['close two', 'ok'],
    ['listen one', 'ok'],
  ],
  'for UDP SO_REUSEADDR on both is enough, always': [
    ['bind one W:53 udp A', 'ok'],
    ['bind two W:53 udp A', 'ok'],
    ['bind three X:53 udp A', 'ok'],
    ['bind four X:53 udp', 'EADDRINUSE'],
  ],
  'SO_REUSEPORT on both, listening or not, of one user': [
    ['bind one W:80 P', 'ok'],
    ['listen one', 'ok'],
    ['bind two W:80 P', 'ok'],
    ['listen two', 'ok'],
    ['bind three X:80 P', 'ok'],
    ['bind four W:80', 'EADDRINUSE'],
    ['bind five W:80 A', 'EADDRINUSE'],
  ],
  'SO_REUSEPORT is no help against another user': [
    ['bind one W:8080 P of ann', 'ok'],
    ['bind two W:8080 P of bob', 'EADDRINUSE', 'one'],
    ['bind three W:8080 P of ann', 'ok'],
    ['bind four W:8080 P of root', 'EADDRINUSE'],
  ],
  'for UDP too': [
    ['bind one W:5353 udp P of ann', 'ok'],
    ['bind two W:5353 udp P of bob', 'EADDRINUSE', 'one'],
    ['bind three W:5353 udp P of ann', 'ok'],
  ],
  'one option each is no agreement': [
    ['bind one W:80 A', 'ok'],
    ['bind two W:80 P', 'EADDRINUSE', 'one'],
  ],
  'with both options either will do': [
    ['bind one W:8080 A P of ann', 'ok'],
    ['bind two W:8080 A P of bob', 'ok'],
    ['listen two', 'ok'],
    ['listen one', 'EADDRINUSE', 'two'],
  ],
  'options count as they are when somebody asks': [
    ['bind one W:80', 'ok'],
    ['bind two W:80 A', 'EADDRINUSE', 'one'],
    ['set one A', 'ok'],
    ['bind two W:80 A', 'ok'],
    ['set one', 'ok'],
    ['bind three W:80 A', 'EADDRINUSE', 'one'],
  ],
  'a second bind of one socket gives EINVAL, also to the port it has': [
    ['bind one W:8080', 'ok'],
    ['bind one W:8080', 'EINVAL'],
    ['bind one X:8081', 'EINVAL'],
    ['bind one W:0', 'EINVAL'],
  ],
  'ports below 1024 are for root': [
    ['bind one W:80 of ann', 'EACCES'],
    ['bind one W:1023 of ann', 'EACCES'],
    ['bind one W:1024 of ann', 'ok'],
    ['bind two W:80 of root', 'ok'],
    ['bind three W:80 of ann', 'EACCES'],
  ],
  'and port 0 never needs privilege': [['bind one W:0 of ann', 'ok']],
};

describe.each(Object.entries(stories))('%s', (_, lines) => {
  test(lines.map(([line, gives]) => `${line} → ${gives}`).join(' · '), () => tell(lines));
});

describe('the order of refusals', () => {
  const net = new Net({ box: { addresses: [X] } });
  const [root, ann] = [net.process('box'), net.process('box', 'ann')];
  net.bound(root, 'tcp', 80, X);
  const bind = (process: ProcessId, address: string, port: number) =>
    net.call(process, { call: 'bind', socket: net.socket(process, 'tcp'), address, port }).outcome;

  test('a foreign address comes first, then privilege, then the holder', () => {
    expect(bind(root, '10.0.0.99', 80)).toBe('EADDRNOTAVAIL');
    expect(bind(ann, '10.0.0.99', 80)).toBe('EADDRNOTAVAIL');
    expect(bind(ann, X, 80)).toBe('EACCES');
    expect(bind(root, X, 80)).toBe('EADDRINUSE');
  });

  test('all of 127/8 is the host’s own, and so are groups and the broadcast', () => {
    for (const address of ['127.0.0.1', '127.99.0.1', '224.0.0.251', '255.255.255.255'])
      expect(bind(root, address, 5353)).toBe('ok');
  });
});

describe('after a connection', () => {
  // A server that is started again finds its old port taken by what is left of its conversations.
  test('the port stays taken while a conversation is in TIME-WAIT, unless old and new have SO_REUSEADDR', () => {
    for (const [before, after, wanted] of [
      [false, false, 'EADDRINUSE'],
      [false, true, 'EADDRINUSE'],
      [true, false, 'EADDRINUSE'],
      [true, true, 'ok'],
    ] as const) {
      const net = new Net({ laptop: '10.0.0.7', web: '10.0.0.80' });
      const [laptop, web] = [net.process('laptop'), net.process('web')];
      const listener = net.socket(web, 'tcp', { mayRebind: before });
      net.call(web, { call: 'bind', socket: listener, address: '', port: 80 });
      net.call(web, { call: 'listen', socket: listener, backlog: 1 });
      const { socket: client } = net.caller(laptop, '10.0.0.80', 80);
      net.settle();
      const server = net.accepted(web, listener);
      net.call(web, { call: 'close', socket: server });
      net.call(web, { call: 'close', socket: listener });
      net.settle();
      net.call(laptop, { call: 'close', socket: client });
      net.settle();
      expect(net.statesOn('web')).toEqual(['TIME-WAIT']);
      const again = net.socket(web, 'tcp', { mayRebind: after });
      const bind = () => net.call(web, { call: 'bind', socket: again, address: '', port: 80 }).outcome;
      expect(bind(), `${before} ${after}`).toBe(wanted);
      if (wanted === 'ok') continue;
      net.finish();
      expect(bind()).toBe('ok');
    }
  });

  test('a socket bound to any address and then connected holds that one address only', () => {
    const net = new Net({ box: { addresses: [X, Y] }, far: '10.0.0.9' });
    const process = net.process('box');
    const call = net.bound(process, 'udp', 5000);
    net.call(process, { call: 'connect', socket: call, address: '10.0.0.9', port: 53 });
    const bind = (address: string) =>
      net.call(process, { call: 'bind', socket: net.socket(process, 'udp'), address, port: 5000 }).outcome;
    expect(bind(X)).toBe('EADDRINUSE');
    expect(bind(Y)).toBe('ok');
  });
});
