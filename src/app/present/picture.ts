// The rows of the stage: everything the views draw, as plain values in pixels. One type for each kind of thing.
// Rows are keyed; the same scene and size give the same rows, whatever was shown before.
// Who computes them: stage.ts and its neighbours. Who draws them: ../views/stage.ts.
import type { Mark } from '../../trace/scene.js';
import type { ChipBox, Hue } from './chip.js';
import type { SocketShape } from './shape.js';
import type { Swarm } from './swarm.js';

/** `now` is what this step is about (yellow); `quiet` is not asked; `gone` was there when it was decided. */
export type Tone = 'now' | 'plain' | 'quiet' | 'gone';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface HostRow extends Box {
  readonly key: string;
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly titleX: number;
  readonly addresses: string;
  readonly addressX: number;
  readonly hue: Hue;
  readonly letter: string;
  readonly mode: 'open' | 'compact' | 'mini';
  /** Drawn with a double edge: it passes on what is for others. */
  readonly isRouter: boolean;
  /** Top and bottom of the transport band, relative to the card; the IP strip is below it. */
  readonly band: { readonly top: number; readonly bottom: number } | undefined;
  readonly aside: string;
}

/** Around the hosts of one private network. */
export interface OutlineRow extends Box {
  readonly key: string;
  readonly text: string;
  readonly textX: number;
  readonly textY: number;
}

export interface ProcessRow extends Box {
  readonly key: string;
  readonly id: number | undefined;
  readonly host: number;
  readonly name: string;
  readonly title: string;
  readonly titleX: number;
  readonly titleY: number;
  readonly anchor: 'start' | 'middle';
  readonly detail: string;
  readonly tone: Tone;
  readonly isGhost: boolean;
}

export interface SocketRow extends Box {
  readonly key: string;
  /** Undefined for a `+n` box. */
  readonly id: number | undefined;
  readonly host: number;
  readonly name: string;
  readonly shape: SocketShape | 'more';
  readonly hue: Hue;
  readonly mark: Mark | undefined;
  readonly port: string;
  readonly state: string;
  readonly ep: string;
  readonly tone: Tone;
}

export interface LineRow {
  readonly key: string;
  readonly d: string;
  readonly tone: 'wire' | 'cold' | 'dotted' | 'refused';
  /** An arrowhead at the end, as its own closed path. */
  readonly head?: string;
}

/** The yellow road. `under` runs behind the host cards, along the wire. */
export interface RoadRow {
  readonly key: string;
  readonly d: string;
  readonly layer: 'under' | 'over';
}

export interface NodeRow {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly text: string;
  readonly name: string;
  readonly tone: 'taken' | 'open' | 'out' | 'missing';
  /** Many nodes in one row: smaller print. */
  readonly isSmall: boolean;
}

export interface ChipRow {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly chip: ChipBox;
}

/** A yellow ground behind what this step is about. */
export interface BoxRow extends Box {
  readonly key: string;
}

export interface BadgeRow {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly verdict: 'match' | 'reject';
}

/** Where a host's funnel meets the wire; `question` waits for the packet that is on its way. */
export interface ExitRow {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly tone: 'plain' | 'road' | 'question';
}

export interface TextRow {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly role:
    | 'layer'
    | 'question'
    | 'hint'
    | 'count'
    | 'reject'
    | 'fallback'
    | 'descriptor'
    | 'descriptor now';
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface QuoteBox extends Box {
  readonly chips: readonly { readonly x: number; readonly y: number; readonly chip: ChipBox }[];
}

export interface TicketRow extends Box {
  readonly key: string;
  readonly name: string;
  readonly shape: 'segment' | 'datagram' | 'rst' | 'icmp';
  /** `lost`: it arrived and vanished, or never arrived. */
  readonly tone: 'now' | 'plain' | 'lost';
  /** The flag tab; FIN is outlined, the others are solid. */
  readonly tab: { readonly text: string; readonly width: number; readonly isOutlined: boolean } | undefined;
  readonly chips: readonly { readonly x: number; readonly y: number; readonly chip: ChipBox }[];
  readonly arrow: { readonly x: number; readonly y: number } | undefined;
  readonly text: { readonly x: number; readonly y: number; readonly lines: readonly string[] } | undefined;
  /** The middle of an ICMP message's road sign. */
  readonly sign: { readonly x: number; readonly y: number } | undefined;
  /** The small copy of the header that an ICMP message complains about: a box, its chips, and an arrow between them. */
  readonly copy: QuoteBox | undefined;
  /** Where it flies: a small point at its edge while it is on the wire. */
  readonly heading: 'left' | 'right' | undefined;
}

/** How the packet of this step came to where its ticket stands. */
export interface Travel {
  readonly ticket: string;
  readonly d: string;
}

export interface StagePicture {
  readonly width: number;
  readonly height: number;
  readonly focus: number | undefined;
  readonly outlines: readonly OutlineRow[];
  readonly hosts: readonly HostRow[];
  readonly processes: readonly ProcessRow[];
  readonly sockets: readonly SocketRow[];
  readonly lines: readonly LineRow[];
  readonly roads: readonly RoadRow[];
  readonly nodes: readonly NodeRow[];
  readonly chips: readonly ChipRow[];
  readonly boxes: readonly BoxRow[];
  readonly badges: readonly BadgeRow[];
  readonly exits: readonly ExitRow[];
  readonly texts: readonly TextRow[];
  readonly tickets: readonly TicketRow[];
  readonly network: { readonly x: number; readonly y: number } | undefined;
  readonly travel: Travel | undefined;
  /** Instead of tickets for those that wait on the wire, where they are very many. */
  readonly swarm: Swarm | undefined;
}
