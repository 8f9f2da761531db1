// The English table: every sentence, reason and clause about a run. A second language is a second table of this type.
// It refuses to know when a message is said. Who says them: ../../cast.ts hands them to ../../*-sentence.ts and *-reason.ts.
import { ENGLISH, type Tongue } from '../../../base/tongue.js';
import { counting, listing, telling } from '../telling.js';
import { arrivals } from './arrivals.js';
import { calls } from './calls.js';
import { ports, questions } from './ports.js';
import { reasons } from './reasons.js';
import { routers } from './routers.js';
import { segments } from './segments.js';
import { talk } from './talk.js';

/** `tongue`: English, or a pseudo-language that spells English otherwise. */
export function english(tongue: Tongue = ENGLISH) {
  const speech = telling(tongue);
  const tools = { ...speech, counted: counting(speech), listed: listing(speech) };
  return {
    ...calls(tools),
    ...talk(tools),
    ...arrivals(tools),
    ...segments(tools),
    ...routers(tools),
    ...reasons(tools),
    ...ports(tools),
    ...questions(tools),
  };
}
