// Predicting: at a question the reader stops, chooses, says how sure, and checks; a second try after a wrong one, then it is
// told. A machine that knows the questions and where the reader is; it moves nobody and keeps nothing on the device.
// Where a question stops the reader: stopOf. Who moves: session.ts. Who answers: the run, in ../../scenario/questions/.
import { assign, emit, setup } from 'xstate';
import type { Asked } from '../../scenario/questions/asked.js';

export const SURE = ['guessing', 'fairly', 'certain'] as const;
export type Sure = (typeof SURE)[number];

export interface Result {
  /** What was tried, in order; empty if it was told unasked. */
  readonly tried: readonly string[];
  readonly isRight: boolean;
}

/** One try, as it is kept on the device. */
export interface Attempt {
  readonly asked: Asked;
  /** '' if the reader asked to be shown. */
  readonly value: string;
  readonly isRight: boolean;
  /** 1 for the first. */
  readonly attempt: number;
  readonly sure: Sure | undefined;
}

interface Context {
  readonly asked: readonly Asked[];
  /** The question that is open, or was told last; an index, -1 for none. */
  readonly at: number;
  readonly choice: string | undefined;
  readonly sure: Sure | undefined;
  readonly tried: readonly string[];
  /** Step was pressed once while the question was open: it leads there, a second one shows the answer. */
  readonly isNudged: boolean;
  readonly results: ReadonlyMap<number, Result>;
}

export type PredictionEvent =
  | { readonly type: 'start'; readonly t: number }
  | { readonly type: 'leave' }
  | { readonly type: 'at'; readonly t: number }
  | { readonly type: 'choose'; readonly value: string }
  | { readonly type: 'sure'; readonly sure: Sure }
  | { readonly type: 'check' }
  | { readonly type: 'step' }
  | { readonly type: 'show' };

export type PredictionEmitted =
  | { readonly type: 'tried'; readonly attempt: Attempt }
  | { readonly type: 'told'; readonly asked: Asked };

/** Tries before the answer is shown. */
const TRIES = 2;

/**
 * The position at which a question is asked. Who gets a packet is asked while it is at the door, one step before it is
 * decided; everything else before the first step that it is about.
 */
export function stopOf({ which, step, decidedIn }: Asked): number {
  return which === 'socket' || which === 'process' ? decidedIn - 1 : step - 1;
}

/** The first question at or after `t` that has no result yet; an index, -1 if there is none. */
export function nextOpen(asked: readonly Asked[], results: ReadonlyMap<number, unknown>, t: number): number {
  return asked.reduce((found, each, index) => {
    const stop = stopOf(each);
    if (results.has(index) || stop < t) return found;
    const best = asked[found];
    return best === undefined || stop < stopOf(best) ? index : found;
  }, -1);
}

function opensAt({ asked, results }: Context, t: number): number {
  const index = nextOpen(asked, results, t);
  const question = asked[index];
  return question !== undefined && stopOf(question) === t ? index : -1;
}

/** The question that has just been told here: between its stop and the step that shows the answer. */
function toldAt({ asked, results }: Context, t: number): number {
  return asked.findLastIndex((each, index) => results.has(index) && stopOf(each) <= t && t <= each.decidedIn);
}

const questionOf = ({ asked, at }: Context): Asked | undefined => asked[at];
const rightOf = (context: Context, value: string | undefined): boolean =>
  questionOf(context)?.options.some((option) => option.value === value && option.isRight) ?? false;

const fresh = { choice: undefined, sure: undefined, tried: [], isNudged: false } as const;

export const prediction = setup({
  types: {
    context: {} as Context,
    events: {} as PredictionEvent,
    emitted: {} as PredictionEmitted,
    input: {} as { readonly asked: readonly Asked[] },
  },
  guards: {
    opens: ({ context, event }) => 't' in event && opensAt(context, event.t) >= 0,
    staysOpen: ({ context, event }) =>
      't' in event && context.at >= 0 && opensAt(context, event.t) === context.at,
    isTold: ({ context, event }) => 't' in event && toldAt(context, event.t) >= 0,
    hasChoice: ({ context }) => context.choice !== undefined && !context.tried.includes(context.choice),
    isRight: ({ context }) => rightOf(context, context.choice),
    isLastTry: ({ context }) => context.tried.length + 1 >= TRIES,
    isNudged: ({ context }) => context.isNudged,
  },
  actions: {
    open: assign(({ context, event }) => ({ ...fresh, at: 't' in event ? opensAt(context, event.t) : -1 })),
    recall: assign(({ context, event }) => ({ ...fresh, at: 't' in event ? toldAt(context, event.t) : -1 })),
    rest: assign({ ...fresh, at: -1 }),
    keepTry: assign({
      tried: ({ context: { tried, choice } }) => (choice === undefined ? tried : [...tried, choice]),
      isNudged: false,
    }),
    keepResult: assign({
      results: ({ context }) =>
        new Map(context.results).set(context.at, {
          tried: context.tried,
          isRight: rightOf(context, context.tried.at(-1)),
        }),
    }),
  },
}).createMachine({
  id: 'prediction',
  context: ({ input }) => ({ ...fresh, asked: input.asked, at: -1, results: new Map() }),
  initial: 'watching',
  on: { leave: { target: '.watching', actions: 'rest' } },
  states: {
    watching: {
      on: {
        start: [
          { guard: 'opens', target: 'asking', actions: 'open' },
          { guard: 'isTold', target: 'told', actions: 'recall' },
          { target: 'resting', actions: 'rest' },
        ],
      },
    },
    resting: {
      on: {
        at: [
          { guard: 'opens', target: 'asking', actions: 'open' },
          { guard: 'isTold', target: 'told', actions: 'recall' },
        ],
      },
    },
    asking: {
      on: {
        at: [
          { guard: 'staysOpen' },
          { guard: 'opens', target: 'asking', actions: 'open' },
          { guard: 'isTold', target: 'told', actions: 'recall' },
          { target: 'resting', actions: 'rest' },
        ],
        choose: { actions: assign({ choice: ({ event }) => event.value, isNudged: false }) },
        sure: { actions: assign({ sure: ({ event }) => event.sure }) },
        check: { guard: 'hasChoice', target: 'checking' },
        step: [{ guard: 'isNudged', target: 'showing' }, { actions: assign({ isNudged: true }) }],
        show: 'showing',
      },
    },
    checking: {
      entry: [
        emit(({ context }) => {
          const { sure, tried, choice = '' } = context;
          const asked = questionOf(context);
          if (asked === undefined) throw new Error('a check without a question');
          const attempt = {
            asked,
            value: choice,
            isRight: rightOf(context, choice),
            attempt: tried.length + 1,
            sure,
          };
          return { type: 'tried' as const, attempt };
        }),
      ],
      always: [
        { guard: 'isRight', target: 'telling', actions: 'keepTry' },
        { guard: 'isLastTry', target: 'telling', actions: 'keepTry' },
        { target: 'asking', actions: 'keepTry' },
      ],
    },
    showing: {
      entry: emit(({ context }) => {
        const asked = questionOf(context);
        if (asked === undefined) throw new Error('an answer without a question');
        const { sure, tried } = context;
        const attempt = { asked, value: '', isRight: false, attempt: tried.length + 1, sure };
        return { type: 'tried' as const, attempt };
      }),
      always: 'telling',
    },
    telling: {
      entry: [
        'keepResult',
        emit(({ context }) => {
          const asked = questionOf(context);
          if (asked === undefined) throw new Error('an answer without a question');
          return { type: 'told' as const, asked };
        }),
      ],
      always: 'told',
    },
    told: {
      on: {
        at: [
          { guard: 'opens', target: 'asking', actions: 'open' },
          { guard: 'isTold', actions: 'recall' },
          { target: 'resting', actions: 'rest' },
        ],
      },
    },
  },
});
