// Who is there, by name: hosts with their networks, routers, networks, processes with their hosts, fragments.
// Read from a tree that nobody vouches for: what cannot be read is passed over, the schema has told it already.
// Who refers to whom: lint-script.ts, lint-facts.ts. The real cast, with a world: the driver.
import type { ActorRef } from '../atoms/names.js';
import { parseActor } from '../atoms/names.js';
import type { ActorKind } from '../schema/verbs.js';
import { entriesOf, field, isMap, oneOrManyOf, type TreeMap } from '../text/tree.js';

/** Where a file declares no network, every host is on this one. */
export const ONLY_NETWORK = 'network';

export interface HostNames {
  /** As written; empty where the file leaves it to the only network. */
  readonly networks: readonly string[];
  readonly addresses: readonly string[];
}

export class Roster {
  readonly hosts = new Map<string, HostNames>();
  readonly routers = new Set<string>();
  readonly networks = new Set<string>();
  /** Name to hosts. A process that is forked later joins when the line is read. */
  readonly processes = new Map<string, Set<string>>();
  readonly fragments = new Map<string, readonly unknown[]>();
  readonly params = new Set<string>();
  /** Names may stand where we cannot see them (another file, a broken part): nobody can be said to be unknown. */
  readonly isOpen: boolean;
  readonly #used = new Set<string>();

  constructor(tree: TreeMap) {
    this.isOpen = field(tree, 'include') !== undefined || !isMap(field(tree, 'hosts'));
    for (const [name] of entriesOf(field(tree, 'networks'))) this.networks.add(name);
    if (this.networks.size === 0) this.networks.add(ONLY_NETWORK);
    for (const [name] of entriesOf(field(tree, 'routers'))) this.routers.add(name);
    for (const [name] of entriesOf(field(tree, 'params'))) this.params.add(name);
    for (const [name, lines] of entriesOf(field(tree, 'fragments')))
      this.fragments.set(name, Array.isArray(lines) ? lines : []);
    for (const [name, spec] of entriesOf(field(tree, 'hosts'))) {
      const networks = oneOrManyOf(field(spec, 'net')).filter((net) => typeof net === 'string');
      const addresses = oneOrManyOf(isMap(spec) ? spec['ip'] : spec).filter((ip) => typeof ip === 'string');
      this.hosts.set(name, { networks, addresses });
      for (const process of processNames(spec)) this.addProcess(process, name);
    }
  }

  addProcess(process: string, host: string): void {
    const hosts = this.processes.get(process) ?? new Set();
    this.processes.set(process, hosts.add(host));
  }

  isPlace(name: string): boolean {
    return this.hosts.has(name) || this.routers.has(name);
  }

  /** Every kind of actor that goes by this name. */
  kindsOf({ host, name }: ActorRef): ReadonlySet<ActorKind> {
    const kinds = new Set<ActorKind>();
    const on = this.processes.get(name);
    if (on !== undefined && (host === undefined || on.has(host))) kinds.add('process');
    if (host !== undefined) return kinds;
    if (this.hosts.has(name)) kinds.add('host');
    if (this.routers.has(name)) kinds.add('router').add('host');
    if (this.networks.has(name)) kinds.add('network');
    return kinds;
  }

  get placeNames(): string[] {
    return [...this.hosts.keys(), ...this.routers];
  }

  get everybody(): string[] {
    return [...this.processes.keys(), ...this.placeNames, ...this.networks];
  }

  use(name: string): void {
    this.#used.add(name);
  }

  isUsed(name: string): boolean {
    return this.#used.has(name);
  }
}

/** The processes of a host, in all three forms of `runs`. */
export function processNames(spec: unknown): string[] {
  const runs = field(spec, 'runs');
  const names = isMap(runs) ? Object.keys(runs) : oneOrManyOf(runs);
  return names.filter((name) => typeof name === 'string' && parseActor(name).ok).map(String);
}

/** Everybody who may act in a line. */
export function actorsIn(tree: TreeMap): ReadonlySet<string> {
  return new Set(new Roster(tree).everybody);
}
