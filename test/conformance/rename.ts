// The same story under other names: hosts, processes, sockets and the scenario are called differently, the network moves
// to other addresses and the ports to other numbers, alike in what is asked and in what was recorded. Nothing that decides
// a result changes: the order of addresses, what is broadcast, loopback or elsewhere, privileged or in the automatic range,
// even or odd. So every verdict must stay as it was.
import type {
  Accepted,
  ChosenPort,
  HostSpec,
  Op,
  OpResult,
  Recording,
  Scenario,
  TableRow,
} from './recording.js';
import { portShift } from './rename-ports.js';

/** Recorded networks: 10.0.0.0/24 and fd00::/64. */
const NETWORK_V4 = /\b10\.0\.0\.(?=\d)/g;
const NETWORK_V6 = /\bfd00::(?=[0-9a-f])/g;

export function rename(recording: Recording, seed: number): Recording {
  return new Renaming(recording.scenario, seed).recording(recording);
}

class Renaming {
  private readonly seed: number;
  private readonly names = new Map<string, string>();
  private readonly v4: string;
  private readonly v6: string;
  private readonly shift: (port: number) => number;

  constructor(scenario: Scenario, seed: number) {
    this.seed = seed;
    const draw = (below: number, salt: number) => hash(`${scenario.name} ${seed} ${salt}`) % below;
    this.v4 = `10.${100 + draw(100, 1)}.${draw(256, 2)}.`; // recorded addresses elsewhere are in 10.0 to 10.9
    this.v6 = `fd${(16 + draw(128, 3)).toString(16)}::`;
    this.shift = portShift(scenario, (below) => draw(below, 4));
  }

  recording({ scenario, result }: Recording): Recording {
    const { eph } = result;
    return {
      scenario: this.scenario(scenario),
      result: {
        ops: result.ops.map((each) => this.result(each)),
        ...(eph ? { eph: eph.map((each) => this.chosen(each)) } : {}),
      },
    };
  }

  private scenario(scenario: Scenario): Scenario {
    return {
      ...scenario,
      name: `${scenario.name} renamed ${this.seed}`,
      hosts: scenario.hosts.map((host) => this.host(host)),
      ...(scenario.sysctls ? { sysctls: this.sysctls(scenario.sysctls) } : {}),
      processes: scenario.processes.map((each) => ({
        ...each,
        name: this.name(each.name),
        host: this.name(each.host),
      })),
      ops: scenario.ops.map((op) => this.op(op)),
    };
  }

  private host(host: HostSpec): HostSpec {
    return {
      ...host,
      name: this.name(host.name),
      ...(host.ifaces
        ? {
            ifaces: host.ifaces.map(({ lan, addrs }) => ({
              lan: this.name(lan),
              addrs: addrs.map((each) => this.address(each)),
            })),
          }
        : {}),
      ...(host.routes
        ? { routes: host.routes.map((each) => ({ ...each, via: this.address(each.via) })) }
        : {}),
      ...(host.addrs ? { addrs: host.addrs.map((each) => this.address(each)) } : {}),
      ...(host.sysctls ? { sysctls: this.sysctls(host.sysctls) } : {}),
    };
  }

  private op(op: Op): Op {
    const { value, port, addr, dport, daddr, to } = op;
    const named = Object.fromEntries(
      (['sock', 'as', 'proc', 'host'] as const).flatMap((key) => {
        const name = op[key];
        return name === undefined ? [] : [[key, this.name(name)]];
      }),
    );
    return {
      ...op,
      ...named,
      ...(addr === undefined ? {} : { addr: this.address(addr) }),
      ...(port === undefined ? {} : { port: this.port(port) }),
      ...(dport === undefined ? {} : { dport: this.shift(dport) }),
      ...(daddr === undefined ? {} : { daddr: this.address(daddr) }),
      ...(to === undefined ? {} : { to: this.endpoints(to) }),
      ...(value === undefined ? {} : { value: this.value(op) }),
    };
  }

  private value({ op, opt, key, value }: Op): unknown {
    if (op === 'sysctl') return this.sysctl(key ?? '', String(value));
    if (opt === 'local_port_range' && Array.isArray(value))
      return value.map((port) => this.shift(Number(port)));
    if (Array.isArray(value)) return value.map((each) => this.address(String(each)));
    return typeof value === 'string' ? this.address(value) : value;
  }

  private result(result: OpResult): OpResult {
    const { local, peer, from, got, table, st, pk } = result;
    return {
      ...result,
      ...(local === undefined ? {} : { local: this.endpoints(local) }),
      ...(peer === undefined ? {} : { peer: this.endpoints(peer) }),
      ...(from ? { from: this.endpoints(from) } : {}),
      ...(got ? { got: this.got(got) } : {}),
      ...(table ? { table: table.map((row) => this.row(row)) } : {}),
      ...(st
        ? { st: Object.fromEntries(Object.entries(st).map(([name, state]) => [this.name(name), state])) }
        : {}),
      ...(pk ? { pk: pk.map((line) => this.packet(line)) } : {}),
    };
  }

  private got(got: NonNullable<OpResult['got']>): NonNullable<OpResult['got']> {
    return Object.fromEntries(
      Object.entries(got).map(([name, items]) => [this.name(name), items.map((item) => this.item(item))]),
    );
  }

  private item(item: readonly string[] | Accepted): readonly string[] | Accepted {
    if ('as' in item)
      return { as: this.name(item.as), local: this.endpoints(item.local), peer: this.endpoints(item.peer) };
    const [data = '', ...source] = item;
    return [data, ...source.map((each) => this.endpoints(each))];
  }

  private row([host, protocol, local, remote, state, owner, ...queue]: TableRow): TableRow {
    return [
      this.name(String(host)),
      protocol ?? '',
      this.endpoints(String(local)),
      this.endpoints(String(remote)),
      state ?? '',
      owner === null || owner === undefined ? null : this.name(String(owner)),
      ...queue,
    ];
  }

  /** `A> tcp 10.0.0.1:80>10.0.0.9:eph#0 SA` */
  private packet(line: string): string {
    const at = line.indexOf('> ');
    return this.name(line.slice(0, at)) + this.endpoints(line.slice(at));
  }

  private chosen(chosen: ChosenPort): ChosenPort {
    const { sym, host } = chosen;
    return {
      ...chosen,
      sym: /^\d+$/.test(sym) ? String(this.shift(Number(sym))) : sym,
      host: this.name(host),
    };
  }

  /** Labels of accepted connections, `s1.2`, and of groups, `s1|s2`, follow their listeners. */
  private name(name: string): string {
    return name.replace(/[^|.]+(?=[^|]*)/g, (part) => (/^\d+$/.test(part) ? part : this.one(part)));
  }

  private one(name: string): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const fresh = `n${(this.names.size * 7 + this.seed * 13) % 1009}${'xyzuvw'[this.seed % 6]}`;
    this.names.set(name, fresh);
    return fresh;
  }

  private address(text: string): string {
    return text.replace(NETWORK_V4, this.v4).replace(NETWORK_V6, this.v6);
  }

  /** Addresses, and literal ports behind them. */
  private endpoints(text: string): string {
    const moved = this.address(text);
    return moved.replace(/(\]|\.\d+):(\d+)/g, (_, address, port) => `${address}:${this.shift(Number(port))}`);
  }

  private port(port: number | string): number | string {
    if (typeof port === 'number') return this.shift(port);
    const [side, name = ''] = port.split(':');
    return `${side}:${this.name(name)}`;
  }

  private sysctls(sysctls: NonNullable<Scenario['sysctls']>): NonNullable<Scenario['sysctls']> {
    return Object.fromEntries(
      Object.entries(sysctls).map(([key, value]) => [key, this.sysctl(key, String(value))]),
    );
  }

  private sysctl(key: string, value: string): string {
    return key.includes('port') ? value.replace(/\d+/g, (port) => String(this.shift(Number(port)))) : value;
  }
}

/** FNV-1a, 32 bits: the same name and seed give the same story. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
