// The command `npm run -s conformance:live`: fresh random programs, what this machine's kernel makes of them, and whether
// the simulator makes the same. Exit code 1 if it does not, 2 if the kernel cannot be asked.
import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Verdict } from '../judge.js';
import { firstKind, inFull } from '../report.js';
import { type Campaign, run, shrinkFailure } from './campaign.js';
import { unmetNeeds } from './needs.js';

const HELP = `npm run -s conformance:live -- N [--seed S] [--keep FILE] [--most M]
  N            how many programs (about 12 a second)
  --seed S     the same programs for the same seed (1)
  --keep FILE  writes what the kernel did, for npm run conformance -- FILE
  --most M     how many differences are shrunk and told (10), one of each kind
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    most: { type: 'string', default: '10' },
    help: { type: 'boolean' },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  const count = Number(positionals[0]);
  const seed = Number(values.seed);
  if (values.help || positionals.length === 0) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  if (!(count > 0) || ![count, seed].every(Number.isSafeInteger) || seed < 0) {
    console.error(
      `N and the seed are whole numbers, N from 1: ${positionals.join(' ')}, seed ${values.seed}`,
    );
    return 2;
  }
  const unmet = unmetNeeds();
  if (unmet.length > 0) {
    console.error(unmet.map((need) => `conformance:live ${need}`).join('\n'));
    return 2;
  }
  const { keep } = values;
  if (keep !== undefined) writeFileSync(keep, '');
  const campaign = await run(count, seed, (recordings) => {
    if (keep !== undefined)
      appendFileSync(keep, recordings.map((each) => `${JSON.stringify(each)}\n`).join(''));
  });
  await tellFailures(campaign.failed);
  tellCounts(campaign);
  return campaign.failed.length > 0 ? 1 : 0;
}

async function tellFailures(failed: readonly Verdict[]): Promise<void> {
  const kinds = new Map<string, Verdict[]>();
  for (const verdict of failed) {
    const kind = firstKind(verdict);
    kinds.set(kind, [...(kinds.get(kind) ?? []), verdict]);
  }
  const commonest = [...kinds].sort(([, one], [, other]) => other.length - one.length);
  const most = Number(values.most);
  for (const [index, [kind, verdicts]] of commonest.entries()) {
    console.log(`${verdicts.length} × ${kind}: ${namesOf(verdicts)}`);
    const [first] = verdicts;
    if (index < most && first !== undefined) console.log(inFull(await shrinkFailure(first)), '\n');
  }
}

function namesOf(verdicts: readonly Verdict[]): string {
  const names = verdicts.map(({ recording }) => recording.scenario.name);
  return [...names.slice(0, 5), ...(names.length > 5 ? ['…'] : [])].join(' ');
}

function tellCounts({ passed, failed, unstable, broken, opCounts }: Campaign): void {
  const counts = [...opCounts].sort(([, one], [, other]) => other - one);
  console.log(counts.map(([name, count]) => `${name} ${count}`).join(', '));
  if (broken.length > 0) console.log(`${broken.length} could not be recorded, e.g. ${broken[0]}`);
  console.log(`${unstable} unstable: the kernel itself gave different answers; judged neither way`);
  console.log(`${passed} passed, ${failed.length} failed`);
}
