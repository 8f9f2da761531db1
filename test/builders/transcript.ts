// A run as text, one line a step: what the golden files under test/transcripts hold. A changed one is written beside the
// old as out/transcripts/<id>.txt.new; UPDATE=1 writes the files that are missing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatNanos } from '../../src/base/time.js';
import type { Run } from '../../src/scenario/run.js';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}/`, import.meta.url));

export function transcriptOf(run: Run): string {
  const lines = [run.title];
  let phase: string | undefined;
  for (const step of run.steps) {
    if (step.phase !== phase) {
      phase = step.phase;
      if (phase !== undefined) lines.push('', phase);
    }
    const packet = step.packet === undefined ? '' : `  [${step.packet.notation}]`;
    lines.push(
      `${String(step.number).padStart(3)} ${formatNanos(step.at).padStart(9)}  ${step.mark ?? ' '} ${step.plain}${packet}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The golden text to hold a run against, after writing what is due. Undefined: there is none, and none was asked for. */
export function goldenFor(id: string, actual: string): string | undefined {
  const path = `${folder('test/transcripts')}${id}.txt`;
  if (!existsSync(path)) {
    if (process.env['UPDATE'] !== '1') return undefined;
    mkdirSync(folder('test/transcripts'), { recursive: true });
    writeFileSync(path, actual);
  }
  const golden = readFileSync(path, 'utf8');
  if (golden !== actual) {
    mkdirSync(folder('out/transcripts'), { recursive: true });
    writeFileSync(`${folder('out/transcripts')}${id}.txt.new`, actual);
  }
  return golden;
}
