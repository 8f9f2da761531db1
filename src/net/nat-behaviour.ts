// How a NAT behaves, in the words of RFC 4787 and RFC 5382: profiles as data, and the rows of the world they become.
// What each word does to a packet is nat.ts; which outside port is taken, external-port.ts.
import type { Nanos } from '../base/time.js';
import type { Dependence, IDLE_PLANS, PORT_WAYS, UNSOLICITED } from '../world/router-tables.js';
import type { HostId, NatId, World } from '../world/tables.js';

export interface NatBehaviour {
  /** When two packets of one inside endpoint get the same outside port: RFC 4787 §4.1, REQ-1. */
  readonly mapping: Dependence;
  /** Which peers may come in by it: RFC 4787 §5, REQ-8. */
  readonly filtering: Dependence;
  readonly ports: (typeof PORT_WAYS)[number];
  /** Outside ports to take, both ends included; absent: all of the sender's class. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Instead of a range: these, in this order. */
  readonly list?: readonly number[];
  readonly mayOverload: boolean;
  /** What goes out to an own outside port comes in again, from an outside source: RFC 4787 §6, REQ-9. */
  readonly hairpins: boolean;
  readonly unsolicited: (typeof UNSOLICITED)[number];
  readonly idlePlan: (typeof IDLE_PLANS)[number];
  /** Instead of the plan's: of every UDP row, of established TCP rows. */
  readonly idleUdp?: Nanos;
  readonly idleTcp?: Nanos;
}

const EIM = 'endpoint-independent';
const ADM = 'address-dependent';
const APDM = 'address-and-port-dependent';

const HOME: NatBehaviour = {
  mapping: EIM,
  filtering: APDM,
  ports: 'preserve',
  mayOverload: false,
  hairpins: true,
  unsolicited: 'silent',
  idlePlan: 'home',
};

/**
 * `home`: what is sold, silent to whom nobody asked. `rfc`: what RFC 4787, 5382 and 5508 ask for. `linux`: netfilter's
 * masquerade, as recorded on a 6.18 kernel. The cones and `symmetric` are the older names of RFC 3489 §5.
 */
export const NAT_PROFILES = {
  home: HOME,
  rfc: { ...HOME, filtering: EIM, unsolicited: 'icmp', idlePlan: 'rfc' },
  linux: {
    mapping: APDM,
    filtering: APDM,
    ports: 'preserve',
    mayOverload: true,
    hairpins: false,
    unsolicited: 'rst',
    idlePlan: 'linux',
  },
  'full-cone': { ...HOME, filtering: EIM },
  'restricted-cone': { ...HOME, filtering: ADM },
  'port-restricted': HOME,
  symmetric: { ...HOME, mapping: APDM, ports: 'random' },
} as const satisfies Readonly<Record<string, NatBehaviour>>;
export type NatProfile = keyof typeof NAT_PROFILES;

/** From now on the host translates what leaves by this device. Within a step. */
export function addNat(world: World, host: HostId, device: string, behaviour: NatBehaviour): NatId {
  const { nats } = world;
  const row = nats.rows.create();
  nats.host.set(row, host);
  nats.device.set(row, device);
  nats.mapping.set(row, behaviour.mapping);
  nats.filtering.set(row, behaviour.filtering);
  nats.ports.set(row, behaviour.ports);
  nats.portLow.set(row, behaviour.range?.low ?? 0);
  nats.portHigh.set(row, behaviour.range?.high ?? 0);
  nats.portList.set(row, (behaviour.list ?? []).join(','));
  nats.mayOverload.set(row, behaviour.mayOverload);
  nats.hairpins.set(row, behaviour.hairpins);
  nats.unsolicited.set(row, behaviour.unsolicited);
  nats.idlePlan.set(row, behaviour.idlePlan);
  nats.idleUdp.set(row, behaviour.idleUdp ?? 0);
  nats.idleTcp.set(row, behaviour.idleTcp ?? 0);
  return row;
}

/** The row for what leaves by a device, or the host's first if none is named. */
export function natOf({ nats }: World, host: HostId, device?: string): NatId | undefined {
  for (const row of nats.rows)
    if (nats.host.get(row) === host && (device === undefined || nats.device.get(row) === device)) return row;
  return undefined;
}

/** Does the host keep a table of flows at all? As Linux: as soon as it translates anything, or asks what is new. */
export function isTracking(world: World, host: HostId): boolean {
  const { nats, forwards, filters } = world;
  if (!nats.rows.first && !forwards.rows.first && !filters.rows.first) return false;
  if (natOf(world, host) !== undefined) return true;
  for (const row of forwards.rows) if (forwards.host.get(row) === host) return true;
  for (const row of filters.rows)
    if (filters.host.get(row) === host && filters.isNewOnly.get(row)) return true;
  return false;
}

/** Is it netfilter, that tells tuples apart and not endpoints? Also a host that has forwarding rules and nothing else. */
export function isNetfilter(world: World, host: HostId): boolean {
  const row = natOf(world, host);
  return row === undefined || world.nats.mayOverload.get(row);
}

/** From now on what is for this port goes elsewhere. `address` '': whatever address it is for. Within a step. */
export function addForward(
  world: World,
  host: HostId,
  rule: {
    protocol: 'tcp' | 'udp';
    address: string;
    port: number;
    to: { address: string; port: number };
    isForOwn?: boolean;
  },
): void {
  const { forwards, memory } = world;
  const row = forwards.rows.create();
  forwards.host.set(row, host);
  forwards.protocol.set(row, rule.protocol);
  forwards.address.set(row, memory.intern(rule.address));
  forwards.port.set(row, rule.port);
  forwards.toAddress.set(row, memory.intern(rule.to.address));
  forwards.toPort.set(row, rule.to.port);
  forwards.isForOwn.set(row, rule.isForOwn ?? false);
}
