// The command: plays recordings and prints where the simulator and the kernel part. Exit code 1 if any scenario failed.
import { parseArgs } from 'node:util';
import { readAll, readFiles } from './folder.js';
import { judge, type Verdict } from './judge.js';
import { judgeInLanguage } from './judge-language.js';
import type { Recording } from './recording.js';
import { rename } from './rename.js';
import { differencesOf, families, firstKind, inFull } from './report.js';

const HELP = `npm run -s conformance -- [FILE.jsonl…]      recordings; without files, all of test/conformance/recordings
  --only TEXT       scenarios whose name or family contains TEXT
  --show NAME       one scenario in full
  --families        passed and failed by family, with the commonest first differences
  --kinds N         how many of them a family (8)
  --list            names of failed scenarios with how they first differ, one a line, as in open.txt
  --rename SEED     hosts, sockets, scenarios, addresses and ports by other names; verdicts must not change
  --language        rewritten in the language of scenarios and judged by check: how many hold, and what the others miss
  --most N          how many failed scenarios are told in detail (20); 0 = all
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    show: { type: 'string' },
    families: { type: 'boolean' },
    kinds: { type: 'string', default: '8' },
    rename: { type: 'string' },
    list: { type: 'boolean' },
    language: { type: 'boolean' },
    most: { type: 'string', default: '20' },
    help: { type: 'boolean' },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = run();

function run(): number {
  const wanted = (positionals.length > 0 ? readFiles(positionals) : readAll()).filter(({ scenario }) =>
    values.show !== undefined
      ? scenario.name === values.show
      : values.only === undefined ||
        scenario.name.includes(values.only) ||
        scenario.family.includes(values.only),
  );
  if (values.language) return tellLanguage(wanted);
  const seed = values.rename;
  const verdicts = wanted.map((recording) =>
    judge(seed === undefined ? recording : rename(recording, Number(seed))),
  );
  const failed = verdicts.filter(({ hasPassed }) => !hasPassed);
  tell(verdicts, failed);
  console.log(`${verdicts.length - failed.length} passed, ${failed.length} failed`);
  return failed.length > 0 ? 1 : 0;
}

function tellLanguage(recordings: readonly Recording[]): number {
  const verdicts = recordings.map(judgeInLanguage);
  for (const { name, misses } of verdicts) if (misses !== undefined) console.log(`${name}  # ${misses}`);
  const held = verdicts.filter(({ misses }) => misses === undefined);
  const sum = (of: 'calls' | 'rows') => held.reduce((count, verdict) => count + verdict[of], 0);
  console.log(
    `${held.length} of ${verdicts.length} hold in the language: ${sum('calls')} calls and ${sum('rows')} rows as the kernel had them`,
  );
  return held.length === verdicts.length ? 0 : 1;
}

function tell(verdicts: readonly Verdict[], failed: readonly Verdict[]): void {
  if (values.show !== undefined) for (const verdict of verdicts) console.log(inFull(verdict));
  else if (values.families) console.log(families(verdicts, Number(values.kinds)));
  else if (values.list)
    for (const verdict of failed) console.log(`${verdict.recording.scenario.name}  # ${firstKind(verdict)}`);
  else {
    const most = Number(values.most) || failed.length;
    for (const verdict of failed.slice(0, most)) console.log(differencesOf(verdict, 3));
    if (failed.length > most) console.log(`… and ${failed.length - most} more; --most 0 tells all`);
  }
}
