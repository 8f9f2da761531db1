// SO_REUSEPORT: which of several sockets on one address and port receives. Linux spreads; FreeBSD and macOS do not. The
// choice hangs on the four numbers and the sockets alone, never on the seed of a run.
import { describe, expect, test } from 'vitest';
import { explainDemux } from '../../src/demux/explain.js';
import { findSocket } from '../../src/demux/find.js';
import { setSystem } from '../../src/ports/profiles.js';
import type { Protocol } from '../../src/wire/packet.js';
import type { SocketId, System } from '../../src/world/tables.js';
import { Net } from '../builders/network.js';

const CALLERS = Array.from({ length: 60 }, (_, n) => 50_000 + n);

function sharers(system: System, protocol: Protocol, seed = 1) {
  const net = new Net({ box: '10.0.0.1' }, { seed });
  net.event(() => setSystem(net.world, net.host('box'), system));
  const process = net.process('box');
  const sockets = [0, 1, 2, 3].map((): SocketId => {
    const socket = net.socket(process, protocol, { sharesPort: true });
    expect(net.call(process, { call: 'bind', socket, address: '', port: 80 }).outcome).toBe('ok');
    if (protocol === 'tcp') net.call(process, { call: 'listen', socket, backlog: 5 });
    return socket;
  });
  const ask = (remotePort: number) => {
    const tuple = { localAddress: '10.0.0.1', localPort: 80, remoteAddress: '10.0.0.9', remotePort };
    const found = findSocket(net.world, net.host('box'), protocol, tuple, 'eth0')?.socket;
    const explained = explainDemux(net.world, net.host('box'), protocol, tuple, 'eth0').winner?.socket;
    expect(explained).toBe(found);
    return found;
  };
  return { net, process, sockets, ask, taken: () => CALLERS.map(ask) };
}

describe.each(['tcp', 'udp'] as const)('%s', (protocol) => {
  test('linux: a hash of the four numbers spreads callers over all of them', () => {
    const { sockets, taken } = sharers('linux', protocol);
    for (const socket of sockets)
      expect(taken().filter((each) => each === socket).length).toBeGreaterThan(CALLERS.length / 10);
  });

  test('linux: the same four numbers give the same member, under any seed of the run', () => {
    const places = (seed: number) => {
      const { sockets, taken } = sharers('linux', protocol, seed);
      return taken().map((each) => sockets.indexOf(each as SocketId));
    };
    expect(places(2)).toEqual(places(1));
    expect(places(6056)).toEqual(places(1));
  });

  test.each(['freebsd', 'macos'] as const)(
    '%s: the newest has every caller, the one before it the next',
    (system) => {
      const { net, process, sockets, taken } = sharers(system, protocol);
      for (const newest of [...sockets].reverse()) {
        expect(new Set(taken())).toEqual(new Set([newest]));
        net.call(process, { call: 'close', socket: newest });
      }
      expect(new Set(taken())).toEqual(new Set([undefined]));
    },
  );
});
