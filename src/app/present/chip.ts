// An endpoint chip as numbers: letter, address and port of the host that owns them, and which half differs.
// The same chip stands in caption, stage, table and panel; its colour says the owner, never the direction.
// Where it is drawn: ../views/chips.ts (stage) and ../panels/atoms.ts (text).
import { addressText, type CandidateView, type EndpointView } from '../../trace/scene.js';
import { monoWidth, shortenMiddle } from './measure.js';

export type Hue = 'A' | 'B' | 'S' | 'R' | 'D';
export type Struck = 'none' | 'address' | 'port';

export interface Chip {
  /** `10.0.0.7:51004`: equal chips have equal text here (`data-ep`). */
  readonly ep: string;
  readonly hue: Hue | undefined;
  readonly letter: string;
  /** '' where only the port is shown. */
  readonly address: string;
  /** With its colon; '' if there is none to show. */
  readonly port: string;
  readonly struck: Struck;
}

export interface ChipBox extends Chip {
  readonly size: number;
  readonly width: number;
  readonly height: number;
  /** Width of the badge, and where address and port begin. */
  readonly badge: number;
  readonly addressX: number;
  readonly portX: number;
}

/** `*:*` for nobody in particular, `*:80` for any address. */
export function chipOf(endpoint: EndpointView, struck: Struck = 'none'): Chip {
  const isAny = endpoint.owner === undefined;
  const port = endpoint.port === 0 ? (isAny ? ':*' : '') : `:${endpoint.port}`;
  return {
    ep: `${addressText(endpoint.address)}:${endpoint.port === 0 ? '*' : endpoint.port}`,
    hue: endpoint.owner?.hue,
    letter: endpoint.owner?.letter ?? '',
    address: addressText(endpoint.address),
    port,
    struck,
  };
}

/** The short form for tight places: the badge stands for the address. */
export function portChipOf(endpoint: EndpointView, struck: Struck = 'none'): Chip {
  const chip = chipOf(endpoint, struck);
  if (chip.hue !== undefined) return { ...chip, address: '' };
  return { ...chip, letter: '∗', address: '', port: endpoint.port === 0 ? ':any' : chip.port };
}

export function chipBox(chip: Chip, size: number, height: number): ChipBox {
  const badge = chip.letter === '' ? 0 : height;
  const addressX = badge + 5;
  const gap = chip.address === '' || chip.port === '' ? 0 : 10;
  const portX = addressX + monoWidth(chip.address, size) + gap;
  const width = portX + monoWidth(chip.port, size) + 6;
  return { ...chip, size, height, badge, addressX, portX, width };
}

/** Fewer letters of an address than these tell nobody apart: then the badge stands for it. */
const FEWEST_LETTERS = 9;

/** A chip no wider than `room`: the address gives way, first in its middle, then whole; the port never does. */
export function fittedChip(endpoint: EndpointView, size: number, height: number, room: number): ChipBox {
  const whole = chipOf(endpoint);
  const box = chipBox(whole, size, height);
  if (box.width <= room) return box;
  const left = room - (box.width - monoWidth(whole.address, size));
  if (left < monoWidth('0', size) * FEWEST_LETTERS) return chipBox(portChipOf(endpoint), size, height);
  const address = shortenMiddle(whole.address, left, (text) => monoWidth(text, size));
  return chipBox({ ...whole, address }, size, height);
}

/** Which half of a candidate's peer differs from the packet. */
export function struckOf(candidate: CandidateView | undefined): Struck {
  if (candidate?.verdict !== 'reject') return 'none';
  if (candidate.field === 'remote port') return 'port';
  return candidate.field === 'remote address' ? 'address' : 'none';
}
