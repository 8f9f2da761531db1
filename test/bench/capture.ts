// A run's packets as a capture file: what is in it, read from the run's history, and the file's bytes, checksums and all.
import { captureOf } from '../../src/trace/capture.js';
import { Cast } from '../../src/trace/cast.js';
import { pcapngOf } from '../../src/trace/pcapng.js';
import { Recorder } from '../../src/trace/recording.js';
import { Lab } from './lab.js';
import { medianNanos, processorNanos } from './rounds.js';

const PACKETS = Number(process.env['FOURTUPLE_BENCH_PACKETS'] ?? 200_000);
const CONNECTIONS = 100;

export function benchCapture(): void {
  const lab = new Lab();
  const { world, log, engine } = lab.simulation;
  const connections = Array.from({ length: CONNECTIONS }, (_, place) => lab.open(place));
  const recorder = new Recorder(world, log);
  const start = world.memory.position;
  engine.onStep = () => recorder.note();
  // A message is two packets: the text and its ACK.
  for (let turn = 0; 2 * turn < PACKETS; turn++) {
    const connection = connections[turn % CONNECTIONS];
    if (connection !== undefined) lab.message(connection);
  }
  const recording = { world, log, steps: recorder.steps, start };
  const from = processorNanos();
  const capture = captureOf(recording, new Cast(recording));
  const reading = (processorNanos() - from) / capture.frames.length;
  const write = { name: 'file', count: capture.frames.length, run: () => void pcapngOf(capture, 'bench') };
  const [writing = 0] = medianNanos([write]);
  console.log(`capture: ${capture.frames.length} packets, half of them with 64 bytes of text`);
  console.log(
    `  what is in it    ${reading.toFixed(0)} ns a packet: where it was seen, whose it is, what became of it`,
  );
  console.log(`  the file         ${writing.toFixed(0)} ns a packet; a million in ${writing.toFixed(0)} ms`);
}
