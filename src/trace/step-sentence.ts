// One sentence for each step: caption, live region, transcript, tooltip and command line all say this one.
// What happened first, then why. Which message fits is chosen in the three files named below, and worded in words/.
import { arrivalSentence } from './arrival-sentence.js';
import { callSentence } from './call-sentence.js';
import { timerSentence } from './timer-sentence.js';
import type { Told } from './told.js';
import type { Said } from './words/words.js';

export function sentenceOf(told: Told): Said {
  switch (told.step.kind) {
    case 'call':
      return callSentence(told);
    case 'arrival':
      return arrivalSentence(told);
    case 'timer':
      return timerSentence(told);
  }
}
