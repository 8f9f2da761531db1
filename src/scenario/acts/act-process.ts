// Verbs about the process itself: fork, dup into another one, exit, kill, setuid.
import { type Actor, missing, nameSocket, one, type Played, socketOf } from '../deeds/actor.js';
import { duplicate, endProcess, forkProcess, setUser } from '../deeds/deeds-process.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';

export function processAct(actor: Actor, verb: Verb, act: Act): Played {
  const { process, host } = actor.who;
  switch (verb) {
    case 'fork': {
      const name = act.fork ?? '';
      const known = actor.directory.findProcess({ name });
      if (known?.host === host) return `\`${name}\` runs already; give the child another name`;
      return one(forkProcess(process, name, (child) => actor.directory.addProcess(name, host, child)));
    }
    case 'dup':
      return duplicating(actor, act);
    case 'exit':
      return one(endProcess(process, 'exit'));
    case 'kill':
      return one(endProcess(process, 'kill'));
    case 'setuid':
      return one(setUser(process, String(act.setuid)));
    default:
      return undefined;
  }
}

function duplicating(actor: Actor, act: Act): Played {
  const { directory, who } = actor;
  const socket = socketOf(actor, act.dup);
  if (socket === undefined) return missing(act.dup);
  const into = act.into === undefined ? who : directory.findProcess({ name: act.into });
  if (into === undefined || into.host !== who.host)
    return `\`${String(act.into)}\` does not run on this host, and a descriptor cannot leave it`;
  const onSocket = () => nameSocket(actor, act, socket, into.process);
  return one(duplicate(who.process, socket, into.process, onSocket));
}
