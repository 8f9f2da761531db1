// What is under way between hosts, as the events of a simulation know it.
import type { Sent } from '../world/facts.js';
import type { HostId } from '../world/tables.js';
import type { About } from './complaint.js';

/** A packet that comes in, one that is lost, one that nobody on the link takes, a late complaint. */
export type Work =
  | { readonly kind: 'arrival'; readonly host: HostId; readonly sent: Sent; readonly device: string }
  | {
      readonly kind: 'loss';
      /** Whose queue was full; undefined: somewhere on the way. */
      readonly host: HostId | undefined;
      readonly sent: Sent;
      readonly why: 'loss' | 'script' | 'queue';
    }
  | { readonly kind: 'absent'; readonly host: HostId; readonly sent: Sent; readonly about: About | undefined }
  | { readonly kind: 'complaint'; readonly host: HostId; readonly about: About };

/** Packets from one host to another: however they tie with others, the first sent arrives first. */
export function streamOf(work: Work | undefined): number | undefined {
  return work?.kind === 'arrival' ? work.sent.host * 2 ** 24 + work.host : undefined;
}
