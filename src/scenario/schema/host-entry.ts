// A host with every short form written out: its addresses, networks and processes as lists.
// It reads what was validated and knows no schema; how a host is written: cast-schema.ts.
import type { HostSpec } from './cast-schema.js';
import { listOf } from './short-forms.js';

export interface ProcessEntry {
  readonly name: string;
  readonly user: string;
  readonly pid: number | undefined;
}
/** A host with every short form written out. `networks` is empty where the file leaves it to the only network. */
export interface HostEntry {
  readonly addresses: readonly string[];
  readonly networks: readonly string[];
  readonly processes: readonly ProcessEntry[];
  readonly spec: Exclude<HostSpec, string>;
}

export function hostOf(spec: HostSpec): HostEntry {
  const host = typeof spec === 'string' ? { ip: spec } : spec;
  return {
    addresses: host.ip === 'none' ? [] : listOf(host.ip),
    networks: listOf(host.net),
    processes: processesOf(host.runs),
    spec: host,
  };
}

function processesOf(runs: Exclude<HostSpec, string>['runs']): ProcessEntry[] {
  if (runs === undefined || typeof runs === 'string' || Array.isArray(runs))
    return listOf(runs).map((name) => ({ name, user: 'root', pid: undefined }));
  return Object.entries(runs).map(([name, process]) => {
    if (typeof process === 'string') return { name, user: process, pid: undefined };
    return { name, user: process?.user ?? 'root', pid: process?.pid };
  });
}
