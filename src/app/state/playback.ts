// Where the reader is in a run and whether it plays by itself: a machine with two states.
// Playing waits for reading: a step stays for max(1.2 s, 220 ms a word) divided by the speed. It knows no scenes.
// Who shows a position: ../app.ts. Which step is "next delivery": skip.ts.
import { assign, setup } from 'xstate';

export const SPEEDS: readonly number[] = [0.5, 1, 2, 4];

export interface PlaybackInput {
  readonly t: number;
  readonly total: number;
  /** Words of the caption at a step. */
  readonly wordsAt: (t: number) => number;
}

interface Context extends PlaybackInput {
  readonly speed: number;
  /** Questions told so far of the reason at this step; undefined: up to the one that decides. */
  readonly told: number | undefined;
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
  },
  actions: {
    next: assign({ t: ({ context }) => within(context.t + 1, context.total), told: undefined }),
  },
}).createMachine({
  id: 'playback',
  context: ({ input }) => ({ ...input, t: within(input.t, input.total), speed: 1, told: undefined }),
  initial: 'paused',
  on: {
    go: {
      target: '.paused',
      actions: assign({ t: ({ context, event }) => within(event.t, context.total), told: undefined }),
    },
    by: {
      target: '.paused',
      actions: assign({
        t: ({ context, event }) => within(context.t + event.steps, context.total),
        told: undefined,
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
          { guard: 'isLast', target: 'playing', actions: assign({ t: 0, told: undefined }) },
          { target: 'playing', actions: 'next' },
        ],
      },
    },
    playing: {
      always: { guard: 'isLast', target: 'paused' },
      after: { dwell: { target: 'playing', actions: 'next', reenter: true } },
    },
  },
});
