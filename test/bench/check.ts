// What grading costs: the library with each lesson, and a course's pile of submissions, on one core, whole and in two shards
// that cover it exactly once. Processor time, since the machine may be busy with other things.
import { command } from '../../src/cli/command.js';
import { findFiles } from '../../src/cli/files.js';
import { nodeMachine } from '../../src/cli/node-machine.js';
import type { ReportDocument } from '../../src/cli/reporters/report-document.js';
import { memoryMachine } from '../cli/memory-machine.js';

const COPIES = 1000;
const LONGEST = 40;
const WARM_UP = 3;

export function benchCheck(): void {
  const machine = nodeMachine();
  const { files } = findFiles(machine, ['scenarios']);
  for (let round = 0; round < WARM_UP; round++) command(['check', 'scenarios'], machine);
  const each = files.map((file) => ({ file, millis: millisOf(() => command(['check', file], machine)) }));
  const total = millisOf(() => command(['check', 'scenarios'], machine));
  console.log(`check: the library, ${files.length} scenarios in ${total.toFixed(0)} ms`);
  for (const { file, millis } of each.toSorted((one, other) => other.millis - one.millis))
    console.log(`  ${millis.toFixed(1).padStart(7)} ms  ${file}`);

  const { scenarios } = reportOf(command(['check', 'scenarios', '--reporter', 'json'], machine).out);
  const longest = scenarios.toSorted((one, other) => other.steps - one.steps)[0];
  const text = longest === undefined ? '' : machine.read(longest.file);
  const names = Array.from({ length: COPIES }, (_, index) => `pile/${String(index).padStart(4, '0')}.yaml`);
  const pile = memoryMachine(Object.fromEntries(names.map((name) => [name, text])));
  console.log(`check: ${COPIES} copies of ${longest?.file}, ${longest?.steps} steps (at most ${LONGEST})`);
  const covered: string[] = [];
  for (const shard of ['1/1', '1/2', '2/2']) {
    let out = '';
    const millis = millisOf(() => {
      ({ out } = command(['check', 'pile', '--reporter', 'json', '--shard', shard], pile));
    });
    const checked = reportOf(out).scenarios;
    if (shard !== '1/1') covered.push(...checked.map(({ file }) => file));
    const rate = (checked.length / millis) * 1000;
    console.log(`  shard ${shard}: ${checked.length} scenarios, ${rate.toFixed(0)} a second of one core`);
  }
  const isOnce = covered.length === COPIES && new Set(covered).size === COPIES;
  console.log(`  the two shards cover ${isOnce ? 'each exactly once' : 'NOT each exactly once'}`);
}

function reportOf(text: string): ReportDocument {
  return JSON.parse(text) as ReportDocument;
}

function millisOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
