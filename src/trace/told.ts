// What a sentence is made from: a step, the world after it, and the reason that was read before it.
import type { HostId, World } from '../world/tables.js';
import type { Cast } from './cast.js';
import type { RecordedStep } from './recording.js';
import type { DeliveryReason, Reason } from './scene.js';

export interface Told {
  /** Stands after the step. */
  readonly world: World;
  readonly cast: Cast;
  readonly step: RecordedStep;
  readonly reason: Reason | undefined;
}

/** The step's delivery reason, if it has one. */
export function deliveryReasonOf(told: Told): DeliveryReason | undefined {
  return told.reason?.kind === 'delivery' ? told.reason : undefined;
}

export function hostName({ world }: Told, host: HostId): string {
  return world.hosts.name.get(host);
}
