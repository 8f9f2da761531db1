// Is the cast consistent? Names that are words of the language, networks that are not there, addresses given twice.
// It reads a tree that may be broken elsewhere. Who acts and who is meant: lint-script.ts, lint-facts.ts.

import { parseHostAddress } from '../atoms/places.js';
import { isReserved } from '../atoms/words.js';
import type { Report } from '../text/report.js';
import { entriesOf, field, oneOrManyOf, type Path, type TreeMap } from '../text/tree.js';
import type { References } from './lint-references.js';
import { ONLY_NETWORK, processNames, type Roster } from './roster.js';

export function lintCast(tree: TreeMap, roster: Roster, references: References, report: Report): void {
  for (const kind of ['networks', 'hosts', 'routers', 'fragments'])
    for (const [name] of entriesOf(field(tree, kind))) refuseReserved(name, [kind, name], report);
  for (const [name, spec] of entriesOf(field(tree, 'hosts')))
    lintHost(name, spec, roster, references, report);
  for (const [name, spec] of entriesOf(field(tree, 'routers'))) {
    const path = ['routers', name];
    if (roster.hosts.has(name))
      report.atKey(path, {
        code: 'label-twice',
        message: `\`${name}\` is the name of a host already`,
        hint: 'choose another',
      });
    for (const side of ['inside', 'outside'])
      lintNetwork(field(field(spec, side), 'net'), [...path, side, 'net'], roster, references, report);
    lintFilters(spec, path, references);
    for (const [key, target] of entriesOf(field(spec, 'forward')))
      references.endpoint(target, [...path, 'forward', key]);
  }
  lintAddresses(roster, report);
}

/** Nobody may be called as a word that stands in the same place. */
export function refuseReserved(name: string, path: Path, report: Report): void {
  if (!isReserved(name)) return;
  report.atKey(path, {
    code: 'reserved-name',
    message: `\`${name}\` is a word of the language`,
    hint: 'choose another name',
  });
}

function lintHost(name: string, spec: unknown, roster: Roster, references: References, report: Report): void {
  const path = ['hosts', name];
  const runs = field(spec, 'runs');
  const seen = new Set<string>();
  for (const [index, process] of processNames(spec).entries()) {
    const place = Array.isArray(runs) ? [...path, 'runs', index] : [...path, 'runs'];
    refuseReserved(process, place, report);
    if (seen.has(process))
      report.atKey(place, {
        code: 'label-twice',
        message: `\`${process}\` runs here twice`,
        hint: 'choose another name',
      });
    seen.add(process);
  }
  for (const rule of lintFilters(spec, path, references))
    refuseForward(rule.direction, name, rule.path, report);
  const networks = roster.hosts.get(name)?.networks ?? [];
  for (const network of networks) lintNetwork(network, [...path, 'net'], roster, references, report);
  if (networks.length === 0 && roster.networks.size > 1 && !roster.isOpen) {
    const hint = `add net: ${[...roster.networks].join(' or ')}`;
    report.atKey(path, { code: 'net-missing', message: `which network is \`${name}\` on?`, hint });
  }
}

/** Firewalls, of hosts and routers. */
function lintFilters(spec: unknown, path: Path, references: References): FilterPlace[] {
  return ['block', 'reject'].flatMap((key) => {
    const written = field(spec, key);
    return [...oneOrManyOf(written)].map((rule, index): FilterPlace => {
      const place = Array.isArray(written) ? [...path, key, index] : [...path, key];
      const packet = field(rule, 'packet');
      references.packet(packet ?? rule, packet === undefined ? place : [...place, 'packet']);
      return { direction: field(rule, 'direction'), path: [...place, 'direction'] };
    });
  });
}
interface FilterPlace {
  readonly direction: unknown;
  readonly path: Path;
}

/** Only a router passes on what others send. */
export function refuseForward(direction: unknown, name: string, path: Path, report: Report): void {
  if (direction !== 'forward') return;
  const message = `\`${name}\` is no router: nothing passes through it`;
  report.atKey(path, { code: 'wrong-actor', message, hint: 'write in or out' });
}

function lintNetwork(
  network: unknown,
  path: Path,
  roster: Roster,
  references: References,
  report: Report,
): void {
  const isUndeclared = roster.networks.size === 1 && roster.networks.has(ONLY_NETWORK);
  if (!isUndeclared || typeof network !== 'string' || network === ONLY_NETWORK || roster.isOpen) {
    references.network(network, path);
    return;
  }
  const hint = `declare it: networks: { ${network}: {} }`;
  if (!report.mentioned.has(network))
    report.atKey(path, { code: 'unknown-name', message: `no network is called \`${network}\``, hint });
}

/** One address on one network belongs to one host. The same address behind two routers is two addresses. */
function lintAddresses(roster: Roster, report: Report): void {
  const owners = new Map<string, string>();
  for (const [name, { addresses, networks }] of roster.hosts) {
    const on = networks.length === 0 ? [...roster.networks] : networks;
    for (const text of addresses) {
      const parsed = parseHostAddress(text);
      if (!parsed.ok || parsed.value.kind !== 'address') continue;
      const key = `${parsed.value.address} ${on.toSorted().join(' ')}`;
      const owner = owners.get(key);
      if (owner !== undefined) {
        const message =
          owner === name ? `\`${name}\` has ${text} twice` : `${text} is the address of \`${owner}\` already`;
        report.atKey(['hosts', name], { code: 'label-twice', message, hint: 'give each host its own' });
      }
      owners.set(key, name);
    }
  }
}
