// Which message tells what somebody changes from outside: addresses, firewalls, a router's rules and table.
// Wording: words/english/talk.ts.
import type { Fact } from '../world/facts.js';
import type { Told } from './told.js';
import { code } from './words/telling.js';
import type { Said } from './words/words.js';

type Changed = Extract<Fact, { kind: 'changed' }>;

/** Undefined if nothing was changed in the step. */
export function changeSentence({ step, world, cast }: Told): Said | undefined {
  const fact = step.facts.find((each): each is Changed => each.kind === 'changed');
  if (fact === undefined) return undefined;
  const host = world.hosts.name.get(fact.host);
  switch (fact.change) {
    case 'assign':
    case 'unassign':
      return cast.say(`change.${fact.change}`, { host, what: fact.text });
    case 'block':
    case 'reject':
    case 'unblock':
    case 'forward':
    case 'sysctl':
      return cast.say(`change.${fact.change}`, { host, rule: code(fact.text) });
    case 'restart':
    case 'forget':
      return cast.say(`change.${fact.change}`, { host });
  }
}
