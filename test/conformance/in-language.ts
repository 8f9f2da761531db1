// A recording as a scenario of the language: each op as the line an author would write, with the outcome that the kernel gave,
// each table as rows that are expected there. So the language is held to reach the whole socket API, and `check` to agree
// with the kernel. What the rewriting leaves out: texts that drain read, packets, and which port the kernel picked.
import type { Op, OpResult, Recording } from './recording.js';

type Line = Record<string, unknown>;

/** The scenario, or why the language cannot say it. */
export function inLanguage({ scenario, result }: Recording): object | string {
  const { hosts, processes, ops, sysctls } = scenario;
  if (hosts.some(({ ifaces }) => ifaces !== undefined)) return 'routers by interfaces and routes';
  const script: Line[] = [];
  const writer = new Writer(script, processes[0]?.name ?? '');
  for (const { name, sysctls: own } of hosts)
    if (sysctls !== undefined || own !== undefined)
      script.push({ [name]: { sysctl: { ...sysctls, ...own } } });
  for (const [index, op] of ops.entries()) {
    const trouble = writer.write(op, result.ops[index] ?? { r: 'ok' }, processes);
    if (trouble !== undefined) return trouble;
  }
  const runs = (host: string) =>
    Object.fromEntries(
      processes.flatMap(({ name, host: at, uid }) =>
        at === host ? [[name, uid ? `user${uid}` : 'root']] : [],
      ),
    );
  return {
    fourtuple: 1,
    title: scenario.name,
    hosts: Object.fromEntries(
      hosts.map(({ name, addrs }) => {
        const own = runs(name);
        return [name, { ip: addrs, ...(Object.keys(own).length === 0 ? {} : { runs: own }) }];
      }),
    ),
    script: script.length === 0 ? [{ wait: '1ms' }] : script,
  };
}

class Writer {
  private readonly script: Line[];
  private readonly first: string;
  /** Who has a label. */
  private readonly owners = new Map<string, string>();

  constructor(script: Line[], first: string) {
    this.script = script;
    this.first = first;
  }

  /** Undefined if it can be said. */
  write(op: Op, given: OpResult, processes: Recording['scenario']['processes']): string | undefined {
    const { owners, script } = this;
    if (given.r === 'NOSOCK') return undefined;
    const sock = op.sock === undefined ? '' : labelOf(op.sock);
    const owner = owners.get(sock) ?? this.first;
    const who = op.proc ?? owner;
    const gives = outcomeOf(given.r);
    const push = (line: Line): undefined => {
      script.push(line);
    };
    const say = (call: object, actor = who) => push({ [actor]: { ...call, ...gives } });
    // Only for this call: it gives EAGAIN instead of waiting, and never comes back later.
    const sayAtOnce = (call: object, actor = who): undefined => {
      const wouldWait = given.r === 'EAGAIN';
      if (wouldWait) script.push({ [owner]: { setsockopt: { nonblocking: true }, using: sock } });
      say(call, actor);
      if (wouldWait) script.push({ [owner]: { setsockopt: { nonblocking: false }, using: sock } });
    };
    switch (op.op) {
      case 'socket':
        owners.set(sock, who);
        return say({ socket: op.type, as: sock });
      case 'setsockopt':
        return say({ setsockopt: optionOf(op), using: sock }, owner);
      case 'bind':
        return say({ bind: endpointOf(op), using: sock }, owner);
      case 'listen':
        return say({ listen: sock, backlog: op.backlog ?? 5 }, owner);
      case 'connect':
        return say(op.addr === 'unspec' ? { disconnect: sock } : { connect: endpointOf(op), using: sock });
      case 'accept': {
        const child = labelOf(op.as ?? '');
        if (given.r === 'ok') owners.set(child, op.proc ?? owner);
        const as = given.r === 'ok' ? { as: child } : {};
        return sayAtOnce({ accept: sock, ...as, ...(op.proc === undefined ? {} : { into: op.proc }) }, owner);
      }
      case 'send':
        return sayAtOnce({ send: op.data ?? 'x', using: sock });
      case 'sendto':
        return sayAtOnce(
          op.addr === undefined
            ? { send: op.data ?? 'x', using: sock }
            : { sendto: op.data ?? 'x', to: endpointOf(op), using: sock },
        );
      case 'recv': {
        const max = op.max === undefined ? {} : { max: op.max };
        if (given.eof) return push({ [who]: { recv: sock, ...max, gives: 'eof' } });
        return sayAtOnce({ recv: sock, ...max, ...(given.data === undefined ? {} : { reads: given.data }) });
      }
      case 'shutdown':
        return say({ shutdown: sock, how: { rd: 'read', wr: 'write', rdwr: 'both' }[op.how ?? ''] });
      case 'close':
        return say({ close: sock });
      case 'exit':
        return say({ exit: 0 });
      case 'dup':
        owners.set(labelOf(op.as ?? ''), op.proc ?? who);
        return say(
          { dup: sock, as: labelOf(op.as ?? ''), ...(op.proc === undefined ? {} : { into: op.proc }) },
          owner,
        );
      case 'setuid':
        return say({ setuid: op.uid });
      case 'soerror':
        return say({ getsockopt: 'error', using: sock });
      case 'name':
        return say({ getsockname: sock });
      case 'poll':
        return say({ poll: sock });
      case 'drain':
        for (const { name } of processes) script.push({ [name]: { drain: 'all' } });
        return undefined;
      case 'acceptall':
        return this.acceptAll(given);
      case 'sysctl':
        return say({ sysctl: { [op.key ?? '']: op.value } }, op.host);
      case 'addr':
        return say({ [op.action === 'add' ? 'assign' : 'unassign']: op.addr }, op.host);
      case 'wait':
        return push({ wait: `${op.ms}ms` });
      case 'drop':
        for (const match of op.match === undefined || op.match === 'any'
          ? ['tcp', 'udp', 'icmp']
          : [op.match])
          script.push({ [op.host ?? '']: { block: MATCHES[match] } });
        return undefined;
      case 'undrop':
        return push({ [op.host ?? '']: { unblock: 'all' } });
      case 'sockets': {
        const rows = (given.table ?? []).map((row) => ({ row: rowOf(row), in: row[0] }));
        if (rows.length > 0) script.push({ expect: rows });
        return undefined;
      }
      default:
        return `op ${op.op}`;
    }
  }

  private acceptAll({ got = {} }: OpResult): undefined {
    for (const [listener, children] of Object.entries(got))
      for (const child of children) {
        if (!('as' in child)) continue;
        const label = labelOf(listener.split('|')[0] ?? '');
        const owner = this.owners.get(label) ?? this.first;
        this.owners.set(labelOf(child.as), owner);
        this.script.push({ [owner]: { accept: label, as: labelOf(child.as) } });
      }
    return undefined;
  }
}

const MATCHES: Readonly<Record<string, string>> = {
  syn: 'tcp * > * SYN',
  synack: 'tcp * > * SYN-ACK',
  fin: 'tcp * > * FIN',
  rst: 'tcp * > * RST',
  ack: 'tcp * > * ACK',
  tcp: 'tcp * > *',
  udp: 'udp * > *',
  icmp: 'icmp * > *',
};

const STATES: Readonly<Record<string, string>> = {
  ESTAB: 'ESTABLISHED',
  UNCONN: 'UNCONNECTED',
  'SYN-RECV': 'SYN-RECEIVED',
  CLOSE: 'CLOSED',
};

function outcomeOf(word: string): { readonly gives?: string } {
  if (word === 'ok') return {};
  if (word === 'PENDING') return { gives: 'pending' };
  return { gives: word === 'ENOTSUP' ? 'EOPNOTSUPP' : word }; // one number on Linux, two names
}

function labelOf(text: string): string {
  return text.replaceAll('.', '-');
}

function endpointOf({ addr = '', port = 0 }: Op): string {
  const place = addr === '0.0.0.0' ? 'any' : addr;
  const [, kind, label] = /^(local|peer):(.*)$/.exec(String(port)) ?? [];
  const number =
    kind === undefined
      ? port
      : kind === 'local'
        ? `port(${labelOf(label ?? '')})`
        : `peer(${labelOf(label ?? '')})`;
  return `${place.includes(':') ? `[${place}]` : place}:${number}`;
}

function optionOf({ opt = '', value = 1 }: Op): Line {
  const list = Array.isArray(value) ? value.map(String) : [];
  if (opt === 'linger') return { linger: Number(value) < 0 ? 'none' : `${value}s` };
  if (opt === 'local_port_range') return { [opt]: list.join('-') };
  if (opt === 'join' || opt === 'leave') return { [opt]: { group: list[0], interface: list[1] } };
  if (opt === 'bindtodevice' || opt === 'multicast_if') return { [opt]: value };
  return { [opt]: opt === 'multicast_ttl' ? Number(value) : Boolean(value) };
}

/** Whose it is and how much waits there is not in a row of the language. */
function rowOf([, protocol, local, remote, state]: readonly (string | number | null)[]): string {
  const side = (text: string) =>
    text
      .replace(/(eph|unk)#\d+|:0$/, (found) => (found === ':0' ? ':*' : '*'))
      .replace(/^0\.0\.0\.0:|^\[::\]:/, '*:')
      .replace(/%\w+/, '');
  const isUdp = String(protocol).startsWith('udp');
  const word = isUdp && state === 'ESTAB' ? 'CONNECTED' : (STATES[String(state)] ?? state);
  // Without a port, and once it is closed, there is no peer: what ss shows then is what is left of the last one.
  const peer = String(remote).endsWith(':0') || word === 'CLOSED' ? '*:*' : side(String(remote));
  return `${protocol} ${word} ${side(String(local))} ${peer}`;
}
