// How long fuzz tests run, and with which numbers. `npm test` runs a small share; `npm run fuzz -- NAME` sets
// FOURTUPLE_FUZZ=whole. A failure prints the seed and path to repeat it with: SEED=…, or a line in SEEDS.
import type { Parameters } from 'fast-check';

/** One each; a number that once found something is added as its own line in the test's file. */
const SEEDS = {
  crowds: 2460,
  delivery: 6298,
  demux: 1122,
  ports: 6056,
  programs: 9293,
  routers: 4787,
} as const;

const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';

export const fuzz = {
  /** A busy machine is no failure. */
  timeout: isWhole ? 5_400_000 : 120_000,
  share: (small: number, whole: number): number => (isWhole ? whole : small),
  seed: (name: keyof typeof SEEDS): number => Number(process.env['SEED'] ?? SEEDS[name]),
  settings: <Values>(name: keyof typeof SEEDS, numRuns: number): Parameters<Values> => ({
    seed: fuzz.seed(name),
    numRuns,
    endOnFailure: false,
  }),
};
