// One sentence for each step: caption, live region, transcript, tooltip and command line all say this one.
// What happened first, then why. The wording of calls, arrivals and timers is in the three files named below.
import { arrivalSentence } from './arrival-sentence.js';
import { callSentence } from './call-sentence.js';
import type { Part } from './scene.js';
import { timerSentence } from './timer-sentence.js';
import type { Told } from './told.js';

export function sentenceOf(told: Told): readonly Part[] {
  switch (told.step.kind) {
    case 'call':
      return callSentence(told);
    case 'arrival':
      return arrivalSentence(told);
    case 'timer':
      return timerSentence(told);
  }
}
