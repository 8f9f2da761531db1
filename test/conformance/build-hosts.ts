// The cast of a recording comes to life: hosts with addresses and switches, processes with users. Nothing runs yet.
// One host has its addresses on `lo`; several are on one LAN by `eth0`; routers say which interface is on which LAN.
import type { Nanos } from '../../src/base/time.js';
import { createProcess } from '../../src/host/descriptors.js';
import { assignAddress } from '../../src/net/lab.js';
import { Simulation } from '../../src/net/simulation.js';
import { LINUX_PORTS } from '../../src/ports/profiles.js';
import { addRoute } from '../../src/world/routes.js';
import { setSysctl as setSwitch } from '../../src/world/sysctls.js';
import type { HostId, NetworkId, ProcessId } from '../../src/world/tables.js';
import type { Scenario } from './recording.js';
import { unplayable } from './unplayable.js';

/** One way; short beside every timer. */
const LAN_DELAY: Nanos = 10_000;
/** Set on every host by the recorder, before the scenario's own. */
const RECORDED_WITH = { 'net.ipv4.tcp_tw_reuse': 0 };

export interface Process {
  readonly name: string;
  readonly id: ProcessId;
  readonly host: string;
}
export interface Cast {
  readonly simulation: Simulation;
  readonly hosts: ReadonlyMap<string, HostId>;
  readonly processes: ReadonlyMap<string, Process>;
  /** Are the hosts on a LAN, or is there one with nothing but `lo`? */
  readonly isOnLan: boolean;
}

/** `seed`: of the simulator's dice, which decide what ports are picked. */
export function build(scenario: Scenario, seed: number): Cast {
  const simulation = new Simulation(seed);
  const { world } = simulation;
  const isOnLan = scenario.hosts.length > 1 || scenario.lan === true;
  const hosts = new Map<string, HostId>();
  const processes = new Map<string, Process>();
  world.memory.step(() => {
    const networks = new Map<string, NetworkId>();
    const lan = (name: string): NetworkId => {
      const known = networks.get(name);
      if (known !== undefined) return known;
      const network = world.networks.rows.create();
      networks.set(name, network);
      world.networks.name.set(network, name);
      world.networks.delay.set(network, LAN_DELAY);
      return network;
    };
    for (const { name, addrs, ifaces, routes, forward } of scenario.hosts) {
      const host = world.hosts.rows.create();
      hosts.set(name, host);
      world.hosts.name.set(host, name);
      world.hosts.privilegedBelow.set(host, LINUX_PORTS.privilegedBelow);
      world.hosts.ephemeralLow.set(host, LINUX_PORTS.ephemeralLow);
      world.hosts.ephemeralHigh.set(host, LINUX_PORTS.ephemeralHigh);
      world.hosts.forwards.set(host, forward ?? false);
      const cards = ifaces ?? [{ lan: 'lan', addrs: addrs ?? [] }];
      for (const [index, card] of cards.entries())
        for (const address of card.addrs)
          assignAddress(world, host, {
            address,
            prefix: prefixOf(address, isOnLan),
            device: isOnLan ? `eth${index}` : 'lo',
            network: isOnLan ? lan(card.lan) : undefined,
          });
      for (const { dst, via } of routes ?? []) {
        const [destination = '', prefix] = dst === 'default' ? ['0.0.0.0', '0'] : dst.split('/');
        addRoute(world, host, { destination, prefix: Number(prefix ?? 32), via, device: '' });
      }
    }
    for (const [index, { name, host, uid }] of scenario.processes.entries()) {
      const id = createProcess(world, hostNamed(hosts, host), name, userOf(uid ?? 0), 1000 + index);
      processes.set(name, { name, id, host });
    }
  });
  const cast = { simulation, hosts, processes, isOnLan };
  world.memory.step(() => {
    for (const { name, sysctls } of scenario.hosts)
      for (const [key, value] of Object.entries({ ...RECORDED_WITH, ...scenario.sysctls, ...sysctls }))
        setSysctl(cast, name, key, String(value));
  });
  return cast;
}

/**
 * The recorder gave every IPv4 address of a LAN a route of its own, which outlives a second address that is removed: it
 * stays the host's own. Only the first address of a network takes its routes along.
 */
export function isKeptByRoute({ hosts }: Scenario, host: string, address: string, isOnLan: boolean): boolean {
  const own = hosts.find(({ name }) => name === host)?.addrs?.filter((each) => !each.includes(':')) ?? [];
  return isOnLan && own.indexOf(address) > 0;
}

/** How many leading bits of an address name its network, here. */
export function prefixOf(address: string, isOnLan: boolean): number {
  return address.includes(':') ? (isOnLan ? 64 : 128) : isOnLan ? 24 : 32;
}

export function userOf(uid: number): string {
  return uid === 0 ? 'root' : `user${uid}`;
}

/** Within a step. */
export function setSysctl({ simulation, hosts }: Cast, host: string, key: string, value: string): void {
  if (!setSwitch(simulation.world, hostNamed(hosts, host), key, value)) unplayable(`sysctl ${key}`);
}

export function hostNamed(hosts: Cast['hosts'], name: string): HostId {
  return hosts.get(name) ?? unplayable(`no host ${name}`);
}
