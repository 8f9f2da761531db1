// What a network does to packets: by order, to exactly those named; by chance, in its ratios. Nothing where nothing was asked.
import { describe, expect, test } from 'vitest';
import { type PlannedFault, setFaults } from '../../src/net/faults.js';
import { encodeText } from '../../src/wire/bytes.js';
import { MILLI, Net, SECOND } from '../builders/network.js';

const CLOSE = 1 * MILLI;

function scene(seed = 1) {
  const net = new Net({ a: '10.0.0.1', b: '10.0.0.2' }, { seed });
  const [one, two] = [net.process('a'), net.process('b')];
  const ears = net.bound(two, 'udp', 53);
  const mouth = net.bound(one, 'udp', 5000);
  const [network] = net.world.networks.rows;
  if (network === undefined) throw new Error('no network');
  return {
    net,
    network,
    say: (text: string) =>
      net.call(one, { call: 'sendto', socket: mouth, data: encodeText(text), address: '10.0.0.2', port: 53 }),
    heard: () => {
      const all: string[] = [];
      for (let text = net.recv(two, ears); !text.startsWith('!'); text = net.recv(two, ears)) all.push(text);
      return all.join(' ');
    },
    order: (kind: PlannedFault['kind'], times: number, text: string, byNanos = 0) =>
      net.event(() =>
        net.simulation.faults.add(net.world, {
          network,
          kind,
          times,
          byNanos,
          fits: (packet) => packet.protocol === 'udp' && packet.payload.startsWith(text),
        }),
      ),
  };
}

describe('by order', () => {
  test('exactly the named packets are lost, as often as was said', () => {
    const { net, say, heard, order } = scene();
    order('drop', 2, 'x');
    for (const text of ['a', 'x1', 'b', 'x2', 'x3']) say(text);
    net.settle();
    expect(heard()).toBe('a b x3');
    expect(net.facts('dropped').map(({ why, host }) => [why, host])).toEqual([
      ['script', undefined],
      ['script', undefined],
    ]);
    expect([...net.world.faults.rows]).toEqual([]);
  });

  test('a delayed packet comes so much later', () => {
    const { net, say, heard, order } = scene();
    order('delay', 1, 'x', 30 * MILLI);
    say('x');
    say('a');
    net.pass(30 * MILLI);
    expect(heard()).toBe('a');
    net.pass(CLOSE);
    expect(heard()).toBe('x');
  });

  test('a doubled packet comes twice', () => {
    const { net, say, heard, order } = scene();
    order('duplicate', 1, 'x');
    say('x');
    say('y');
    net.settle();
    expect(heard()).toBe('x y x');
  });

  test('a reordered packet is overtaken by its successor, and comes late if there is none', () => {
    const { net, say, heard, order } = scene();
    order('reorder', 2, 'x');
    say('x1');
    say('a');
    net.settle();
    say('b');
    net.settle();
    expect(heard()).toBe('a x1 b');
    say('x2');
    net.settle();
    expect(heard()).toBe('x2');
  });

  test('no time is lost over a packet that was overtaken: the network is quiet when both are there', () => {
    const { net, say, heard, order } = scene();
    order('reorder', 1, 'x');
    const far = net.simulation.engine.handler(() => {}, { timer: true });
    net.event(() => net.simulation.engine.after(60 * SECOND, far, 0));
    say('x');
    say('a');
    net.settle();
    expect(heard()).toBe('a x');
    expect(net.now).toBeLessThan(SECOND);
  });

  test('a cut network lets nothing through until it is healed', () => {
    const { net, network, say, heard } = scene();
    net.event(() => net.world.networks.isCut.set(network, true));
    say('a');
    net.settle();
    net.event(() => net.world.networks.isCut.set(network, false));
    say('b');
    net.settle();
    expect(heard()).toBe('b');
  });

  test('orders and held packets step back with everything else', () => {
    const { net, say, order } = scene();
    order('drop', 1, 'x');
    order('reorder', 1, 'y');
    for (const text of ['x', 'y', 'z']) say(text);
    net.settle();
    const { memory } = net.world;
    const forward = Array.from({ length: memory.end + 1 }, (_, position) => {
      memory.seek(position);
      return memory.digest();
    });
    memory.seek(0);
    expect(memory.firstLeak()).toBeUndefined();
    for (let position = 0; position <= memory.end; position++) {
      memory.seek(position);
      expect(memory.digest()).toBe(forward[position]);
    }
  });
});

describe('by chance', () => {
  test('losses and doubles come in the ratios that were set, and follow the seed', () => {
    const run = (seed: number) => {
      const { net, network, say, heard } = scene(seed);
      net.event(() => setFaults(net.world, network, { lossRatio: 0.2, duplicateRatio: 0.1 }));
      for (let n = 0; n < 1000; n++) say(`${n}`);
      net.settle();
      return heard().split(' ');
    };
    const heard = run(7);
    const kinds = new Set(heard).size;
    expect(kinds).toBeGreaterThan(750);
    expect(kinds).toBeLessThan(850);
    expect(heard.length - kinds).toBeGreaterThan(50);
    expect(heard.length - kinds).toBeLessThan(120);
    expect(run(7)).toEqual(heard);
    expect(run(8)).not.toEqual(heard);
  });

  test('jitter makes packets come later, by less than was said', () => {
    const { net, network, say } = scene();
    net.event(() => setFaults(net.world, network, { jitterNanos: SECOND }));
    say('a');
    const start = net.now;
    net.settle();
    expect(net.now - start).toBeGreaterThan(MILLI);
    expect(net.now - start).toBeLessThan(SECOND + MILLI);
  });
});
