// What a socket calls itself and its peer, as the recorder prints it. Asked by the socket API, between events: looking
// takes no time and is no step.
import type { Result } from '../../src/host/call.js';
import { perform } from '../../src/host/perform.js';
import type { Simulation } from '../../src/net/simulation.js';
import { kindOf } from '../../src/wire/address.js';
import type { Label } from './labels.js';
import { endpoint, MAPPED_ANY } from './observe.js';

interface Name {
  readonly address: string;
  readonly port: number;
}

/** Undefined for an end that there is not: ENOTCONN. */
export function nameOf(
  simulation: Simulation,
  { process, socket }: Label,
  side: 'local' | 'peer',
): Name | undefined {
  const call = side === 'local' ? 'getsockname' : 'getpeername';
  return perform(simulation, process.id, { call, socket }).from;
}

export function localText(simulation: Simulation, label: Label): string {
  const name = nameOf(simulation, label, 'local');
  if (name === undefined) return '!ENOTCONN';
  const isMappedOnly = simulation.world.sockets.isMappedOnly.get(label.socket);
  return endpoint(
    isMappedOnly && kindOf(name.address) === 'any' ? MAPPED_ANY : name.address,
    name.port,
    label.isV6,
  );
}

export function peerText(simulation: Simulation, label: Label): string {
  return endpointOf(nameOf(simulation, label, 'peer'), label) ?? '!ENOTCONN';
}

export function endpointOf(name: Result['from'], { isV6 }: Pick<Label, 'isV6'>): string | undefined {
  return name && endpoint(name.address, name.port, isV6);
}

/** Also one that has given its port back and still tells the number. */
export function hasNoPort(simulation: Simulation, label: Label): boolean {
  return label.isStale || (nameOf(simulation, label, 'local')?.port ?? 0) === 0;
}
