// One actor and one verb: does the actor exist, may somebody of its kind do this, do the names it uses exist by now, and
// which names does it give? It is asked line by line, in order. What the call does is the run's.

import { type ActorRef, labelStem, parseActor, parseLabel, parseName } from '../atoms/names.js';
import { isVerb, type Verb } from '../schema/verb-names.js';
import { type ActorKind, VERBS } from '../schema/verbs.js';
import { didYouMean } from '../text/parsed.js';
import type { Report } from '../text/report.js';
import { entriesOf, oneOrManyOf, type Path, type TreeMap } from '../text/tree.js';
import type { Labels } from './labels.js';
import { refuseForward, refuseReserved } from './lint-cast.js';
import type { References } from './lint-references.js';
import type { Roster } from './roster.js';

export interface ActContext {
  readonly roster: Roster;
  readonly labels: Labels;
  readonly references: References;
  readonly report: Report;
  /** Inside `repeat`: what is given here once is given many times. */
  readonly isRepeated: boolean;
}

/** Under which verb or argument which atom stands. */
const ATOMS: ReadonlyMap<string, 'endpoint' | 'socket' | 'packet' | 'url'> = new Map([
  ...(['bind', 'connect', 'sync', 'forward', 'to', 'from', 'at', 'passive', 'relay'] as const).map(
    (key) => [key, 'endpoint'] as const,
  ),
  ...(['using', 'disconnect', 'accept', 'recv', 'recvfrom', 'shutdown', 'close', 'dup'] as const).map(
    (key) => [key, 'socket'] as const,
  ),
  ...(['getsockname', 'getpeername', 'poll', 'drain', 'acceptall'] as const).map(
    (key) => [key, 'socket'] as const,
  ),
  ...(['block', 'reject', 'unblock', 'drop', 'delay', 'duplicate', 'reorder'] as const).map(
    (key) => [key, 'packet'] as const,
  ),
  ['fetch', 'url'],
]);

/** `path` is that of the act; its last step is the actor's key. */
export function lintAct(act: TreeMap, path: Path, context: ActContext): void {
  const key = String(path.at(-1));
  const actor = parseActor(key);
  const verb = Object.keys(act).find(isVerb);
  if (actor.ok) lintActor(actor.value, verb, path, context);
  for (const [name, value] of entriesOf(act)) lintArgument(name, value, [...path, name], context);
  if (actor.ok && !context.roster.kindsOf(actor.value).has('router'))
    refuseForward(act['direction'], key, [...path, 'direction'], context.report);
  lintGiven(act, verb, key, path, context);
}

function lintActor(
  actor: ActorRef,
  verb: Verb | undefined,
  path: Path,
  { roster, report }: ActContext,
): void {
  roster.use(actor.name);
  const kinds = roster.kindsOf(actor);
  const shown = actor.host === undefined ? actor.name : `${actor.host}/${actor.name}`;
  if (kinds.size === 0) {
    if (roster.isOpen || report.mentioned.has(actor.name)) return;
    const elsewhere = [...(roster.processes.get(actor.name) ?? [])].map((host) => `${host}/${actor.name}`);
    const hint =
      elsewhere[0] === undefined
        ? didYouMean(actor.name, roster.everybody)
        : `there is ${elsewhere.join(', ')}`;
    report.atKey(path, {
      code: 'unknown-name',
      message: `nobody is called \`${shown}\``,
      ...(hint ? { hint } : {}),
    });
    return;
  }
  if (verb === undefined) return;
  const wanted = VERBS[verb].who;
  if (!kinds.has(wanted)) {
    const message = `\`${verb}\` is something a ${wanted} does; \`${shown}\` is a ${nameOf(kinds)}`;
    report.atKey([...path, verb], { code: 'wrong-actor', message, ...hintForActor(wanted, roster) });
    return;
  }
  const hosts = [...(roster.processes.get(actor.name) ?? [])];
  if (wanted === 'process' && actor.host === undefined && hosts.length > 1) {
    const message = `\`${actor.name}\` runs on ${hosts.join(' and ')}`;
    report.atKey(path, { code: 'ambiguous-name', message, hint: `write \`${hosts[0]}/${actor.name}\`` });
  }
}

function nameOf(kinds: ReadonlySet<ActorKind>): string {
  return kinds.has('router') ? 'router' : [...kinds].join(' and a ');
}

function hintForActor(wanted: ActorKind, roster: Roster): { hint?: string } {
  const names = {
    process: [...roster.processes.keys()],
    host: roster.placeNames,
    router: [...roster.routers],
    network: [...roster.networks],
  };
  const list = names[wanted].slice(0, 6).join(', ');
  return list === '' ? {} : { hint: `there is ${list}` };
}

function lintArgument(key: string, value: unknown, path: Path, { references }: ActContext): void {
  if (value === 'all' && (key === 'drain' || key === 'acceptall' || key === 'unblock')) return;
  const atom = ATOMS.get(key);
  if (atom !== undefined) references[atom](value, path);
  else if (key === 'listen') {
    const label = parseLabel(value);
    if (label.ok) references.label(label.value, path);
    else references.endpoint(value, path);
  } else if (key === 'serve' || key === 'stop') {
    for (const [index, service] of oneOrManyOf(value).entries())
      references.service(service, Array.isArray(value) ? [...path, index] : path);
  } else if (key === 'into') {
    const process = parseName(value);
    if (process.ok) references.process({ name: process.value }, path);
  }
}

/** The names that come into being: a label, a child. */
function lintGiven(
  act: TreeMap,
  verb: Verb | undefined,
  actor: string,
  path: Path,
  context: ActContext,
): void {
  const { labels, roster, report } = context;
  const label = parseLabel(act['as']);
  if (label.ok) {
    const place = [...path, 'as'];
    const isAgain = labels.has(label.value) && verb !== 'accept';
    const isManyTimes = context.isRepeated && labelStem(label.value) === undefined && verb !== 'accept';
    if (isAgain)
      report.atKey(place, {
        code: 'label-twice',
        message: `\`${label.value}\` is the name of a socket already`,
        hint: 'choose another',
      });
    else if (isManyTimes) {
      const hint = `write \`${label.value}$n\`: $n counts the rounds`;
      report.atKey(place, {
        code: 'label-twice',
        message: `\`${label.value}\` would name a socket in every round`,
        hint,
      });
    } else if (!labels.has(label.value)) labels.give(label.value, actor, place);
  }
  const child = parseName(act['fork']);
  if (verb !== 'fork' || !child.ok) return;
  refuseReserved(child.value, [...path, 'fork'], report);
  const parent = parseActor(actor);
  const hosts = parent.ok
    ? (parent.value.host ?? [...(roster.processes.get(parent.value.name) ?? [])][0])
    : undefined;
  roster.addProcess(child.value, hosts ?? '');
  roster.use(child.value);
}
