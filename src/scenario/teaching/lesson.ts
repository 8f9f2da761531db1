// The teaching check: does a scenario ask, give reasons, expect something, name what it breaks, fit into a class, and speak
// each of its languages throughout? Nothing here is wrong with the network; it is what a good lesson has (UX 2.13).
import type { PlayedLine } from '../play/drive.js';
import type { Asked } from '../questions/asked.js';
import type { Scenario } from '../schema/schema.js';
import { listOf } from '../schema/short-forms.js';
import { entriesOf, isMap } from '../text/tree.js';
import { proseIn } from './prose.js';
import type { Warning } from './warning.js';

/** A lesson is watched step by step; one that takes more loses its class. */
export const MOST_STEPS_OF_A_LESSON = 40;

interface Lesson {
  readonly scenario: Scenario;
  readonly asked: readonly Asked[];
  readonly lines: readonly PlayedLine[];
  /** Steps of the run. */
  readonly total: number;
}

export function* warnOfLesson(lesson: Lesson): Generator<Warning> {
  const { scenario, asked, lines, total } = lesson;
  if (!lines.some(({ step }) => step.ask !== undefined || step.during?.some(({ ask }) => ask !== undefined)))
    yield {
      path: ['script'],
      atKey: true,
      code: 'no-question',
      message: 'nothing is asked',
      hint: 'write `ask: process` at the line that matters, and what it does becomes the answer',
    };
  for (const question of asked) yield* warnOfQuestion(question);
  if (listOf(scenario.expect).length === 0 && lines.every(({ step }) => step.expect === undefined))
    yield {
      path: ['script'],
      atKey: true,
      code: 'no-expectation',
      message: 'nothing is expected, so a check can only fail at a call',
      hint: 'end the file with `expect:` and what must have happened',
    };
  if (total > MOST_STEPS_OF_A_LESSON) {
    const line = lines.findLast(({ first, last }) => first <= MOST_STEPS_OF_A_LESSON && last > first);
    yield {
      path: line?.path ?? ['script'],
      atKey: false,
      code: 'over-40-steps',
      message: `step ${MOST_STEPS_OF_A_LESSON + 1} of ${total} is here, and a lesson has at most ${MOST_STEPS_OF_A_LESSON}`,
      hint: 'leave out what the lesson does not need, or make two of it',
    };
  }
  if (listOf(scenario.breaks).length === 0)
    yield {
      path: ['title'],
      atKey: true,
      code: 'no-misconception',
      message: 'no misconception is named',
      hint: 'say which belief it breaks: `breaks: M1`',
    };
  yield* warnOfLanguages(scenario);
}

function* warnOfQuestion({ path, because, options }: Asked): Generator<Warning> {
  if (because === '')
    yield {
      path,
      atKey: true,
      code: 'no-because',
      message: 'no reason is given for the answer',
      hint: 'add `because`',
    };
  const unexplained = options.filter(({ isRight, feedback }) => !isRight && feedback === undefined);
  const [first, ...others] = unexplained.map(({ value }) => value);
  if (first === undefined) return;
  yield {
    path,
    atKey: true,
    code: 'no-reason-for-wrong',
    message: `whoever answers ${listed([first, ...others])} is not told why that is wrong`,
    hint: `add \`wrong: { ${quoted(first)}: … }\`, or offer less with \`options\``,
  };
}

function listed(values: readonly string[]): string {
  const marked = values.map((value) => `\`${value}\``);
  return marked.length < 2 ? marked.join('') : `${marked.slice(0, -1).join(', ')} or ${marked.at(-1)}`;
}

/** As a key of YAML: what would read as a number, true or null stands in quotes. */
function quoted(value: string): string {
  return /^(\d.*|true|false|null|~)$/.test(value) ? `"${value}"` : value;
}

/** A scenario that speaks two languages somewhere speaks them everywhere. A plain text is in no language in particular. */
function* warnOfLanguages(scenario: Scenario): Generator<Warning> {
  const prose = [...proseIn(scenario)];
  const spoken = new Set(prose.flatMap(({ value }) => (isMap(value) ? Object.keys(value) : [])));
  if (spoken.size < 2) return;
  for (const { path, value } of prose) {
    const missing = [...spoken].filter((language) => !entriesOf(value).some(([each]) => each === language));
    if (missing.length > 0)
      yield {
        path,
        atKey: false,
        code: 'missing-language',
        message: isMap(value)
          ? `this text is not there in ${missing.join(', ')}`
          : `this text is in one language, others are in ${[...spoken].join(', ')}`,
        hint: `write { ${[...spoken].map((language) => `${language}: …`).join(', ')} }`,
      };
  }
}
