// TCP: opening and closing, a message with its ACK among many connections, and what an idle connection costs; beside the
// loopback of this machine's kernel and lwIP, where their programs could be built (peers/).
// Reported in one run, in turns, as ratios: machines differ and days do.
import { type Connection, Lab } from './lab.js';
import { peers } from './peers.js';
import { medianNanos, ratio } from './rounds.js';

const SIZES = (process.env['FOURTUPLE_BENCH_SIZES'] ?? '10,1000,10000').split(',').map(Number);
const MESSAGES = 2000;
const LIVES = 300;
/** So that the compiler of this machine has seen everything before a clock runs. */
const WARM_UP = 3000;

export function benchTcp(): void {
  const warm = new Lab();
  for (let place = 0; place < WARM_UP; place++) {
    const connection = warm.open(place);
    warm.message(connection);
    warm.close(connection);
  }
  console.log(
    'tcp: microseconds of processor time an operation, medians; peers are measured on this machine in this run',
  );
  const others = peers();
  for (const { name, missing } of others)
    if (missing !== '') console.log(`  ${name} is left out: ${missing}`);
  const there = others.filter(({ missing }) => missing === '');
  console.log(
    `  ${['connections', 'what', 'fourtuple', ...there.map(({ name }) => `${name}  ours/${name}`)].join('  ')}`,
  );
  for (const size of SIZES) {
    const before = memory();
    const lab = new Lab();
    const all: Connection[] = [];
    for (let place = 0; place < size; place++) all.push(lab.open(place));
    const endpoints = 2 * size;
    const whole = (memory() - before) / endpoints;
    const { cells, history } = lab.simulation.world.memory.bytes;
    let next = size;
    const lives = {
      name: 'open+close',
      count: LIVES,
      run: () => {
        for (let each = 0; each < LIVES; each++) lab.close(lab.open(next++ % 1_000_000));
      },
    };
    const messages = {
      name: 'message+ACK',
      count: MESSAGES,
      run: () => {
        for (let each = 0; each < MESSAGES; each++) {
          const connection = all[(each * 7919) % size];
          if (connection !== undefined) lab.message(connection);
        }
      },
    };
    for (const work of [lives, messages]) {
      const [ours = 0] = medianNanos([work]);
      const theirs = there.map((peer) => peer.nanos(work.name, size));
      const cells = theirs.map((nanos) => `${micros(nanos)}  ${ratio(ours, nanos)}`);
      console.log(
        `  ${String(size).padStart(9)}  ${work.name.padEnd(12)} ${micros(ours)}  ${cells.join('  ')}`,
      );
    }
    if (size >= 1000)
      console.log(
        `  ${String(size).padStart(9)}  bytes an endpoint: ${(cells / endpoints).toFixed(0)} for what it is, ${(history / endpoints).toFixed(0)} for how it came to be; heap and buffers in all ${whole.toFixed(0)}`,
      );
  }
}

function micros(nanos: number): string {
  return (nanos / 1000).toFixed(2).padStart(9);
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
