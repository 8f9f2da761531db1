// The language of this page, chosen once when it opens by the address (`?lang=en-x-long`), and the tools that its messages are
// written with. A message is a function or a text; `words` marks the words that belong to it, so that what is filled in can
// be told apart. It refuses to know any message: ../messages.ts. What a language is: ../../base/tongue.ts.
import { ENGLISH, speak, type Tongue } from '../../base/tongue.js';
import { capital, counting } from '../../trace/words/telling.js';
import { PSEUDO } from './pseudo.js';

const LANGUAGES: readonly Tongue[] = [ENGLISH, ...PSEUDO];

/** The language that an address asks for; English where it asks for none or for one that is not here. */
export function tongueIn(search: string): Tongue {
  const wanted = new URLSearchParams(search).get('lang');
  return LANGUAGES.find(({ tag }) => tag === wanted) ?? ENGLISH;
}

/** Outside of a browser, in tests of rows, it is English. */
export const tongue = tongueIn(typeof location === 'undefined' ? '' : location.search);

const speech = speak(tongue);
export const { words, plural } = speech;
export const counted = counting(speech);
export { capital };

/** The texts of a table, spelled as the language spells them; messages that are functions do it themselves. */
export function spelled<Table extends object>(table: Table): Table {
  for (const [key, entry] of Object.entries(table)) {
    if (typeof entry === 'string' && entry !== '') Reflect.set(table, key, tongue.spell([entry]).join(''));
    else if (typeof entry === 'object' && entry !== null) spelled(entry);
  }
  return table;
}
