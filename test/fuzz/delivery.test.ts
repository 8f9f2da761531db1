// Two hosts over a bad link: up to 30 % of the packets lost, doubled and out of order. Both send, both close; whatever the
// link does, each side reads exactly what the other wrote, or a process is told that it did not arrive. And every run ends.
import { expect, test } from 'vitest';
import { nextUint32, type RandomState, seedRandom } from '../../src/base/random.js';
import { setFaults } from '../../src/net/faults.js';
import { setSystem } from '../../src/ports/profiles.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { LAPTOP, WEB } from '../builders/connection.js';
import { MILLI, Net, SECOND } from '../builders/network.js';
import { fuzz } from './share.js';

/** A run is given so much time: more than any patience that the systems have. */
const MOST_TIME = 4000 * SECOND;
const LARGEST_TEXT = 12_000;
/** As many steps as a run of this size may take; one that answers itself for ever takes more. */
const MOST_STEPS = 20_000;
const count = fuzz.share(60, 10_000);
const first = fuzz.seed('delivery');

class Dice implements RandomState {
  private readonly words = [0, 0, 0, 0];
  constructor(seed: number) {
    seedRandom(this, seed);
  }
  get(word: 0 | 1 | 2 | 3): number {
    return this.words[word] ?? 0;
  }
  set(word: 0 | 1 | 2 | 3, value: number): void {
    this.words[word] = value;
  }
  /** 0 up to 1. */
  ratio(): number {
    return nextUint32(this) / 2 ** 32;
  }
  below(limit: number): number {
    return nextUint32(this) % limit;
  }
}

/** One side: what it will write, when it reads, and what came of it. */
interface Side {
  readonly process: ProcessId;
  socket: SocketId | undefined;
  readonly text: string;
  written: number;
  read: string;
  isEnd: boolean;
  hasShut: boolean;
  readonly errors: string[];
}

function play(seed: number) {
  const dice = new Dice(seed);
  const net = new Net({ laptop: LAPTOP, web: WEB }, { seed });
  const { world } = net;
  const lan = [...world.networks.rows][0];
  if (lan === undefined) throw new Error('no network');
  const worst = 0.3 * dice.ratio();
  net.event(() => {
    setFaults(world, lan, {
      lossRatio: worst,
      duplicateRatio: 0.3 * dice.ratio(),
      reorderRatio: 0.3 * dice.ratio(),
      jitterNanos: dice.below(3) === 0 ? dice.below(400) * MILLI : dice.below(3) * MILLI,
    });
    const systems = ['linux', 'textbook'] as const;
    for (const host of ['laptop', 'web']) setSystem(world, net.host(host), systems[dice.below(2)] ?? 'linux');
  });
  const side = (host: string): Side => ({
    process: net.process(host),
    socket: undefined,
    text: lettersOf(dice, dice.below(3) === 0 ? LARGEST_TEXT : 400),
    written: 0,
    read: '',
    isEnd: false,
    hasShut: false,
    errors: [],
  });
  const [caller, server] = [side('laptop'), side('web')];
  const listener = net.socket(server.process, 'tcp');
  const receiveBuffer = dice.below(3) === 0 ? 500 + dice.below(3000) : 0;
  net.call(server.process, { call: 'setsockopt', socket: listener, options: { receiveBuffer } });
  net.call(server.process, { call: 'bind', socket: listener, address: '', port: 80 });
  net.call(server.process, { call: 'listen', socket: listener, backlog: 1 });
  const socket = net.socket(caller.process, 'tcp');
  net.call(caller.process, { call: 'connect', socket, address: WEB, port: 80 });
  caller.socket = socket;
  const patience = dice.below(4);
  let idle = 0;
  while (net.now < MOST_TIME && net.steps < MOST_STEPS && idle < 3) {
    if (server.socket === undefined) {
      const { socket: accepted } = net.call(server.process, { call: 'accept', socket: listener });
      server.socket = accepted;
    }
    for (const each of [caller, server]) act(net, each, dice, patience);
    const isOver = [caller, server].every(isDone);
    idle = isOver ? idle + 1 : 0;
    const next = net.simulation.engine.nextTime;
    if (next === undefined) idle += 1;
    net.pass(Math.max(20 * MILLI, next === undefined ? SECOND : next - net.now));
  }
  return { net, caller, server, worst };
}

/** A process does what it can now: writes some, reads some, shuts when all is written. */
function act(net: Net, side: Side, dice: Dice, patience: number): void {
  const { process, socket } = side;
  if (socket === undefined || side.errors.length > 0 || !net.world.sockets.rows.has(socket)) return;
  const note = (outcome: string) => {
    if (!['ok', 'pending', 'eof', 'EAGAIN'].includes(outcome)) side.errors.push(outcome);
  };
  if (side.written < side.text.length) {
    const part = side.text.slice(side.written, side.written + 1 + dice.below(3000));
    const outcome = net.send(process, socket, part);
    if (outcome === 'ok') side.written += part.length;
    else note(outcome);
  } else if (!side.hasShut) {
    const { outcome } = net.call(process, { call: 'shutdown', socket, how: 'write' });
    note(outcome);
    side.hasShut = true;
  }
  if (side.isEnd || side.errors.length > 0 || dice.below(1 + patience) !== 0) return;
  const { outcome, data } = net.call(process, { call: 'recv', socket, max: 1 + dice.below(4000) });
  if (outcome === 'eof') side.isEnd = true;
  else if (outcome === 'ok') side.read += data ?? '';
  else note(outcome);
}

function isDone(side: Side): boolean {
  return side.errors.length > 0 || (side.isEnd && side.hasShut);
}

function lettersOf(dice: Dice, most: number): string {
  let text = '';
  while (text.length < most) text += `${text.length}:${dice.below(1e6)} `;
  return text.slice(0, dice.below(most + 1));
}

test(`${count} conversations over links that lose, double and reorder up to 30 % (seeds from ${first})`, {
  timeout: fuzz.timeout,
}, () => {
  const seen = { whole: 0, told: 0, retries: 0, lost: 0, gaps: 0, probes: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const { net, caller, server, worst } = play(seed);
    const about = `seed ${seed}, loss ${worst.toFixed(3)}, ${net.steps} steps, ${net.now / SECOND} s`;
    expect(net.steps, `${about}: no end`).toBeLessThan(MOST_STEPS);
    expect(caller.text.startsWith(server.read), `${about}: web read something else`).toBe(true);
    expect(server.text.startsWith(caller.read), `${about}: laptop read something else`).toBe(true);
    const isWhole =
      server.read === caller.text && caller.read === server.text && caller.isEnd && server.isEnd;
    // A process that has shut and read the end makes no more calls: what it would learn is told all the same.
    const isTold = net.facts('told').some((fact) => fact.process !== undefined) || caller.errors.length > 0;
    if (!isWhole && !isTold)
      expect.fail(
        `${about}: ${server.read.length} of ${caller.text.length} and ${caller.read.length} of ${server.text.length} bytes, and nobody was told; ${net.statesOn('laptop')} | ${net.statesOn('web')}`,
      );
    if (isWhole) seen.whole += 1;
    if (isTold) seen.told += 1;
    for (const fact of net.facts('sent')) {
      if (fact.isRetry) seen.retries += 1;
      if (fact.why === 'gap') seen.gaps += 1;
      if (fact.why === 'window-probe') seen.probes += 1;
    }
    seen.lost += net.facts('dropped').filter(({ why }) => why === 'loss').length;
  }
  // The links are bad enough to show something, and nearly all conversations come through all the same.
  expect(seen.whole, JSON.stringify(seen)).toBeGreaterThan(0.95 * count);
  expect(seen.lost, JSON.stringify(seen)).toBeGreaterThan(2 * count);
  expect(seen.retries).toBeGreaterThan(2 * count);
  expect(seen.gaps).toBeGreaterThan(count / 10);
  if (process.env['FOURTUPLE_FUZZ'] === 'whole') console.log(JSON.stringify(seen));
});
