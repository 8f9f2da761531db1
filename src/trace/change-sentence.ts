// Sentences about what somebody changes from outside: addresses, firewalls, a router's rules and table.
import type { Fact } from '../world/facts.js';
import { code, strong, text } from './parts.js';
import type { Part } from './scene.js';
import type { Told } from './told.js';

type Changed = Extract<Fact, { kind: 'changed' }>;

/** Undefined if nothing was changed in the step. */
export function changeSentence(told: Told): readonly Part[] | undefined {
  const fact = told.step.facts.find((each): each is Changed => each.kind === 'changed');
  if (fact === undefined) return undefined;
  const host = told.world.hosts.name.get(fact.host);
  switch (fact.change) {
    case 'assign':
      return text`${host} takes the address ${strong(fact.text)}.`;
    case 'unassign':
      return text`${host} gives up the address ${fact.text}. Sockets on it stay as they are.`;
    case 'block':
      return text`From now on the firewall of ${host} drops ${code(fact.text)}.`;
    case 'reject':
      return text`From now on the firewall of ${host} refuses ${code(fact.text)} and says so.`;
    case 'unblock':
      return text`The firewall of ${host} lets ${code(fact.text)} pass again.`;
    case 'forward':
      return text`From now on ${host} forwards ${code(fact.text)}.`;
    case 'sysctl':
      return text`A setting of ${host} changes: ${code(fact.text)}.`;
    case 'restart':
      return text`${host} restarts. ${strong('Every socket that it had is gone')}, and nobody is told.`;
    case 'forget':
      return text`${host} forgets its table: ${strong('nobody inside is known outside any more')}.`;
  }
}
