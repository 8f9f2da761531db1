// Where the reader is in a run and whether it plays by itself: a machine with two states.
// Playing stops by itself at the end, at questions and at breakpoints.
// Playing waits for reading: a step stays for max(1.2 s, 220 ms a word) divided by the speed. It knows no scenes.
// Who shows a position: ../app.ts. Which step is "next delivery": skip.ts.
import { assign, setup } from 'xstate';

export const SPEEDS: readonly number[] = [0.5, 1, 2, 4];

export interface PlaybackInput {
  readonly t: number;
  readonly total: number;
  /** Words of the caption at a step. */
  readonly wordsAt: (t: number) => number;
  /** The furthest position that can be reached from `t`: an open question bars the way. */
  readonly limitFrom?: (t: number) => number;
  /** Why playing stops at a position; undefined where it goes on. */
  readonly haltAt?: (t: number) => string | undefined;
}

interface Context extends PlaybackInput {
  readonly speed: number;
  /** Questions told so far of the reason at this step; undefined: up to the one that decides. */
  readonly told: number | undefined;
  /** Why playing has stopped by itself here. */
  readonly halted: string | undefined;
}

export type PlaybackEvent =
  | { readonly type: 'go'; readonly t: number }
  | { readonly type: 'by'; readonly steps: number }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  | { readonly type: 'speed'; readonly speed: number }
  | { readonly type: 'tell'; readonly upTo: number };

const MIN_DWELL_MILLIS = 1200;
const MILLIS_A_WORD = 220;

/** How long a step stays while playing, in milliseconds. */
export function dwellMillis(words: number, speed: number): number {
  return Math.max(MIN_DWELL_MILLIS, MILLIS_A_WORD * words) / speed;
}

const within = (t: number, total: number): number => Math.max(0, Math.min(total, Math.round(t)));

/** Back is always free; forward only up to the next open question. */
function reach({ t, total, limitFrom }: PlaybackInput, wanted: number): number {
  return within(wanted > t && limitFrom !== undefined ? Math.min(wanted, limitFrom(t)) : wanted, total);
}

export const playback = setup({
  types: {
    context: {} as Context,
    events: {} as PlaybackEvent,
    input: {} as PlaybackInput,
  },
  delays: {
    dwell: ({ context }) => dwellMillis(context.wordsAt(context.t), context.speed),
  },
  guards: {
    isLast: ({ context }) => context.t >= context.total,
    isBarred: ({ context }) => reach(context, context.t + 1) === context.t,
    isHalt: ({ context }) => context.haltAt?.(context.t) !== undefined,
  },
  actions: {
    next: assign({ t: ({ context }) => reach(context, context.t + 1), told: undefined, halted: undefined }),
    sayWhy: assign({ halted: ({ context }) => context.haltAt?.(context.t) }),
  },
}).createMachine({
  id: 'playback',
  context: ({ input }) => ({
    ...input,
    t: within(input.t, input.total),
    speed: 1,
    told: undefined,
    halted: undefined,
  }),
  initial: 'paused',
  on: {
    go: {
      target: '.paused',
      actions: assign({
        t: ({ context, event }) => reach(context, event.t),
        told: undefined,
        halted: undefined,
      }),
    },
    by: {
      target: '.paused',
      actions: assign({
        t: ({ context, event }) => reach(context, context.t + event.steps),
        told: undefined,
        halted: undefined,
      }),
    },
    pause: '.paused',
    speed: { actions: assign({ speed: ({ event }) => event.speed }) },
    tell: { target: '.paused', actions: assign({ told: ({ event }) => event.upTo }) },
  },
  states: {
    paused: {
      on: {
        play: [
          {
            guard: 'isLast',
            target: 'playing',
            actions: assign({ t: 0, told: undefined, halted: undefined }),
          },
          { guard: 'isBarred', actions: 'sayWhy' },
          { target: 'playing', actions: 'next' },
        ],
      },
    },
    playing: {
      always: [
        { guard: 'isLast', target: 'paused' },
        { guard: 'isHalt', target: 'paused', actions: 'sayWhy' },
      ],
      after: { dwell: { target: 'playing', actions: 'next', reenter: true } },
    },
  },
});
