// What a script line lets a process do, as a program: from the verb to the calls it stands for.
// The verbs' grammar is verbs.ts; what each does is in act-*.ts, by kind. There is one for every verb of a
// process.
import { askAct } from '../acts/act-ask.js';
import { openAct } from '../acts/act-open.js';
import { processAct } from '../acts/act-process.js';
import { transferAct } from '../acts/act-transfer.js';
import type { Actor, Played } from '../deeds/actor.js';
import { dialogueAct } from '../dialogues/act-dialogue.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';

const KINDS: readonly ((actor: Actor, verb: Verb, act: Act) => Played)[] = [
  openAct,
  transferAct,
  askAct,
  processAct,
  dialogueAct,
];

/** The program of a line; `undefined`: it is no verb of a process. A text: why it cannot be played here. */
export function programOf(actor: Actor, verb: Verb, act: Act): Played {
  for (const kind of KINDS) {
    const played = kind(actor, verb, act);
    if (played !== undefined) return played;
  }
  return undefined;
}
