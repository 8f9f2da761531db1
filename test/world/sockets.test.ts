// A socket's place in the lookup tables: after any calls, packets find exactly those that are there for them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressesOf,
  hostOfAddress,
  interfaceTowards,
  isLocalAddress,
  sourceAddressFor,
} from '../../src/world/interfaces.js';
import { PROTOCOL_NUMBERS } from '../../src/world/tables.js';
import { crowds, gather } from '../builders/crowd.js';
import { Net } from '../builders/network.js';

describe('the lookup tables', () => {
  test('hold each socket that packets find once, under its own four numbers; every position of the run', () => {
    fc.assert(
      fc.property(crowds, (deeds) => {
        const { net } = gather(deeds);
        const { sockets, tcpByTuple, udpByTuple, holders, memory, hosts } = net.world;
        const host = net.host('box');
        for (let position = memory.end; position > 2; position -= 3) {
          memory.seek(position);
          let [held, found] = [0, 0];
          const keys = { tcp: new Set<string>(), udp: new Set<string>(), held: new Set<string>() };
          for (const socket of sockets.rows) {
            const protocol = sockets.protocol.get(socket);
            const port = sockets.localPort.get(socket);
            if (sockets.host.get(socket) !== host || port === 0) continue;
            held++;
            keys.held.add(`${protocol} ${port}`);
            expect(
              [...holders.of(host, PROTOCOL_NUMBERS[protocol], port, port)].filter((each) => each === socket),
            ).toHaveLength(1);
            const key = [
              sockets.localAddress.get(socket),
              sockets.remoteAddress.get(socket),
              sockets.ports.get(socket),
            ] as const;
            const table = protocol === 'tcp' ? tcpByTuple : udpByTuple;
            const isThere = sockets.state.get(socket) !== 'CLOSED';
            const times = [...table.of(host, ...key)].filter((each) => each === socket).length;
            expect(times).toBe(isThere ? 1 : 0);
            if (!isThere) continue;
            found++;
            keys[protocol].add(key.join());
            expect(sockets.ports.get(socket) >>> 16).toBe(port);
          }
          expect(found).toBeLessThanOrEqual(held);
          expect(hosts.tcpCount.get(host)).toBe(keys.tcp.size);
          expect(hosts.udpCount.get(host)).toBe(keys.udp.size);
          expect(hosts.heldCount.get(host)).toBe(keys.held.size);
        }
      }),
      { seed: 768, numRuns: 40 },
    );
  });
});

describe('addresses', () => {
  const net = new Net({
    box: { addresses: ['10.0.0.1', '10.0.0.2', '2001:db8::1'] },
    far: { addresses: ['10.0.0.9', '2001:db8::9'] },
  });
  const box = net.host('box');
  const { world } = net;

  test('belong to one host; the first is the primary one', () => {
    expect(addressesOf(world, box)).toEqual(['10.0.0.1', '10.0.0.2', '2001:db8::1']);
    expect(hostOfAddress(world, '10.0.0.9')).toBe(net.host('far'));
    expect(hostOfAddress(world, '10.0.0.77')).toBeUndefined();
    expect(hostOfAddress(world, '127.0.0.1')).toBeUndefined();
  });

  test.each([
    ['10.0.0.2', true],
    ['127.3.2.1', true],
    ['::1', true],
    ['10.0.0.9', false],
  ])('%s is the box’s own: %s', (address, wanted) => {
    expect(isLocalAddress(world, box, address)).toBe(wanted);
  });

  test.each([
    ['10.0.0.9', '10.0.0.1'], // the primary address of the way out
    ['2001:db8::9', '2001:db8::1'],
    ['10.0.0.2', '10.0.0.2'], // to itself: the destination
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.9', '127.0.0.1'],
    ['::1', '::1'],
    ['203.0.113.9', undefined],
  ])('to %s it sends from %s', (destination, source) => {
    expect(sourceAddressFor(world, box, destination)).toBe(source);
  });

  test('what lies on no network of its own has no way out', () => {
    expect(interfaceTowards(world, box, '203.0.113.9')).toBeUndefined();
    expect(interfaceTowards(world, box, '10.0.0.200')).toBeDefined();
  });
});
