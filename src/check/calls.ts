// What each line of the script promises without saying so: its call gives `ok`, or what the author wrote, and reads the
// text that stands there. The outcome is the run's (../scenario/play/drive.ts); here it is compared.
import { payloadText } from '../scenario/atoms/payloads.js';
import type { PlayedAct, PlayedLine } from '../scenario/play/drive.js';
import type { Evidence } from './evidence.js';
import type { Finding } from './report.js';

export interface CallClaim {
  /** The key in question: `gives` or `reads` if it is there, else the verb. */
  readonly path: readonly (string | number)[];
  readonly claim: string;
  readonly expected: string;
  /** Undefined if it holds. */
  readonly finding: Finding | undefined;
}

/** One for the outcome; one more for `reads`, if the outcome is as expected. */
export function* callClaims(
  evidence: Evidence,
  { path, act, first, last }: PlayedLine,
): Generator<CallClaim> {
  if (act === undefined) return;
  const { key, verb, act: written } = act.line;
  const call = `${key} ${verb} ${String(written[verb])}`;
  const holds = act.expected.includes('any') || act.expected.some((word) => word === act.outcome);
  const expected = act.expected.join(' or ');
  yield {
    path: [...path, key, written.gives === undefined ? verb : 'gives'],
    claim: `${call} gives ${expected}`,
    expected: `${call} gives ${expected}`,
    finding: holds ? undefined : { got: outcomeWords(act), ...toldAt(evidence, act, first, last) },
  };
  if (holds && act.sender !== undefined) {
    const { got, expected: from } = act.sender;
    yield {
      path: [...path, key, 'from'],
      claim: `${call} comes from ${String(written.from)}`,
      expected: from,
      finding: got === from ? undefined : { got: got ?? 'nobody', ...toldAt(evidence, act, first, last) },
    };
  }
  if (!holds || written.reads === undefined) return;
  const reads = String(written.reads);
  yield {
    path: [...path, key, 'reads'],
    claim: `${call} reads ${reads}`,
    expected: `“${reads}”`,
    finding:
      act.read === payloadText(reads)
        ? undefined
        : {
            got: act.read === undefined ? `nothing (${act.outcome})` : `“${act.read}”`,
            ...toldAt(evidence, act, first, last),
          },
  };
}

function outcomeWords({ outcome }: PlayedAct): string {
  if (outcome === 'stuck') return 'nothing: it waits for something that never comes';
  return outcome === 'pending' ? 'pending: it has not returned' : outcome;
}

/** The step in which the line's actor was told the outcome, with its sentence. */
function toldAt(
  { run, recording, directory }: Evidence,
  act: PlayedAct,
  first: number,
  last: number,
): Pick<Finding, 'nearest' | 'step'> {
  const process = directory.findProcess(act.line.actor)?.process;
  const told = recording.steps
    .slice(first, last)
    .findLast((step) =>
      step.facts.some(
        (fact) =>
          (fact.kind === 'called' || fact.kind === 'returned') &&
          fact.process === process &&
          fact.outcome === act.outcome,
      ),
    );
  const step = told === undefined ? last : told.index + 1;
  const sentence = told === undefined ? undefined : run.steps[told.index]?.plain;
  return { nearest: sentence && `step ${step}: ${sentence}`, step };
}
