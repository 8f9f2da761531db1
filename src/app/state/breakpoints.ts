// Conditions at which playing stops: a step, a kind of packet, a state, a delivery. Pure: from what happens in each step to
// the steps that a condition names. It refuses to know the playing: session.ts asks it at every position.
// Where the happenings are gathered: ../stories.ts.
import type { Mark } from '../../trace/scene.js';
import type { TcpState } from '../../world/tables.js';

export type Breakpoint =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'packet'; readonly packet: 'RST' | 'ICMP' }
  /** Without a mark: whichever conversation. */
  | { readonly kind: 'state'; readonly state: TcpState; readonly mark: Mark | undefined }
  | { readonly kind: 'delivery'; readonly program: string };

/** What a condition can ask of one step. */
export interface Happening {
  readonly step: number;
  /** Packets that leave in it. */
  readonly packets: ReadonlySet<'RST' | 'ICMP'>;
  readonly states: readonly { readonly state: string; readonly mark: Mark | undefined }[];
  /** Who gets a packet in it. */
  readonly programs: readonly string[];
}

export function isHit(breakpoint: Breakpoint, happening: Happening): boolean {
  switch (breakpoint.kind) {
    case 'step':
      return breakpoint.step === happening.step;
    case 'packet':
      return happening.packets.has(breakpoint.packet);
    case 'state':
      return happening.states.some(
        ({ state, mark }) =>
          state === breakpoint.state && (breakpoint.mark === undefined || mark === breakpoint.mark),
      );
    case 'delivery':
      return happening.programs.includes(breakpoint.program);
  }
}

/** Equal conditions have equal keys. */
export function breakpointKey(breakpoint: Breakpoint): string {
  return JSON.stringify(breakpoint);
}

/** With it, or without it if it is there. */
export function toggled(all: readonly Breakpoint[], one: Breakpoint): readonly Breakpoint[] {
  const rest = all.filter((each) => breakpointKey(each) !== breakpointKey(one));
  return rest.length < all.length ? rest : [...all, one];
}
