// Four numbers in TIME-WAIT that are wanted again. Linux 6.18: tcp_timewait_state_process, tcp_twsk_unique; RFC 9293 §3.6.1.
// What would be seen if it were wrong: an old SYN that opens a connection, or a new one that is kept out.
import { describe, expect, test } from 'vitest';
import { setSystem } from '../../src/ports/profiles.js';
import { formatFlags } from '../../src/wire/notation.js';
import { SYN } from '../../src/wire/packet.js';
import { distance, plus } from '../../src/wire/sequence.js';
import { setSysctl } from '../../src/world/sysctls.js';
import type { SocketId } from '../../src/world/tables.js';
import { LAPTOP, numbersOf, opened, WEB } from '../builders/connection.js';
import { DELAY, Net, SECOND } from '../builders/network.js';
import { sentencesOf } from '../builders/sentences.js';

const FROM = 51004;

/** The server closed first: its end stands in TIME-WAIT, and its listener is there. */
function serverWaits(system: 'linux' | 'textbook' = 'linux') {
  const { net, laptop, web, listener, client, server } = opened();
  net.event(() => setSystem(net.world, net.host('web'), system));
  net.call(web, { call: 'close', socket: server as SocketId });
  net.settle();
  net.call(laptop, { call: 'close', socket: client });
  net.settle();
  const [waiting] = net.socketsOn('web').filter((each) => net.stateOf(each) === 'TIME-WAIT');
  if (waiting === undefined) throw new Error('no TIME-WAIT');
  const { receive, next } = numbersOf(net, waiting);
  const syn = (offset: number) => {
    const before = net.segmentsFrom('web').length;
    net.inject('laptop', {
      protocol: 'tcp',
      source: LAPTOP,
      sourcePort: FROM,
      destination: WEB,
      destinationPort: 80,
      sequence: plus(receive, offset),
      acknowledgment: 0,
      flags: SYN,
      window: 65535,
      payload: '' as never,
    });
    net.pass(DELAY);
    return net.segmentsFrom('web').slice(before);
  };
  return { net, laptop, web, listener, next, syn };
}

describe('a SYN for a TIME-WAIT', () => {
  test.each([
    ['linux', 0, 'ACK'],
    ['linux', 1, 'SYN ACK'],
    ['textbook', -1, 'ACK'],
    ['textbook', 0, 'SYN ACK'],
  ] as const)('%s: %i after the last number draws %s', (system, offset, flags) => {
    const { syn, net } = serverWaits(system);
    expect(syn(offset).map(formatFlags)).toEqual([flags]);
    expect(net.statesOn('web')).toEqual(['LISTEN', flags === 'ACK' ? 'TIME-WAIT' : 'SYN-RECEIVED']);
  });

  test('the step says why it is kept out, or that TIME-WAIT gave way', () => {
    const told = (offset: number) => {
      const { net, syn } = serverWaits();
      syn(offset);
      return sentencesOf(net).at(-1);
    };
    expect(told(-500)).toContain('Its number is not beyond the last one, so it may be a late copy.');
    expect(told(500)).toContain('is in TIME-WAIT and gives way');
  });

  test('the new connection begins beyond every number that the old one used', () => {
    const { syn, next } = serverWaits();
    const [answer] = syn(1000);
    expect(distance(answer?.sequence ?? 0, next)).toBe(65537);
  });

  test('without a listener it is asked who it is, however new', () => {
    const { net, web, listener, syn } = serverWaits();
    net.call(web, { call: 'close', socket: listener });
    expect(syn(1000).map(formatFlags)).toEqual(['ACK']);
    expect(net.statesOn('web')).toEqual(['TIME-WAIT']);
  });

  test.each(['linux', 'textbook'] as const)(
    '%s: who calls again from the same port gets through at once',
    (system) => {
      const { net, laptop } = serverWaits(system);
      const before = net.segmentsFrom('laptop').length;
      const { call } = net.caller(laptop, WEB, 80, FROM);
      net.settle();
      expect(call.result?.outcome).toBe('ok');
      expect(net.segmentsFrom('laptop').slice(before).map(formatFlags)).toEqual(['SYN', 'ACK']);
    },
  );

  test('even where no time passes between the calls', () => {
    const net = new Net({ laptop: LAPTOP });
    const laptop = net.process('laptop');
    const listener = net.listener(laptop, 80);
    for (let times = 0; times < 3; times++) {
      const { socket, call } = net.caller(laptop, '127.0.0.1', 80, FROM);
      net.settle();
      expect(call.result?.outcome).toBe('ok');
      const server = net.accepted(laptop, listener);
      for (const each of [server, socket]) {
        net.call(laptop, { call: 'close', socket: each });
        net.settle();
      }
      expect(net.now).toBe(0);
    }
  });
});

describe('a call from a TIME-WAIT', () => {
  /** The client closed first, and its port was named or picked. */
  function clientWaits(from: number, address: string) {
    const net = new Net({ laptop: { addresses: [LAPTOP], ephemeral: [FROM, FROM] }, web: WEB });
    const [laptop, web] = [net.process('laptop'), net.process(address === WEB ? 'web' : 'laptop')];
    const listener = net.listener(web, 80);
    const { socket } = net.caller(laptop, address, 80, from);
    net.settle();
    const server = net.accepted(web, listener);
    const last = numbersOf(net, socket).next;
    for (const [process, each] of [
      [laptop, socket],
      [web, server],
    ] as const) {
      net.call(process, { call: 'close', socket: each });
      net.settle();
    }
    const call = (port: number) => {
      const again = port === 0 ? net.socket(laptop, 'tcp') : net.socket(laptop, 'tcp', { mayRebind: true });
      if (port !== 0) net.call(laptop, { call: 'bind', socket: again, address: '', port });
      return net.outcome(laptop, { call: 'connect', socket: again, address, port: 80 });
    };
    return { net, call, last };
  }

  test('from a picked port over loopback after a second, elsewhere not: tcp_tw_reuse 2', () => {
    const own = clientWaits(0, '127.0.0.1');
    expect(own.call(0)).toBe('EADDRNOTAVAIL');
    own.net.pass(1.1 * SECOND);
    expect(own.call(0)).toBe('ok');
    const far = clientWaits(0, WEB);
    far.net.pass(1.1 * SECOND);
    expect(far.call(0)).toBe('EADDRNOTAVAIL');
    far.net.event(() => setSysctl(far.net.world, far.net.host('laptop'), 'net.ipv4.tcp_tw_reuse', '1'));
    expect(far.call(0)).toBe('ok');
  });

  test('its first number lies 65537 beyond the last one of the old connection', () => {
    const { net, call, last } = clientWaits(0, WEB);
    net.event(() => setSysctl(net.world, net.host('laptop'), 'net.ipv4.tcp_tw_reuse', '1'));
    net.pass(2 * SECOND);
    expect(call(0)).toBe('ok');
    const syns = net.segmentsFrom('laptop').filter((each) => each.flags === SYN);
    expect(distance(syns.at(-1)?.sequence ?? 0, last)).toBe(1 + 65537); // its FIN took one
  });

  test('on a textbook host the pair exists already: RFC 9293 §3.10.1', () => {
    const { net, call } = clientWaits(0, '127.0.0.1');
    net.event(() => {
      const range = [net.world.hosts.ephemeralLow, net.world.hosts.ephemeralHigh];
      setSystem(net.world, net.host('laptop'), 'textbook');
      for (const column of range) column.set(net.host('laptop'), FROM);
    });
    net.pass(1.1 * SECOND);
    expect(call(0)).toBe('EADDRNOTAVAIL');
  });
});
