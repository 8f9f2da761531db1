// Who is who on screen, settled once for a whole run, so that pictures, links and reports agree: the letter and hue of
// each host by its role, the mark of each conversation by the order in which they were opened, and the language in which
// it is told.
import { addressesOf, ownerOf } from '../world/interfaces.js';
import type { ConversationId, HostId, World } from '../world/tables.js';
import { type Recording, readAt } from './recording.js';
import { type EndpointView, MARKS, type Mark, type Owner, plainText } from './scene.js';
import { type Arguments, ENGLISH_WORDS, type Said, type SentenceId, say, type Words } from './words/words.js';

export class Cast {
  private readonly owners: ReadonlyMap<HostId, Owner>;
  /** Private addresses may have several owners, each behind a router of its own. */
  private readonly hostsByAddress: ReadonlyMap<string, readonly HostId[]>;
  private readonly marks: ReadonlyMap<ConversationId, Mark>;
  private readonly world: World;
  private readonly words: Words;

  /** `words`: the table of the language in which the run is told. */
  constructor(recording: Recording, words: Words = ENGLISH_WORDS) {
    const { world, steps } = recording;
    this.words = words;
    const last = steps.at(-1)?.after ?? recording.start;
    this.world = world;
    [this.owners, this.hostsByAddress, this.marks] = readAt(world, last, () => {
      const owners = assignOwners(recording);
      const byAddress = new Map<string, HostId[]>();
      for (const host of owners.keys())
        for (const address of addressesOf(world, host))
          byAddress.set(address, [...(byAddress.get(address) ?? []), host]);
      return [owners, byAddress, assignMarks(world)];
    });
  }

  /** A message in the language of whoever reads. */
  say<Id extends SentenceId>(id: Id, ...args: Arguments[Id]): Said {
    return say(this.words, id, ...args);
  }

  /** The same as a string, for a clause without atoms. */
  phrase<Id extends SentenceId>(id: Id, ...args: Arguments[Id]): string {
    return plainText(say(this.words, id, ...args).parts);
  }

  ownerOf(host: HostId): Owner {
    const owner = this.owners.get(host);
    if (owner === undefined) throw new Error(`host ${host} is not in the cast`);
    return owner;
  }

  markOf(conversation: ConversationId | 0 | undefined): Mark | undefined {
    return conversation ? this.marks.get(conversation) : undefined;
  }

  /** '' is any, shown as `*`; loopback belongs to the host that uses it. `at`: from where one looks. */
  endpoint(address: string, port: number, at: HostId | undefined): EndpointView {
    if (address === '') return { address: '*', port, owner: undefined };
    const isLoopback = address === '::1' || address.startsWith('127.');
    const host = isLoopback && at !== undefined ? at : this.hostOf(address, at);
    return { address, port, owner: host && this.owners.get(host) };
  }

  /** The name of the host that owns an address, or the address itself. */
  nameOf(address: string, at?: HostId): string {
    const host = this.hostOf(address, at);
    return (host && this.owners.get(host)?.host) ?? (address === '' ? '*' : address);
  }

  private hostOf(address: string, at: HostId | undefined): HostId | undefined {
    const hosts = this.hostsByAddress.get(address) ?? [];
    if (hosts.length < 2 || at === undefined) return hosts[0];
    return ownerOf(this.world, at, address) ?? hosts[0];
  }
}

/** R for routers, S for the first host on which something is opened for others, A and B for the first two that are not it, then D, E … */
function assignOwners({ world, steps }: Recording): ReadonlyMap<HostId, Owner> {
  const server = firstServer(
    world,
    steps.flatMap((step) => step.facts),
  );
  const owners = new Map<HostId, Owner>();
  const callers = ['A', 'B'] as const;
  let others = 0;
  let routers = 0;
  for (const host of world.hosts.rows) {
    const name = world.hosts.name.get(host);
    if (world.hosts.forwards.get(host)) {
      owners.set(host, { host: name, letter: ROUTER_LETTERS[routers] ?? 'R', hue: 'R' });
      routers++;
    } else if (host === server) owners.set(host, { host: name, letter: 'S', hue: 'S' });
    else {
      const hue = callers[others] ?? 'D';
      owners.set(host, { host: name, letter: callers[others] ?? lateLetter(others - callers.length), hue });
      others++;
    }
  }
  for (const [host, owner] of owners) {
    const badge = world.hosts.badge.get(host);
    if (badge !== '') owners.set(host, { ...owner, letter: badge });
  }
  return owners;
}

/** A second router wears the letter before it. */
const ROUTER_LETTERS = ['R', 'Q', 'P'] as const;

/** D, E, F … leaving out R, which routers wear, and S. */
function lateLetter(index: number): string {
  return 'DEFGHIJKLMNOTUVWXYZ'[index] ?? '+';
}

function firstServer(world: World, facts: readonly { readonly kind: string }[]): HostId | undefined {
  for (const fact of facts as Recording['steps'][number]['facts']) {
    if (fact.kind !== 'called' || fact.outcome !== 'ok' || (fact.call !== 'listen' && fact.call !== 'bind'))
      continue;
    const host = world.processes.host.get(fact.process);
    if (host) return host;
  }
  return undefined;
}

/** A mark that the author chose stays with its conversation; the others go by order of opening. */
function assignMarks(world: World): ReadonlyMap<ConversationId, Mark> {
  const rows = [...world.conversations.rows];
  const chosen = new Map<ConversationId, Mark>();
  for (const row of rows) {
    const mark = MARKS.find((each) => each === world.conversations.label.get(row));
    if (mark !== undefined) chosen.set(row, mark);
  }
  const free = MARKS.filter((mark) => ![...chosen.values()].includes(mark));
  for (const row of rows) {
    if (chosen.has(row)) continue;
    const mark = free.shift();
    if (mark !== undefined) chosen.set(row, mark);
  }
  return chosen;
}
