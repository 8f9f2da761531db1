// Which port do I get? What people know, and what surprises them: pinned first, two halves by parity, odd ranges that
// lose one, three errnos for "none left", and one port for many destinations.
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/wire/bytes.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { type HostSpec, Net } from '../builders/network.js';

function laptop(spec: Partial<HostSpec>, seed = 1) {
  const net = new Net({ laptop: { addresses: ['10.0.0.7'], ...spec }, web: '10.0.0.80' }, { seed });
  return { net, process: net.process('laptop') };
}
const bindAny = (net: Net, process: ProcessId, protocol: 'tcp' | 'udp' = 'tcp') => {
  const socket = net.socket(process, protocol);
  const { outcome } = net.call(process, { call: 'bind', socket, address: '', port: 0 });
  return outcome === 'ok' ? net.portOf(socket) : outcome;
};
const connect = (net: Net, process: ProcessId, port = 80, address = '10.0.0.80') => {
  const socket = net.socket(process, 'tcp');
  const { outcome } = net.call(process, { call: 'connect', socket, address, port });
  return { socket, got: outcome === 'pending' ? net.portOf(socket) : outcome };
};
const sorted = (ports: unknown[]) => [...ports].sort();

describe('the range', () => {
  test('of a host that says nothing is that of Linux, 32768 to 60999, and both ends are in it', () => {
    const ports = Array.from({ length: 300 }, (_, seed) => {
      const { net, process } = laptop({}, seed + 1);
      return connect(net, process).got as number;
    });
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(32_768);
    expect(Math.max(...ports)).toBeLessThanOrEqual(60_999);
    expect(new Set(ports).size).toBeGreaterThan(290); // at random
    expect(ports.every((port) => port % 2 === 0)).toBe(true); // connect: the parity of the low end
  });

  test('the seed decides, and nothing else', () => {
    const draw = (seed: number) => {
      const { net, process } = laptop({}, seed);
      return [1, 2, 3].map(() => connect(net, process).got);
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
  });
});

describe('pinned ports', () => {
  test('are handed out first, in their order, and the range comes after them', () => {
    const { net, process } = laptop({ pinned: [51_004, 51_005], ephemeral: [40_000, 40_001] });
    expect([connect(net, process).got, connect(net, process).got]).toEqual([51_004, 51_005]);
    expect([40_000, 40_001]).toContain(connect(net, process).got);
  });

  test('serve bind(0), UDP and listen() as well', () => {
    const { net, process } = laptop({ pinned: [6001, 6002, 6003] });
    expect(bindAny(net, process)).toBe(6001);
    expect(bindAny(net, process, 'udp')).toBe(6002);
    const socket = net.socket(process, 'tcp');
    expect(net.call(process, { call: 'listen', socket, backlog: 1 }).outcome).toBe('ok');
    expect(net.portOf(socket)).toBe(6003);
  });
});

describe('parity, Linux TCP', () => {
  test('connect() uses up the ports of the low end’s parity first', () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_007] });
    const got = Array.from({ length: 8 }, () => connect(net, process).got);
    expect(sorted(got.slice(0, 4))).toEqual([40_000, 40_002, 40_004, 40_006]);
    expect(sorted(got.slice(4))).toEqual([40_001, 40_003, 40_005, 40_007]);
    expect(connect(net, process).got).toBe('EADDRNOTAVAIL');
  });

  test('bind(0) and listen() begin with the other parity', () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_007] });
    const got = Array.from({ length: 8 }, () => bindAny(net, process));
    expect(sorted(got.slice(0, 4))).toEqual([40_001, 40_003, 40_005, 40_007]);
    expect(sorted(got.slice(4))).toEqual([40_000, 40_002, 40_004, 40_006]);
  });

  test('a range that begins with an odd number turns it round', () => {
    const { net, process } = laptop({ ephemeral: [40_001, 40_004] });
    expect(sorted([connect(net, process).got, connect(net, process).got])).toEqual([40_001, 40_003]);
  });

  test('UDP has no parity', () => {
    const first = Array.from({ length: 60 }, (_, seed) => {
      const { net, process } = laptop({ ephemeral: [40_000, 40_007] }, seed);
      return bindAny(net, process, 'udp');
    });
    expect(new Set(first).size).toBe(8);
  });
});

describe('a range of odd size', () => {
  test('of three: TCP never uses the last, UDP uses all', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const tcp = laptop({ ephemeral: [40_000, 40_002] }, seed);
      const got = [1, 2, 3].map(() => bindAny(tcp.net, tcp.process));
      expect(sorted(got.slice(0, 2))).toEqual([40_000, 40_001]);
      expect(got[2]).toBe('EADDRINUSE');
      const udp = laptop({ ephemeral: [40_000, 40_002] }, seed);
      expect(sorted([1, 2, 3].map(() => bindAny(udp.net, udp.process, 'udp')))).toEqual([
        40_000, 40_001, 40_002,
      ]);
    }
  });

  test('of one: TCP has that one', () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_000] });
    expect(bindAny(net, process)).toBe(40_000);
  });
});

describe('none left', () => {
  const full = () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_001] });
    for (const protocol of ['tcp', 'udp'] as const)
      for (const port of [40_000, 40_001]) net.bound(process, protocol, port);
    return { net, process };
  };
  test('bind(0) and listen(): EADDRINUSE', () => {
    const { net, process } = full();
    expect(bindAny(net, process)).toBe('EADDRINUSE');
    expect(bindAny(net, process, 'udp')).toBe('EADDRINUSE');
    const socket = net.socket(process, 'tcp');
    expect(net.call(process, { call: 'listen', socket, backlog: 1 }).outcome).toBe('EADDRINUSE');
  });
  test('TCP connect(): EADDRNOTAVAIL', () => {
    const { net, process } = full();
    expect(connect(net, process).got).toBe('EADDRNOTAVAIL');
  });
  test('UDP connect() and sendto(): EAGAIN', () => {
    const { net, process } = full();
    const to = { address: '10.0.0.80', port: 53 };
    const ask = (call: 'connect' | 'sendto') => {
      const socket = net.socket(process, 'udp');
      return net.call(
        process,
        call === 'connect' ? { call, socket, ...to } : { call, socket, data: encodeText('x'), ...to },
      ).outcome;
    };
    expect([ask('connect'), ask('sendto')]).toEqual(['EAGAIN', 'EAGAIN']);
  });
});

describe('one port for several conversations', () => {
  // The number is used up per destination: 28232 ports are 28232 calls to one door, not to all doors.
  test('to different destinations, never twice to one', () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_000] });
    expect(connect(net, process, 80).got).toBe(40_000);
    expect(connect(net, process, 81).got).toBe(40_000);
    expect(connect(net, process, 80, '10.0.0.7').got).toBe(40_000);
    expect(connect(net, process, 80).got).toBe('EADDRNOTAVAIL');
  });

  test('but not a port that somebody has bound, on whichever address', () => {
    const net = new Net({
      laptop: { addresses: ['10.0.0.7', '10.0.0.8'], ephemeral: [40_000, 40_000] },
      web: '10.0.0.80',
    });
    const process = net.process('laptop');
    const bound = net.bound(process, 'tcp', 40_000, '10.0.0.8');
    expect(connect(net, process).got).toBe('EADDRNOTAVAIL');
    net.call(process, { call: 'close', socket: bound });
    expect(connect(net, process).got).toBe(40_000);
  });

  test('with a port of its own choice too: the four numbers must be new, else EADDRNOTAVAIL', () => {
    const { net, process } = laptop({});
    const from = (): SocketId => {
      const socket = net.socket(process, 'tcp', { mayRebind: true });
      expect(net.call(process, { call: 'bind', socket, address: '', port: 5000 }).outcome).toBe('ok');
      return socket;
    };
    const call = (socket: SocketId, port: number) =>
      net.call(process, { call: 'connect', socket, address: '10.0.0.80', port }).outcome;
    expect(call(from(), 80)).toBe('pending');
    expect(call(from(), 81)).toBe('pending');
    const third = from();
    expect(call(third, 80)).toBe('EADDRNOTAVAIL');
    expect(call(third, 82)).toBe('pending');
  });

  test('UDP never shares a number that was picked', () => {
    const { net, process } = laptop({ ephemeral: [40_000, 40_000] });
    const ask = (port: number) => {
      const socket = net.socket(process, 'udp');
      return net.call(process, { call: 'connect', socket, address: '10.0.0.80', port }).outcome;
    };
    expect([ask(53), ask(54)]).toEqual(['ok', 'EAGAIN']);
  });
});
