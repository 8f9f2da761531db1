// How ports are picked: what RFC 6056 promises of each of its algorithms, what Linux was measured to do, and that every
// policy finds what there is to find at a cost that does not depend on how full the host is. Chance is tested by
// chi-square at a level of one in a thousand, with the seeds named.
import { describe, expect, test } from 'vitest';
import { below, seedRandom } from '../../src/base/random.js';
import { bind } from '../../src/host/bind.js';
import { connect } from '../../src/host/connect.js';
import { type Destination, hashDestination, keyedHash } from '../../src/ports/destination-hash.js';
import { pickPort, type Wish } from '../../src/ports/ephemeral.js';
import { nextUnheld } from '../../src/world/held-ports.js';
import { SHARED_COUNTERS } from '../../src/world/port-counters.js';
import { createSocket, holdPort, releasePort } from '../../src/world/sockets.js';
import { PORT_POLICIES, type PortPolicy, type SocketId } from '../../src/world/tables.js';
import { Net } from '../builders/network.js';

const SEEDS = [1, 2, 3, 6056] as const;
const LOW = 40_000;

/** A host with ports to pick, where nothing but picking happens. */
class Picker {
  readonly net: Net;
  readonly socket: SocketId;
  asked = 0;
  private readonly host;

  constructor(policy: PortPolicy, size: number, seed = 1, low = LOW) {
    this.net = new Net({ box: { addresses: ['10.0.0.1'], ephemeral: [low, low + size - 1] } }, { seed });
    this.host = this.net.host('box');
    this.socket = this.net.socket(this.net.process('box'), 'tcp');
    this.net.event(() => this.net.world.hosts.portPolicy.set(this.host, policy));
  }

  /** `count` choices, one after another; nobody takes what was picked. */
  pick(count: number, wish: Partial<Wish> = {}): (number | undefined)[] {
    const isSuitable = (port: number) => {
      this.asked++;
      return (wish.isSuitable ?? ((each) => !this.isHeld(each)))(port);
    };
    const full: Wish = { purpose: 'bind', ...wish, isSuitable };
    return this.net.event(() =>
      Array.from({ length: count }, () => pickPort(this.net.world, this.host, this.socket, full)),
    );
  }

  hold(ports: readonly number[]): SocketId[] {
    const { world } = this.net;
    return this.net.event(() =>
      ports.map((port) => {
        const socket = createSocket(world, this.host, 'tcp', 'root');
        holdPort(world, socket, '', port, 'named');
        return socket;
      }),
    );
  }

  hash(which: 'F' | 'G', to: Destination): number {
    return this.net.event(() => hashDestination(this.net.world, this.host, which, to));
  }

  private isHeld(port: number): boolean {
    return this.net.world.holders.first(this.host, 6, port, port) !== 0;
  }
}

const to = (remotePort: number, remoteAddress = '10.0.0.80'): Destination => ({
  localAddress: '10.0.0.1',
  remoteAddress,
  remotePort,
});
const sequence = (count: number, first = 0, step = 1) =>
  Array.from({ length: count }, (_, n) => first + n * step);
const numbers = (ports: (number | undefined)[]) => ports.map((port) => port ?? Number.NaN);

/** Are the places as likely as their weights say? Places are 0 to weights.length - 1; weight 0 may not occur. */
function expectSpread(places: readonly number[], weights: readonly number[], note: string): void {
  const total = weights.reduce((sum, each) => sum + each, 0);
  const counts = new Float64Array(weights.length);
  for (const place of places) counts[place] = (counts[place] ?? Number.NaN) + 1;
  let square = 0;
  let freedom = -1;
  for (const [place, weight] of weights.entries()) {
    const wanted = (places.length * weight) / total;
    const got = counts[place] ?? 0;
    if (wanted === 0) expect(got, `${note}: place ${place}`).toBe(0);
    else {
      square += (got - wanted) ** 2 / wanted;
      freedom++;
    }
  }
  expect(square, note).toBeLessThan(limitOf(freedom));
}

/** Chi-square that one run in a thousand exceeds; by Wilson and Hilferty. */
function limitOf(freedom: number): number {
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + 3.09 * Math.sqrt(spread)) ** 3;
}

describe.each(SEEDS)('seed %i', (seed) => {
  test('algorithm 1: uniform over an empty range, one choice tells nothing of the next', () => {
    const places = numbers(new Picker('simple-random', 64, seed).pick(12_800)).map((port) => port - LOW);
    expectSpread(places, sequence(64, 1, 0), `seed ${seed}`);
    const pairs = places.slice(1).map((place, at) => (place & 7) * 8 + ((places[at] ?? 0) & 7));
    expectSpread(pairs, sequence(64, 1, 0), `pairs, seed ${seed}`);
  });

  test('algorithm 1 when crowded: the port behind k busy ones is k + 1 times as likely', () => {
    const picker = new Picker('simple-random', 16, seed);
    picker.hold([4, 5, 6].map((place) => LOW + place));
    const places = numbers(picker.pick(8000)).map((port) => port - LOW);
    expectSpread(places, [1, 1, 1, 1, 0, 0, 0, 4, 1, 1, 1, 1, 1, 1, 1, 1], `seed ${seed}`);
  });

  test('algorithm 2: uniform over the free ports however crowded; a miss has probability (busy/size)^size', () => {
    const picker = new Picker('redraw', 16, seed);
    picker.hold([4, 5, 6].map((place) => LOW + place));
    const places = numbers(picker.pick(8000)).map((port) => port - LOW);
    expectSpread(places, [1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1], `seed ${seed}`);
    const tight = new Picker('redraw', 4, seed);
    tight.hold([LOW, LOW + 1, LOW + 2]);
    const got = tight.pick(8000);
    expect(new Set(got)).toEqual(new Set([undefined, LOW + 3]));
    const missed = 0.75 ** 4;
    expectSpread(
      got.map((port) => (port === undefined ? 0 : 1)),
      [missed, 1 - missed],
      `misses, seed ${seed}`,
    );
  });

  test('algorithm 3: one after another to one destination, and everybody moves everybody on', () => {
    const picker = new Picker('simple-hash', 1000, seed);
    const [first = 0, ...others] = numbers(picker.pick(1200, { peer: to(80) }));
    expect(others).toEqual(sequence(1199, 1).map((n) => LOW + ((first - LOW + n) % 1000)));
    const [before = 0] = numbers(picker.pick(1, { peer: to(80) }));
    picker.pick(7, { peer: to(443) });
    const [after = 0] = numbers(picker.pick(1, { peer: to(80) }));
    expect((after - before + 1000) % 1000).toBe(8);
  });

  test('algorithms 3 and 4: where a destination begins is unrelated to where another does', () => {
    for (const policy of ['simple-hash', 'double-hash'] as const) {
      const places = sequence(3200, 1).map((port) => {
        const picker = fresh(policy, seed);
        return (picker.hash('F', to(port)) % 64) as number;
      });
      expectSpread(places, sequence(64, 1, 0), `${policy}, seed ${seed}`);
    }
  });

  test('algorithm 4: only destinations that share a counter move each other on', () => {
    const picker = new Picker('double-hash', 1000, seed);
    const counterOf = (port: number) => picker.hash('G', to(port)) % SHARED_COUNTERS;
    const same = sequence(65_000, 81).find((port) => counterOf(port) === counterOf(80)) ?? 0;
    const other = sequence(65_000, 81).find((port) => counterOf(port) !== counterOf(80)) ?? 0;
    const step = (port: number) => {
      const [before = 0] = numbers(picker.pick(1, { peer: to(80) }));
      picker.pick(5, { peer: to(port) });
      const [after = 0] = numbers(picker.pick(1, { peer: to(80) }));
      return (after - before + 1000) % 1000;
    };
    expect(step(other)).toBe(1);
    expect(step(same)).toBe(6);
    expectSpread(
      sequence(25_600, 1).map(counterOf),
      sequence(SHARED_COUNTERS, 1, 0),
      `counters, seed ${seed}`,
    );
  });

  test('algorithm 5: increments from 1 to 500, each equally likely', () => {
    const ports = numbers(new Picker('random-increments', 20_000, seed).pick(50_001));
    const steps = ports.slice(1).map((port, at) => (port - (ports[at] ?? 0) + 20_000) % 20_000);
    expectSpread(
      steps.map((step) => step - 1),
      sequence(500, 1, 0),
      `seed ${seed}`,
    );
  });

  test('Linux connect(): even ports, to one destination 2 to 16 apart, each step equally likely', () => {
    const ports = numbers(
      new Picker('linux', 28_232, seed, 32_768).pick(4001, { purpose: 'connect', peer: to(80) }),
    );
    expect(ports.every((port) => port % 2 === 0)).toBe(true);
    const steps = ports.slice(1).map((port, at) => (port - (ports[at] ?? 0) + 28_232) % 28_232);
    expectSpread(
      steps.map((step) => step / 2 - 1),
      sequence(8, 1, 0),
      `seed ${seed}`,
    );
  });

  test('Linux bind(0): odd ports, uniform', () => {
    const ports = numbers(new Picker('linux', 128, seed).pick(12_800));
    expect(ports.every((port) => port % 2 === 1)).toBe(true);
    expectSpread(
      ports.map((port) => (port - LOW - 1) / 2),
      sequence(64, 1, 0),
      `seed ${seed}`,
    );
  });
});

const pickers = new Map<string, Picker>();
function fresh(policy: PortPolicy, seed: number): Picker {
  const name = `${policy} ${seed}`;
  const known = pickers.get(name) ?? new Picker(policy, 64, seed);
  pickers.set(name, known);
  return known;
}

test('sequential: the next number, for whomever, from the low end on and around', () => {
  const picker = new Picker('sequential', 5);
  const peers = [to(80), to(443), undefined];
  const got = sequence(7).flatMap((n) => {
    const peer = peers[n % 3];
    return picker.pick(1, peer === undefined ? {} : { purpose: 'connect', peer });
  });
  expect(got.map((port) => (port ?? 0) - LOW)).toEqual([0, 1, 2, 3, 4, 0, 1]);
});

describe('the keyed hash', () => {
  // From the reference implementation of HalfSipHash-2-4: key 00 01 … 07, input empty and the one byte 00.
  test('is HalfSipHash-2-4', () => {
    expect(keyedHash(0x03020100, 0x07060504, [])).toBe(0x5b9f35a9);
    expect(keyedHash(0x03020100, 0x07060504, [0])).toBe(0xb85a4727);
  });

  test('has another key in each run and on each host, and the same one all through a run', () => {
    const [one, again, other] = [1, 1, 2].map((seed) =>
      new Picker('simple-hash', 64, seed).hash('F', to(80)),
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
    const picker = new Picker('simple-hash', 64);
    expect(picker.hash('F', to(80))).toBe(picker.hash('F', to(80)));
    expect(picker.hash('F', to(80))).not.toBe(picker.hash('G', to(80)));
  });
});

describe('what there is to find is found', () => {
  const SIZE = 96;
  const all = sequence(SIZE, LOW);
  const sure = PORT_POLICIES.filter((policy) => policy !== 'redraw' && policy !== 'random-increments');

  test.each(sure)('%s: the only free port, wherever it is', (policy) => {
    for (const purpose of ['bind', 'connect', 'datagram'] as const)
      for (const free of all) {
        const picker = new Picker(policy, SIZE, free);
        picker.hold(all.filter((port) => port !== free));
        expect(picker.pick(3, { purpose, peer: to(80) }), `${purpose} ${free}`).toEqual([free, free, free]);
      }
  });

  // connect() may share a port that is held: not what nobody holds, but what will do is the question.
  test.each(sure)(
    '%s: the only suitable port, though all are held, or none of the free ones will do',
    (policy) => {
      for (const only of all.filter((port) => port % 7 === 0)) {
        const picker = new Picker(policy, SIZE, only);
        const wish = {
          purpose: 'connect',
          peer: to(80),
          isSuitable: (port: number) => port === only,
        } as const;
        picker.hold(all.slice(0, SIZE / 2));
        expect(picker.pick(2, wish)).toEqual([only, only]);
        picker.hold(all.slice(SIZE / 2));
        expect(picker.pick(2, wish)).toEqual([only, only]);
      }
    },
  );

  test.each(PORT_POLICIES)('%s: nothing, when nothing will do', (policy) => {
    const picker = new Picker(policy, SIZE);
    expect(picker.pick(2, { isSuitable: () => false })).toEqual([undefined, undefined]);
  });

  test.each(['redraw', 'random-increments'] as const)('%s: the only free port or none', (policy) => {
    const picker = new Picker(policy, SIZE);
    picker.hold(all.filter((port) => port !== LOW + 50));
    const got = picker.pick(200);
    expect(new Set(got)).toEqual(new Set([LOW + 50, undefined]));
  });

  test('reserved ports are passed over', () => {
    for (const policy of sure) {
      const picker = new Picker(policy, SIZE);
      picker.net.event(() =>
        picker.net.world.hosts.reservedPorts.set(picker.net.host('box'), `${LOW}-${LOW + SIZE - 2}`),
      );
      expect(picker.pick(1), policy).toEqual([LOW + SIZE - 1]);
    }
  });
});

describe('how much is asked', () => {
  const SIZE = 28_232;
  test.each(['linux', 'simple-random', 'simple-hash', 'double-hash', 'sequential'] as const)(
    '%s: about the same at 10 % and at 99.9 % full',
    (policy) => {
      for (const share of [0.1, 0.999]) {
        const picker = new Picker(policy, SIZE, 7, 32_768);
        const state = seeded(7);
        const ports = sequence(SIZE, 32_768);
        for (let at = ports.length - 1; at > 0; at--) {
          const other = below(state, at + 1);
          [ports[at], ports[other]] = [ports[other] ?? 0, ports[at] ?? 0];
        }
        picker.hold(ports.slice(0, Math.round(share * SIZE)));
        picker.asked = 0;
        const got = picker.pick(100, { purpose: 'bind', peer: to(80) });
        expect(got.every((port) => port !== undefined)).toBe(true);
        expect(picker.asked / 100).toBeLessThan(8);
      }
    },
  );
});

function seeded(seed: number) {
  const words = new Uint32Array(4);
  const state = {
    get: (word: 0 | 1 | 2 | 3) => words[word] ?? 0,
    set: (word: 0 | 1 | 2 | 3, value: number) => {
      words[word] = value;
    },
  };
  seedRandom(state, seed);
  return state;
}

describe('the tree of held ports', () => {
  test('knows the next port that nobody holds, at every position', () => {
    const picker = new Picker('linux', 100);
    const { net } = picker;
    const { world } = net;
    const host = net.host('box');
    const state = seeded(11);
    const held = new Map<number, SocketId[]>();
    const notes: { position: number; held: Set<number> }[] = [];
    // Few words of the tree, so that some get full; the last port of all; ports that two hold.
    const spots = [...sequence(200, 1000), ...sequence(70, 65_466)];
    for (let round = 0; round < 1500; round++) {
      const port = spots[below(state, spots.length)] ?? 0;
      const here = held.get(port) ?? [];
      if (here.length > 0 && below(state, 4) === 0) {
        const socket = here.pop();
        if (socket !== undefined) net.event(() => releasePort(world, socket));
      } else here.push(...picker.hold([port]));
      held.set(port, here);
      if (round % 50 === 0) {
        const taken = [...held].filter(([, sockets]) => sockets.length > 0).map(([each]) => each);
        notes.push({ position: world.memory.position, held: new Set(taken) });
      }
    }
    for (const note of notes.reverse()) {
      world.memory.seek(note.position);
      for (const [from, last] of [
        [990, 1300],
        [1000, 1100],
        [1001, 1001],
        [65_400, 65_535],
        [65_535, 65_535],
      ] as const)
        for (const step of [1, 2] as const) {
          const wanted = sequence(last - from + 1, from).find(
            (port) => !note.held.has(port) && (step === 1 || port % 2 === from % 2),
          );
          expect(nextUnheld(world, host, 'tcp', from, last, step)).toBe(wanted);
        }
    }
    expect(nextUnheld(world, host, 'udp', 1000, 1300, 1)).toBe(1000);
  });
});

describe('exhaustion', () => {
  // Linux hands out 32768 to 60999: 28232 numbers, all of them, and not one more. Sockets without descriptors: finding
  // the lowest free descriptor number among thousands would take most of the time.
  const crowd = () => {
    const net = new Net({ laptop: '10.0.0.7', web: '10.0.0.80' });
    const process = net.process('laptop');
    const { world, simulation } = net;
    const fresh = () => createSocket(world, net.host('laptop'), 'tcp', 'root');
    return { net, process, simulation, fresh };
  };

  test('bind(0): the 28233rd of the default range gives EADDRINUSE', () => {
    const { net, process, simulation, fresh } = crowd();
    const sockets = net.event(() => sequence(28_233).map(fresh));
    const outcomes = net.event(() =>
      sockets.map((socket) => bind(simulation, process, socket, { address: '', port: 0 }).outcome),
    );
    expect(outcomes.indexOf('EADDRINUSE')).toBe(28_232);
    const ports = sockets.slice(0, 28_232).map((socket) => net.portOf(socket));
    expect(new Set(ports).size).toBe(28_232);
    expect([Math.min(...ports), Math.max(...ports)]).toEqual([32_768, 60_999]);
  }, 60_000);

  test('connect(): the 28233rd to one destination gives EADDRNOTAVAIL, another destination has them all', () => {
    const { net, simulation, fresh } = crowd();
    const call = (port: number) => connect(simulation, fresh(), { address: '10.0.0.80', port }).outcome;
    const outcomes = net.event(() => sequence(28_233).map(() => call(80)));
    expect(outcomes.indexOf('EADDRNOTAVAIL')).toBe(28_232);
    expect(net.event(() => call(443))).toBe('pending');
  }, 60_000);
});
