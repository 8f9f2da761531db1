// Plays a recording and tells where the simulator and the kernel part. One verdict a scenario; nothing is skipped.
import { isChancy } from './chosen-port.js';
import { compare, type Difference } from './compare.js';
import { Player } from './player.js';
import type { Op, OpResult, Recording } from './recording.js';
import { Symbols } from './symbols.js';
import { Unplayable } from './unplayable.js';

export interface PlayedOp {
  readonly op: Op;
  readonly recorded: OpResult;
  /** Undefined once the scenario could not go on. */
  readonly got: OpResult | undefined;
  readonly differences: readonly Difference[];
}
export interface Verdict {
  readonly recording: Recording;
  readonly ops: readonly PlayedOp[];
  readonly hasPassed: boolean;
  /** Why the scenario could not be played to its end: something not expressible, or a defect. */
  readonly obstacle: string | undefined;
  readonly ports: string;
}

/** How often the dice are thrown for a scenario that hangs on them. */
const DRAWS = 16;

/** Where chance has a part in what was recorded, one draw of the simulator that gives the same is enough. */
export function judge(recording: Recording): Verdict {
  const first = judgeDraw(recording, 1);
  if (first.hasPassed || !isChancy(recording)) return first;
  for (let seed = 2; seed <= DRAWS; seed++) {
    const verdict = judgeDraw(recording, seed);
    if (verdict.hasPassed) return verdict;
  }
  return first;
}

function judgeDraw(recording: Recording, seed: number): Verdict {
  const { scenario, result } = recording;
  const ops: PlayedOp[] = [];
  let player: Player | undefined;
  let current: Op | undefined;
  const symbols = new Symbols(
    result.eph ?? [],
    (chosen, port) => current && player?.objection(chosen, port, current),
  );
  let obstacle: string | undefined;
  try {
    player = new Player(scenario, seed, (recorded, got) => symbols.isSame(recorded, got));
    for (const [index, op] of scenario.ops.entries()) {
      const recorded = result.ops[index] ?? { r: '' };
      current = op;
      const got = player.play(op, recorded);
      ops.push({ op, recorded, got, differences: compare(recorded, got, symbols) });
    }
  } catch (error) {
    obstacle = error instanceof Unplayable ? `not expressible: ${error.message}` : `stopped: ${error}`;
    const index = ops.length;
    const op = scenario.ops[index];
    if (op !== undefined)
      ops.push({ op, recorded: result.ops[index] ?? { r: '' }, got: undefined, differences: [] });
    if (!(error instanceof Unplayable) && process.env['FOURTUPLE_TRACE']) console.error(error);
  }
  const hasPassed = obstacle === undefined && ops.every(({ differences }) => differences.length === 0);
  return { recording, ops, hasPassed, obstacle, ports: symbols.known };
}
