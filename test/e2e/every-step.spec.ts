// Every step of a scenario in the browser at 1440x900: one sentence everywhere, nothing scrolls or is cut off, and
// the same picture forward, back and by scrubbing.
import { prepare } from './look.js';
import { openStep, scenarioIds, totalSteps } from './reader.js';
import { expect, test } from './shared-page.js';
import { repeat, walk } from './walk.js';

/** Walked back as well: one of each kind of step. */
const BOTH_WAYS = [
  'three-conversations-one-port',
  'tcp-53-and-udp-53',
  'closed-port-three-answers',
  'address-in-use',
];
/**
 * The share that every run of the tests walks: those, and the fullest picture. All scenarios, both ways, with
 * FOURTUPLE_FUZZ=whole; that the rows of all of them hold their shape is test/app/every-scenario.test.ts, that the world is
 * the same both ways test/scenarios.test.ts.
 */
const SHARE = [...BOTH_WAYS, 'out-of-numbers'];
const isWhole = process.env['FOURTUPLE_FUZZ'] === 'whole';

test.use({
  viewport: { width: 1440, height: 900 },
  contextOptions: { reducedMotion: 'reduce' },
});

for (const id of isWhole ? scenarioIds : SHARE) {
  test(`every step can be read, is whole, and is the same whichever way one came: ${id}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    await openStep(page, id, 0);
    const total = await totalSteps(page);
    await prepare(page);
    const forward = await walk(page, repeat('ArrowRight', total));
    expect(forward.map(({ step }) => step)).toEqual(Array.from({ length: total + 1 }, (_, t) => t));
    expect(forward.flatMap(({ step, flaws }) => flaws.map((flaw) => `${step}: ${flaw}`))).toEqual([]);
    for (const { step, sentence, spoken, scrubber } of forward.slice(1)) {
      expect(sentence, `step ${step}`).not.toBe('');
      expect(spoken, `step ${step}`).toBe(sentence);
      expect(scrubber, `step ${step}`).toBe(`Step ${step} of ${total}. ${sentence}`);
    }
    if (!isWhole && !BOTH_WAYS.includes(id)) return;
    const back = await walk(page, repeat('ArrowLeft', total));
    for (const { step, stage } of back) expect(stage, `back to step ${step}`).toBe(forward[step]?.stage);
    for (const t of [total, Math.floor(total / 2)]) {
      await page.locator('.scrub').fill(String(t));
      const [now] = await walk(page, []);
      expect(now?.step).toBe(t);
      expect(now?.stage, `scrubbed to step ${t}`).toBe(forward[t]?.stage);
    }
  });
}
