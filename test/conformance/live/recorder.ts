// The real kernel, asked through the recorder: programs go in as JSON lines, recordings come out.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOLDER } from '../folder.js';
import { parseRecordings, type Recording, type Scenario } from '../recording.js';

/** From the top of the repository, where the command is started. */
const RECORDER = join(FOLDER, 'recorder/run_oracle.py');
const JOBS = 2;

export interface Recorded {
  /** Programs to which the kernel gave the same answers in every run. */
  readonly stable: readonly Recording[];
  /** Programs in which the kernel itself differed. */
  readonly unstable: readonly Scenario[];
  /** Programs that the recorder could not carry out, and why. */
  readonly failed: readonly { readonly scenario: Scenario; readonly error: string }[];
}

/** `runs`: how often each program is run, each time on fresh hosts. */
export async function record(programs: readonly Scenario[], runs: number): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), 'fourtuple-'));
  const apart = join(folder, 'unstable.jsonl');
  try {
    const output = await run(
      ['-n', String(runs), '-j', String(JOBS), '--unstable', apart],
      programs.map((program) => `${JSON.stringify(program)}\n`).join(''),
    );
    const rest = readFileSync(apart, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { scenario: Scenario; unstable: { error?: string } });
    return {
      stable: parseRecordings(output, 'the recorder'),
      unstable: rest.filter(({ unstable }) => unstable.error === undefined).map(({ scenario }) => scenario),
      failed: rest.flatMap(({ scenario, unstable: { error } }) =>
        error === undefined ? [] : [{ scenario, error }],
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(options: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [RECORDER, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString('utf8'));
      else reject(new Error(`the recorder ended with ${code}; what it said stands above`));
    });
    child.stdin.end(input);
  });
}
