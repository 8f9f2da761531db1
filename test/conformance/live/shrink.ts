// A program that shows something, made as short as it can be: calls are dropped in ever smaller pieces while it still
// shows it (delta debugging, A. Zeller 1999), then hosts, processes and switches that nothing needs.
// It does not know what is shown: a judge does, who is asked about many candidates at once.
import type { Op, Scenario } from '../recording.js';

/** For each candidate: does it still show what the whole program showed? */
export type Judge = (candidates: readonly Scenario[]) => Promise<readonly boolean[]>;

export async function shrink(program: Scenario, judge: Judge): Promise<Scenario> {
  let current = program;
  for (let size = Math.ceil(program.ops.length / 2); size >= 1; ) {
    const smaller = await firstThatShows(withoutPieces(current, size), judge);
    if (smaller !== undefined) current = smaller;
    else size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  for (;;) {
    const smaller = await firstThatShows(withoutBackground(current), judge);
    if (smaller === undefined) return current;
    current = smaller;
  }
}

async function firstThatShows(candidates: readonly Scenario[], judge: Judge): Promise<Scenario | undefined> {
  if (candidates.length === 0) return undefined;
  const shows = await judge(candidates);
  return candidates.find((_, index) => shows[index]);
}

/** From the end: what happened last is the likeliest to be of no account. An `undrop` needs its `drop`. */
function withoutPieces(program: Scenario, size: number): Scenario[] {
  const candidates: Scenario[] = [];
  for (let end = program.ops.length; end > 0; end -= size) {
    const ops = program.ops.filter((_, index) => index < end - size || index >= end);
    if (ops.length > 0 && canUndrop(ops)) candidates.push({ ...program, ops });
  }
  return candidates;
}

function canUndrop(ops: readonly Op[]): boolean {
  const dropping = new Set<string | undefined>();
  return ops.every(({ op, host }) => {
    if (op === 'drop') dropping.add(host);
    return op !== 'undrop' || dropping.delete(host);
  });
}

function withoutBackground(program: Scenario): Scenario[] {
  const { sysctls = {}, processes, hosts, ops, ...rest } = program;
  const used = new Set(ops.map(({ proc }) => proc));
  const needed = processes.filter(({ name }) => used.has(name));
  const inhabited = new Set([...needed.map(({ host }) => host), ...ops.map(({ host }) => host)]);
  const populated = hosts.filter(({ name }) => inhabited.has(name));
  const withSwitches = Object.keys(sysctls).length > 0 ? { sysctls } : {};
  const candidates: Scenario[] = [];
  if (needed.length < processes.length)
    candidates.push({ ...rest, ...withSwitches, hosts, processes: needed, ops });
  else if (populated.length < hosts.length && populated.length > 0)
    candidates.push({ ...rest, ...withSwitches, hosts: populated, processes, ops });
  for (const left of Object.keys(sysctls)) {
    const others = Object.fromEntries(Object.entries(sysctls).filter(([key]) => key !== left));
    candidates.push({ ...rest, hosts, processes, ops, sysctls: others });
  }
  return candidates;
}
