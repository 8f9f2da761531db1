// The language of the recordings: scenarios as lists of socket calls, and what a Linux 6.18 kernel answered to each.
// Types only, and reading them from JSON lines. Who carries a scenario out: player.ts; who judges: compare.ts.

export interface HostSpec {
  readonly name: string;
  readonly addrs?: readonly string[];
  readonly sysctls?: Readonly<Record<string, string | number>>;
  /** Instead of `addrs`: one interface for each, eth0 and on, with the LAN it is on. */
  readonly ifaces?: readonly { readonly lan: string; readonly addrs: readonly string[] }[];
  /** `dst`: `default`, or an address with its prefix. */
  readonly routes?: readonly { readonly dst: string; readonly via: string }[];
  readonly forward?: boolean;
}

/** One call. `sock`, `as`: labels of sockets; `port`: a number, or `local:LABEL`, `peer:LABEL`. */
export interface Op {
  readonly op: string;
  readonly sock?: string;
  readonly as?: string;
  readonly proc?: string;
  readonly type?: string;
  readonly opt?: string;
  readonly value?: unknown;
  readonly addr?: string;
  readonly port?: number | string;
  readonly backlog?: number;
  readonly data?: string;
  readonly max?: number;
  readonly how?: string;
  readonly host?: string;
  readonly key?: string;
  readonly action?: string;
  readonly match?: string;
  readonly ms?: number;
  readonly uid?: number;
  /** dnat: what is for `dport` (of `daddr`) goes `to` address:port; `local`: the host's own packets too. */
  readonly proto?: string;
  readonly dport?: number;
  readonly daddr?: string;
  readonly to?: string;
  readonly local?: boolean;
  /** masquerade: the device. */
  readonly dev?: string;
}

export interface Scenario {
  readonly name: string;
  readonly family: string;
  readonly hosts: readonly HostSpec[];
  readonly sysctls?: Readonly<Record<string, string | number>>;
  readonly processes: readonly { readonly name: string; readonly host: string; readonly uid?: number }[];
  readonly v6?: boolean;
  readonly lan?: boolean;
  readonly nopk?: boolean;
  readonly ops: readonly Op[];
}

export interface Accepted {
  readonly as: string;
  readonly local: string;
  readonly peer: string;
}
/** host, protocol, local, remote, state, owner's label or null; of listeners also accept-queue length and backlog. */
export type TableRow = readonly (string | number | null)[];

/** What one op gave. In a recording, ports that the kernel chose are `eph#0`, `eph#1` … (`unk#0` …: by NAT). */
export interface OpResult {
  r: string;
  local?: string;
  peer?: string;
  n?: number;
  data?: string;
  from?: string | null;
  eof?: boolean;
  err?: string | null;
  ev?: readonly string[];
  /** drain: datagrams `[data, source]` or errors `['!ECONNREFUSED']` by label; acceptall: connections by listener. */
  got?: Readonly<Record<string, readonly (readonly string[] | Accepted)[]>>;
  table?: readonly TableRow[];
  /** TCP states of open descriptors that changed. */
  st?: Readonly<Record<string, string>>;
  /** Packets sent, in order. */
  pk?: readonly string[];
}

/** What is known of a port that the kernel chose. */
export interface ChosenPort {
  readonly sym: string;
  readonly host: string;
  readonly proto: string;
  readonly by: string;
  readonly in_range?: boolean;
  readonly parity?: 'low' | 'other';
  readonly again?: boolean;
}

export interface Recording {
  readonly scenario: Scenario;
  readonly result: { readonly ops: readonly OpResult[]; readonly eph?: readonly ChosenPort[] };
}

/** One recording a line; throws with the number of a line that is none. */
export function parseRecordings(text: string, file: string): Recording[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${file}, line ${index + 1}`;
    let value: Partial<Recording>;
    try {
      value = JSON.parse(line) as Partial<Recording>;
    } catch (error) {
      throw new Error(`${place}: ${error}`);
    }
    const { scenario, result } = value;
    if (scenario === undefined || result === undefined)
      throw new Error(`${place}: a line is {"scenario": …, "result": …}, and this one is not`);
    if (scenario.ops.length !== result.ops.length)
      throw new Error(`${place}: ${scenario.ops.length} ops, but ${result.ops.length} results`);
    return [{ scenario, result }];
  });
}
