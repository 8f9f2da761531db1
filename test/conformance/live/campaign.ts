// Many random programs, asked of the kernel in batches while the simulator plays the batch before.
import { judge, type Verdict } from '../judge.js';
import type { Recording, Scenario } from '../recording.js';
import { firstKind } from '../report.js';
import { generate } from './generate.js';
import { type Recorded, record } from './recorder.js';
import { shrink } from './shrink.js';

const BATCH = 400;
/** A program is asked so often; one that comes out otherwise, so many times more, since equal draws can be luck. */
export const RUNS = 3;
export const RUNS_TO_BE_SURE = 24;

/** Whoever carries programs out and tells what came of it: the real kernel, or in tests something that stands for it. */
export type AskKernel = (programs: readonly Scenario[], runs: number) => Promise<Recorded>;

export interface Campaign {
  passed: number;
  readonly failed: Verdict[];
  unstable: number;
  readonly broken: string[];
  readonly opCounts: Map<string, number>;
}

/** Gets the recordings in which the kernel is of one mind. */
type Keep = (recordings: readonly Recording[]) => void;

export async function run(
  count: number,
  seed: number,
  keep: Keep,
  askKernel: AskKernel = record,
): Promise<Campaign> {
  const campaign: Campaign = { passed: 0, failed: [], unstable: 0, broken: [], opCounts: new Map() };
  let judging: Promise<void> = Promise.resolve();
  for (let start = 0; start < count; start += BATCH) {
    const length = Math.min(BATCH, count - start);
    const programs = Array.from({ length }, (_, index) => generate(seed, start + index));
    const recorded = await askKernel(programs, RUNS);
    await judging;
    campaign.unstable += recorded.unstable.length;
    for (const { scenario, error } of recorded.failed) campaign.broken.push(`${scenario.name}: ${error}`);
    judging = judgeAll(recorded.stable, campaign, keep, askKernel);
  }
  await judging;
  return campaign;
}

async function judgeAll(
  recordings: readonly Recording[],
  campaign: Campaign,
  keep: Keep,
  askKernel: AskKernel,
): Promise<void> {
  const certain: Recording[] = [];
  const doubtful: Scenario[] = [];
  for (const recording of recordings) {
    for (const { op, opt } of recording.scenario.ops)
      for (const name of opt === undefined ? [op] : [op, `${op} ${opt}`])
        campaign.opCounts.set(name, (campaign.opCounts.get(name) ?? 0) + 1);
    if (judge(recording).hasPassed) certain.push(recording);
    else doubtful.push(recording.scenario);
    await new Promise(setImmediate);
  }
  campaign.passed += certain.length;
  const { stable, unstable } = await askKernel(doubtful, RUNS_TO_BE_SURE);
  campaign.unstable += unstable.length;
  for (const recording of stable) {
    const verdict = judge(recording);
    if (verdict.hasPassed) campaign.passed += 1;
    else campaign.failed.push(verdict);
  }
  keep([...certain, ...stable]);
}

/** The shortest program that first differs in the same way. */
export async function shrinkFailure(verdict: Verdict, askKernel: AskKernel = record): Promise<Verdict> {
  const kind = firstKind(verdict);
  const shortest = { verdict };
  await shrink(verdict.recording.scenario, async (candidates) => {
    const { stable } = await askKernel(
      candidates.map((candidate, index) => ({ ...candidate, name: String(index) })),
      1,
    );
    const verdicts = new Map(stable.map((each) => [each.scenario.name, judge(each)]));
    const shows = candidates.map((_, index) => {
      const found = verdicts.get(String(index));
      return found !== undefined && !found.hasPassed && firstKind(found) === kind;
    });
    const first = verdicts.get(String(shows.indexOf(true)));
    if (first !== undefined) shortest.verdict = first;
    return shows;
  });
  const { name } = verdict.recording.scenario;
  const { recording } = shortest.verdict;
  return { ...shortest.verdict, recording: { ...recording, scenario: { ...recording.scenario, name } } };
}
