// Walking through the history of a long run: seeking anywhere, one step back, end to start. Beside it, what running those
// steps again would cost: that is what the journal saves.
import { Lab } from './lab.js';
import { medianNanos, processorNanos } from './rounds.js';

const WANTED = Number(process.env['FOURTUPLE_BENCH_EVENTS'] ?? 1_000_000);
const SEEKS = 1000;

export function benchTravel(): void {
  const lab = new Lab();
  const { memory } = lab.simulation.world;
  const connections = Array.from({ length: 1000 }, (_, place) => lab.open(place));
  const kept = bytesInUse();
  const began = processorNanos();
  const first = memory.end;
  for (let turn = 0; memory.end < WANTED; turn++) {
    const connection = connections[(turn * 7919) % connections.length];
    if (connection !== undefined) lab.message(connection);
  }
  const perEvent = since(began) / (memory.end - first);
  const end = memory.end;
  const history = (bytesInUse() - kept) / (end - first);
  const digest = memory.digest();
  let place = 12_345;
  const seeks = Array.from({ length: SEEKS }, () => {
    place = (Math.imul(place, 1_103_515_245) + 12_345) >>> 0;
    const from = processorNanos();
    memory.seek(place % (end + 1));
    return since(from);
  }).sort((one, other) => one - other);
  memory.seek(end);
  const from = processorNanos();
  memory.seek(0);
  const whole = since(from);
  memory.seek(end);
  const [back = 0] = medianNanos([
    {
      name: 'back',
      count: 10_000,
      run: () => {
        for (let step = 0; step < 10_000; step++) memory.seek(memory.position - 1);
      },
    },
  ]);
  memory.seek(end);
  if (memory.digest() !== digest) throw new Error('the world is not what it was');
  const p99 = seeks[Math.floor(0.99 * SEEKS)] ?? Number.NaN;
  console.log(`travel: a run of ${end} events on 1,000 connections`);
  console.log(`  an event              ${perEvent.toFixed(0)} ns`);
  console.log(`  kept for an event     ${history.toFixed(0)} bytes: its changes, its facts and packets`);
  console.log(`  one step back         ${back.toFixed(0)} ns, ${(perEvent / back).toFixed(0)} times cheaper`);
  console.log(`  seek anywhere         p50 ${millis(seeks[SEEKS >> 1] ?? 0)} ms, p99 ${millis(p99)} ms`);
  console.log(
    `  end to start          ${millis(whole)} ms, ${((perEvent * end) / whole).toFixed(0)} times cheaper than running it`,
  );
}

function since(from: number): number {
  return processorNanos() - from;
}

/** Heap and buffers; exact only where garbage can be collected first (`node --expose-gc`). */
function bytesInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function millis(nanos: number): string {
  return (nanos / 1e6).toFixed(2);
}
