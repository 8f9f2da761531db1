// Verdicts for a reader: the first differences of a scenario, a scenario in full, and a summary by family.
import type { PlayedOp, Verdict } from './judge.js';

/** The first ops that differ, a few lines each. */
export function differencesOf(verdict: Verdict, limit: number): string {
  const { scenario } = verdict.recording;
  const lines = [`FAILED ${scenario.name}`];
  const bad = verdict.ops.flatMap((op, index) => (op.differences.length > 0 ? [{ op, index }] : []));
  for (const { op, index } of bad.slice(0, limit)) lines.push(...played(op, index));
  if (bad.length > limit) lines.push(`  … ${bad.length - limit} more ops differ`);
  if (verdict.obstacle !== undefined) lines.push(`  ${verdict.obstacle}`);
  return lines.join('\n');
}

function played({ op, differences }: PlayedOp, index: number): string[] {
  return [
    `  op ${index}: ${JSON.stringify(op)}`,
    ...differences.flatMap(({ field, expected, got }) => [
      `    ${field}: expected ${expected}`,
      `    ${' '.repeat(field.length)}       got ${got}`,
    ]),
  ];
}

/** Every op with what was recorded and what was got, marked where they differ. */
export function inFull(verdict: Verdict): string {
  const { recording, ops, obstacle, ports, hasPassed } = verdict;
  const { name, hosts, sysctls, processes } = recording.scenario;
  const lines = [`${hasPassed ? 'PASSED' : 'FAILED'} ${name}`];
  lines.push(`  hosts ${JSON.stringify(hosts)}`, `  processes ${JSON.stringify(processes)}`);
  if (sysctls !== undefined) lines.push(`  sysctls ${JSON.stringify(sysctls)}`);
  for (const [index, played] of ops.entries()) {
    lines.push(`${played.differences.length > 0 ? '✗' : ' '} ${index} ${JSON.stringify(played.op)}`);
    lines.push(`      kernel ${JSON.stringify(played.recorded)}`);
    if (played.got === undefined) lines.push(`      ✗ ${obstacle}`);
    else if (played.differences.length > 0) {
      lines.push(`      ours   ${JSON.stringify(played.got)}`);
      for (const { field, expected, got } of played.differences)
        lines.push(
          `      ✗ ${field}: expected ${expected}`,
          `        ${' '.repeat(field.length)}       got ${got}`,
        );
    }
  }
  lines.push(`  ports ${ports || 'none'}`, `  chosen ${JSON.stringify(recording.result.eph ?? [])}`);
  return lines.join('\n');
}

interface Tally {
  passed: number;
  failed: number;
  readonly kinds: Map<string, { count: number; example: string }>;
}

/** Passed and failed of each family, and the commonest ways in which its scenarios first differ. */
export function families(verdicts: readonly Verdict[], kindsShown: number): string {
  const tallies = new Map<string, Tally>();
  const all: Tally = { passed: 0, failed: 0, kinds: new Map() };
  for (const verdict of verdicts) {
    const { family } = verdict.recording.scenario;
    const tally = tallies.get(family) ?? { passed: 0, failed: 0, kinds: new Map() };
    tallies.set(family, tally);
    for (const each of [tally, all]) count(each, verdict);
  }
  const lines = [...tallies].flatMap(([family, tally]) => describe(family, tally, kindsShown));
  return [...lines, '', ...describe('all', all, kindsShown * 3)].join('\n');
}

function count(tally: Tally, verdict: Verdict): void {
  if (verdict.hasPassed) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  const kind = firstKind(verdict);
  const known = tally.kinds.get(kind) ?? { count: 0, example: verdict.recording.scenario.name };
  tally.kinds.set(kind, { ...known, count: known.count + 1 });
}

function describe(name: string, { passed, failed, kinds }: Tally, limit: number): string[] {
  const sorted = [...kinds].sort(([, one], [, other]) => other.count - one.count);
  const share = Math.floor((100 * passed) / (passed + failed));
  return [
    `${name}: ${passed} passed, ${failed} failed (${share} %)`,
    ...sorted
      .slice(0, limit)
      .map(([kind, { count, example }]) => `  ${String(count).padStart(5)} ${kind}   e.g. ${example}`),
    ...(sorted.length > limit ? [`        and ${sorted.length - limit} kinds more`] : []),
  ];
}

/** How the first op that differs does: `connect r: ok → EADDRNOTAVAIL`. */
export function firstKind({ ops, obstacle }: Verdict): string {
  for (const { op, differences } of ops) {
    const [first] = differences;
    const what = op.op === 'setsockopt' ? `setsockopt ${op.opt}` : op.op;
    if (first !== undefined) return `${what} ${first.field}: ${first.kind}`;
  }
  return obstacle ?? 'nothing';
}
