// The cast comes to life: networks, hosts with their addresses and knobs, processes with their users. Nothing runs yet.
// How the cast is written: cast-schema.ts. How names are found again: directory.ts.
import type { Nanos } from '../../base/time.js';
import { Choices } from '../../engine/choices.js';
import { createProcess } from '../../host/descriptors.js';
import { type NetworkFaults, setFaults } from '../../net/faults.js';
import { assignAddress } from '../../net/lab.js';
import { Simulation } from '../../net/simulation.js';
import { setSystem } from '../../ports/profiles.js';
import { DEFAULT_SETTINGS } from '../../world/kernel.js';
import { setSysctl } from '../../world/sysctls.js';
import { type HostId, type PortPolicy, SYSTEMS } from '../../world/tables.js';
import { parseBandwidth, parsePercent, parsePortRange } from '../atoms/quantities.js';
import type { Ephemeral, Knobs, NetworkSpec } from '../schema/cast-schema.js';
import { type HostEntry, hostOf } from '../schema/host-entry.js';
import type { Scenario } from '../schema/schema.js';
import { accepted } from '../text/parsed.js';
import { attach, timeOf } from './attach.js';
import { addRoutes, addRules, createRouter } from './build-routers.js';
import { Directory } from './directory.js';
import { addFilters } from './filters.js';

/** Delay of a network that gives none: one way, so that a round trip is 2 ms. */
const DEFAULT_DELAY: Nanos = 1e6;
/** Process ids are handed out from here on, as on a machine that has been up for a while. */
const FIRST_PID = 800;
const PID_STEP = 7;

/**
 * A simulation at its start, and who is who in it. The scenario was accepted, and its parameters are filled in. `choices`
 * decide what it leaves open, instead of its own `order`.
 */
export function build(
  scenario: Scenario,
  choices = scenario.order && new Choices(scenario.order),
): { simulation: Simulation; directory: Directory } {
  const { msl, rto } = scenario.knobs ?? {};
  const settings = {
    mslNanos: timeOf(msl) ?? DEFAULT_SETTINGS.mslNanos,
    rtoNanos: timeOf(rto) ?? DEFAULT_SETTINGS.rtoNanos,
  };
  const simulation = new Simulation(scenario.seed ?? 1, settings, choices);
  const directory = new Directory(simulation.world);
  const { world } = simulation;
  world.memory.step(() => {
    for (const [name, spec] of Object.entries(scenario.networks ?? { network: {} })) {
      const network = world.networks.rows.create();
      world.networks.name.set(network, name);
      world.networks.delay.set(network, timeOf(spec.delay) ?? DEFAULT_DELAY);
      if (spec.bandwidth !== undefined)
        world.networks.kilobits.set(network, accepted(parseBandwidth(spec.bandwidth)));
      world.networks.queueLimit.set(network, spec.queue ?? 0);
      world.networks.mtu.set(network, spec.mtu ?? 0);
      setFaults(world, network, faultsOf(spec));
      directory.networks.set(name, network);
    }
    let pid = FIRST_PID;
    for (const [name, spec] of Object.entries(scenario.hosts)) {
      const entry = hostOf(spec);
      const host = createHost(simulation, directory, name, entry, scenario);
      directory.hosts.set(name, host);
      for (const process of entry.processes) {
        pid += PID_STEP;
        const id = createProcess(world, host, process.name, process.user, process.pid ?? pid);
        directory.addProcess(process.name, host, id);
      }
    }
    for (const [name, spec] of Object.entries(scenario.routers ?? {}))
      createRouter(world, directory, name, spec);
    addRoutes(world, directory, scenario);
    for (const [name, spec] of Object.entries(scenario.routers ?? {})) addRules(world, directory, name, spec);
    for (const [name, spec] of [...Object.entries(scenario.hosts), ...Object.entries(scenario.routers ?? {})])
      addFilters(world, directory, name, typeof spec === 'string' ? {} : spec);
  });
  return { simulation, directory };
}

/** Knobs that are switches of a kernel. */
const SYSCTL_OF_KNOB = {
  synRetries: 'net.ipv4.tcp_syn_retries',
  backlogMax: 'net.core.somaxconn',
  synCookies: 'net.ipv4.tcp_syncookies',
} as const;

function createHost(
  { world }: Simulation,
  directory: Directory,
  name: string,
  entry: HostEntry,
  scenario: Scenario,
): HostId {
  const host = world.hosts.rows.create();
  world.hosts.name.set(host, name);
  const knobs: Knobs = { ...scenario.knobs, ...entry.spec.knobs };
  const os = entry.spec.os ?? scenario.os;
  setSystem(world, host, SYSTEMS.find((system) => system === os) ?? 'linux');
  if (knobs.privilegedBelow !== undefined)
    world.hosts.privilegedBelow.set(host, Number(knobs.privilegedBelow));
  for (const [knob, name] of Object.entries(SYSCTL_OF_KNOB) as [keyof typeof SYSCTL_OF_KNOB, string][])
    if (knobs[knob] !== undefined) setSysctl(world, host, name, String(Number(knobs[knob])));
  if (knobs.msl !== undefined) world.hosts.timeWait.set(host, 2 * (timeOf(knobs.msl) ?? 0));
  if (knobs.rto !== undefined) world.hosts.firstTimeout.set(host, timeOf(knobs.rto) ?? 0);
  if (entry.spec.badge !== undefined) world.hosts.badge.set(host, entry.spec.badge);
  setEphemeral(world, host, entry.spec.ephemeral ?? scenario.ephemeral);
  const names = entry.networks.length > 0 ? entry.networks : [...directory.networks.keys()].slice(0, 1);
  if (entry.addresses.length === 0)
    assignAddress(world, host, {
      address: '',
      prefix: 32,
      device: 'eth0',
      network: directory.networks.get(names[0] ?? ''),
    });
  for (const [index, text] of entry.addresses.entries()) {
    const card = names[index] === undefined ? 0 : index;
    const network = directory.networks.get(names[card] ?? '');
    attach(world, host, text, network, `eth${names.indexOf(names[card] ?? '')}`);
  }
  return host;
}

/** What the language calls a way to pick: old BSD's, and RFC 6056's algorithms 1 and 3. */
const POLICIES: Readonly<Record<'sequential' | 'random' | 'hash', PortPolicy>> = {
  sequential: 'sequential',
  random: 'simple-random',
  hash: 'simple-hash',
};

/** A range, a list of ports to hand out first, a way to pick; what is not said is the system's. */
function setEphemeral(world: Simulation['world'], host: HostId, spec: Ephemeral | undefined): void {
  const isPlain = typeof spec === 'object' && !Array.isArray(spec);
  const range = typeof spec === 'string' ? spec : isPlain ? spec.range : undefined;
  const pinned = Array.isArray(spec) ? spec : isPlain ? (spec.pinned ?? []) : [];
  const bounds = range === undefined ? undefined : accepted(parsePortRange(range));
  if (bounds !== undefined) {
    world.hosts.ephemeralLow.set(host, bounds.first);
    world.hosts.ephemeralHigh.set(host, bounds.last);
  }
  if (isPlain && spec.pick !== undefined) world.hosts.portPolicy.set(host, POLICIES[spec.pick]);
  for (const port of pinned) {
    const row = world.pinned.rows.create();
    world.pinned.port.set(row, Number(port));
    world.pinnedPorts.push(host, row);
  }
}

/** What a network does by chance; what the file leaves out does not happen. */
function faultsOf({ jitter, loss, duplicate, reorder }: NetworkSpec): NetworkFaults {
  const ratio = (text: string | undefined) => (text === undefined ? 0 : accepted(parsePercent(text)));
  return {
    jitterNanos: timeOf(jitter) ?? 0,
    lossRatio: ratio(loss),
    duplicateRatio: ratio(duplicate),
    reorderRatio: ratio(reorder),
  };
}
