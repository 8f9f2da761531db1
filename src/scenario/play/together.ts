// The lines of `together`, one after another: what `repeat`, `use` and another `together` stand for in it begins at the same
// instant as everything else. A line keeps its own path, for problems and grades.
import { fillIn, type ParamValues } from '../atoms/params.js';
import { readLine } from '../schema/lines.js';
import type { Scenario } from '../schema/schema.js';
import type { Step } from '../schema/steps.js';

type Path = readonly (string | number)[];

export interface Together {
  readonly step: Step;
  readonly path: Path;
}

/** `path` leads to the list of steps. */
export function* linesTogether(
  steps: readonly Step[],
  path: Path,
  params: ParamValues,
  fragments: NonNullable<Scenario['fragments']>,
): Generator<Together> {
  for (const [index, written] of steps.entries()) {
    const step = params.size === 0 ? written : fillIn(written, params);
    const here = [...path, index];
    const line = readLine(step);
    if (line.kind === 'together') yield* linesTogether(line.steps, [...here, 'together'], params, fragments);
    else if (line.kind === 'use')
      yield* linesTogether(fragments[line.fragment] ?? [], ['fragments', line.fragment], params, fragments);
    else if (line.kind === 'repeat')
      for (let n = 1; n <= Number(line.times); n++)
        yield* linesTogether(line.steps, [...here, 'steps'], new Map([...params, ['n', n]]), fragments);
    else yield { step, path: here };
  }
}
