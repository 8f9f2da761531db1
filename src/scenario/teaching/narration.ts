// Narration about something that does not happen: words that no step shows, expectations on a line that plays none, and
// marks, states, errors, ports and addresses in `say` that the run never had. It looks for exact notation only and takes
// the side of the author: what the script itself names is never questioned.

import type { StepView } from '../../trace/scene.js';
import { MARKS } from '../../trace/scene.js';
import { TCP_STATES } from '../../world/tables.js';
import { EXPECTED_ERRNOS } from '../atoms/words.js';
import type { PlayedLine } from '../play/drive.js';
import { EVENT_FACTS } from '../schema/fact-kinds.js';
import { readLine } from '../schema/lines.js';
import { listOf } from '../schema/short-forms.js';
import { entriesOf, isMap, itemsOf, type Path, type TreeMap } from '../text/tree.js';
import { proseIn } from './prose.js';
import type { Warning } from './warning.js';

interface Told {
  readonly scenario: TreeMap;
  readonly lines: readonly PlayedLine[];
  readonly steps: readonly StepView[];
  /** Every word that the run uses (states, errors, numbers, addresses), and the first step that does. */
  readonly happened: ReadonlyMap<string, number>;
}

const code = 'narration-no-event';

export function* warnOfNarration(told: Told): Generator<Warning> {
  yield* neverShown(told);
  yield* neverJudged(told);
  yield* neverThere(told);
}

/** Words of a line without a step are handed to the next step; behind the last there is none. */
function* neverShown({ lines, steps }: Told): Generator<Warning> {
  for (const { path, step, first } of lines)
    for (const key of ['say', 'phase'] as const)
      if (first >= steps.length && step[key] !== undefined)
        yield {
          path: [...path, key],
          atKey: true,
          code,
          message: 'no step follows that could show this',
          hint: 'put it at the line before, or into `takeaway`',
        };
}

/** Nothing can happen in a line that plays no step; a state can be so. */
function* neverJudged({ lines }: Told): Generator<Warning> {
  for (const { path, step, first, last } of lines) {
    if (first < last) continue;
    const { expect } = step;
    for (const [index, each] of listOf(expect).entries()) {
      const fact = each.never ?? each.eventually ?? each.always ?? each;
      if (each.at ?? each.before ?? each.after) continue;
      if (each.order === undefined && !EVENT_FACTS.some((kind) => fact[kind] !== undefined)) continue;
      yield {
        path: [...path, 'expect', ...(Array.isArray(expect) ? [index] : [])],
        atKey: false,
        code,
        message: 'this line plays no step, so nothing can happen in it',
        hint: 'put the expectation at the line that does it, or at the end of the file',
      };
    }
  }
}

interface Notation {
  readonly pattern: RegExp;
  readonly what: string;
  /** It is about now or before; the others may be announced, and may stand for what only the script names. */
  readonly isSoFar: boolean;
}
const NOTATIONS: readonly Notation[] = [
  {
    pattern: new RegExp(`\\b(${EXPECTED_ERRNOS.join('|')})\\b`, 'g'),
    what: 'by now no call has given',
    isSoFar: true,
  },
  {
    pattern: new RegExp(
      `(?<![\\w-])(${TCP_STATES.filter((each) => each !== 'CLOSED').join('|')})(?![\\w-])`,
      'g',
    ),
    what: 'by now no socket has been in',
    isSoFar: true,
  },
  {
    pattern: /\b(?:port|TCP|UDP) (\d{1,5})\b(?![.,]\d|[-–:])/g,
    what: 'nobody in this run uses port',
    isSoFar: false,
  },
  {
    pattern: /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?!\d|\.\d|\/\d)/g,
    what: 'nobody in this run has',
    isSoFar: false,
  },
];

/** Marks, states and errors must be there by the end of the line; numbers at any time of the run, or in the script. */
function* neverThere({ scenario, lines, steps, happened }: Told): Generator<Warning> {
  const written = writtenBeside(scenario);
  const begun = new Set<string>();
  let seen = 0;
  for (const { path, step, last } of lines) {
    const line = readLine(step);
    if (line.kind === 'act' && typeof line.act.as === 'string') begun.add(line.act.as);
    for (; seen < last; seen++) begun.add(steps[seen]?.mark ?? '');
    for (const { text, place } of textsOf(step.say, [...path, 'say'])) {
      const missing = MARKS.find((mark) => text.includes(mark) && !begun.has(mark));
      if (missing !== undefined)
        yield { path: place, atKey: false, code, message: `\`${missing}\` has not begun yet` };
      for (const { pattern, what, isSoFar } of NOTATIONS)
        for (const [, word = ''] of text.matchAll(pattern)) {
          const since = happened.get(word);
          const isThere = isSoFar
            ? since !== undefined && since <= last
            : since !== undefined || written.has(word);
          if (!isThere) yield { path: place, atKey: false, code, message: `${what} \`${word}\`` };
        }
    }
  }
}

function textsOf(say: unknown, path: Path): readonly { readonly text: string; readonly place: Path }[] {
  if (typeof say === 'string') return [{ text: say, place: path }];
  if (!isMap(say)) return [];
  return entriesOf(say).flatMap(([language, text]) =>
    typeof text === 'string' ? [{ text, place: [...path, language] }] : [],
  );
}

/** Words and numbers of the scenario that are not prose. */
function writtenBeside(scenario: TreeMap): ReadonlySet<string> {
  const prose = new Set<unknown>([...proseIn(scenario)].map(({ path }) => JSON.stringify(path)));
  const words = new Set<string>();
  const read = (value: unknown, path: Path): void => {
    if (prose.has(JSON.stringify(path))) return;
    if (typeof value === 'number') words.add(String(value));
    if (typeof value === 'string') for (const [word] of value.matchAll(WORD)) addWord(words, word);
    for (const [index, item] of itemsOf(value).entries()) read(item, [...path, index]);
    for (const [key, each] of entriesOf(value)) {
      addWord(words, key);
      read(each, [...path, key]);
    }
  };
  read(scenario, []);
  return words;
}
const WORD = /[\w.-]+/g;

/** `50000-50007` names both ends too. */
function addWord(words: Set<string>, word: string): void {
  words.add(word);
  for (const part of word.split('-')) words.add(part);
}
