// The live campaign without a kernel: something that stands for one answers as the simulator does, but for what a test has it
// do otherwise. Provoked: a wrong answer that is missed, a program that shrinks to something else, an op never tried.
import { expect, test } from 'vitest';
import { judge } from '../judge.js';
import { Player } from '../player.js';
import type { Op, OpResult, Recording, Scenario } from '../recording.js';
import { type AskKernel, RUNS_TO_BE_SURE, run, shrinkFailure } from './campaign.js';
import { generate } from './generate.js';

const SEED = 9293;
/** How recordings spell what the recorder can do, but for translation of addresses, which the simulator's hosts do not do. */
const OPS =
  'socket setsockopt bind listen connect accept send sendto recv shutdown close exit dup setuid soerror name poll drain ' +
  'acceptall sockets sysctl addr wait drop undrop';
const OPTIONS =
  'reuseaddr reuseport v6only broadcast keepalive linger bindtodevice bind_address_no_port freebind local_port_range ' +
  'multicast_loop multicast_all multicast_ttl multicast_if join leave';

/** What the simulator makes of a program, ports as they are. */
function play(scenario: Scenario): Recording {
  const player = new Player(scenario, 1, (recorded, got) => recorded === got);
  return { scenario, result: { ops: scenario.ops.map((op) => player.play(op, { r: '' })) } };
}

/** Answers like the simulator, changed op by op. */
const kernelThat =
  (answers: (op: Op, result: OpResult) => OpResult): AskKernel =>
  async (programs) => ({
    stable: programs.map((program) => {
      const { scenario, result } = play(program);
      return {
        scenario,
        result: { ops: result.ops.map((each, at) => answers(program.ops[at] as Op, each)) },
      };
    }),
    unstable: [],
    failed: [],
  });
const honest = kernelThat((_, result) => result);
const programs = (count: number, seed = SEED) => Array.from({ length: count }, (_, at) => generate(seed, at));
const ignore = () => {};

test('a seed gives the same programs again, another seed others', () => {
  expect(programs(20)).toEqual(programs(20));
  expect(programs(20)).not.toEqual(programs(20, SEED + 1));
});

test('every op and every option comes up, on one to three hosts', () => {
  const all = programs(1500);
  const seen = new Map<string, number>();
  const add = (name: string) => seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const { hosts, ops } of all) {
    add(`${hosts.length} hosts`);
    for (const { op, opt } of ops) add(opt === undefined ? op : `${op} ${opt}`);
  }
  const wanted = [
    ...OPS.split(' ').filter((op) => op !== 'setsockopt'),
    ...OPTIONS.split(' ').map((opt) => `setsockopt ${opt}`),
    ...[1, 2, 3].map((count) => `${count} hosts`),
  ];
  expect(wanted.filter((name) => (seen.get(name) ?? 0) < 5)).toEqual([]);
});

test('most programs have two sockets that want one port, and most close something', () => {
  const all = programs(500);
  const wantsTwice = all.filter(({ ops }) => {
    const ports = ops.flatMap(({ op, port }) => (op === 'bind' && port !== 0 ? [port] : []));
    return new Set(ports).size < ports.length;
  });
  const closes = all.filter(({ ops }) => ops.some(({ op }) => ['close', 'exit', 'shutdown'].includes(op)));
  expect(wantsTwice.length).toBeGreaterThan(250);
  expect(closes.length).toBeGreaterThan(250);
});

test('a kernel that does what the simulator does: all pass, every op is counted', async () => {
  const kept: Recording[] = [];
  const campaign = await run(40, SEED, (recordings) => kept.push(...recordings), honest);
  expect([campaign.passed, campaign.failed, campaign.unstable]).toEqual([40, [], 0]);
  expect(kept).toHaveLength(40);
  const sockets = programs(40).flatMap(({ ops }) => ops.filter(({ op }) => op === 'socket'));
  expect(campaign.opCounts.get('socket')).toBe(sockets.length);
});

test('a kernel that lets nobody listen twice: found, and shrunk to what shows it', async () => {
  const refusing = kernelThat((op, result) =>
    op.op === 'listen' && result.r === 'ok' && op.backlog === 1 ? { r: 'EADDRINUSE' } : result,
  );
  const { failed, passed } = await run(40, SEED, ignore, refusing);
  expect(passed + failed.length).toBe(40);
  const [first] = failed;
  if (first === undefined) throw new Error('nothing was found');
  const { recording, hasPassed } = await shrinkFailure(first, refusing);
  expect(hasPassed).toBe(false);
  expect(recording.scenario.name).toBe(first.recording.scenario.name);
  expect(recording.scenario.ops.map(({ op }) => op)).toEqual(['socket', 'listen']);
  expect(recording.scenario.hosts).toHaveLength(1);
  expect(recording.scenario.processes).toHaveLength(1);
  expect(judge(recording).hasPassed).toBe(false); // the recording shows it by itself
});

test('where the kernel is of two minds nothing is judged, also when it shows only after more runs', async () => {
  const isOdd = ({ name }: Scenario) => Number(name.split(':')[2]) % 2 === 1;
  const wavering: AskKernel = async (asked, runs) => {
    const { stable } = await kernelThat(() => ({ r: 'EINTR' }))(asked, runs);
    const isSettled = ({ scenario }: Recording) => runs < RUNS_TO_BE_SURE && !isOdd(scenario);
    const unstable = stable.filter((each) => !isSettled(each)).map(({ scenario }) => scenario);
    return { stable: stable.filter(isSettled), unstable, failed: [] };
  };
  const campaign = await run(20, SEED, ignore, wavering);
  expect([campaign.passed, campaign.failed, campaign.unstable]).toEqual([0, [], 20]);
});

test('what could not be recorded is told by name', async () => {
  const [lost] = programs(1);
  if (lost === undefined) throw new Error('no program');
  const failing: AskKernel = async () => ({
    stable: [],
    unstable: [],
    failed: [{ scenario: lost, error: 'no such device' }],
  });
  const { broken } = await run(1, SEED, ignore, failing);
  expect(broken).toEqual([`${lost.name}: no such device`]);
});
