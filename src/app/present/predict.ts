// An open question as rows: what can be chosen, by which digit, and after a try what was wrong with it.
// Nothing here says which one is right; that comes with the result. Where the numbers stand on the stage: discRows.
// Who draws: ../panels/predict.ts and ../views/discs.ts.
import type { Asked, AskedOption } from '../../scenario/questions/asked.js';
import type { Scene, SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { type Chip, chipOf } from './chip.js';
import { round } from './measure.js';
import type { StagePicture } from './picture.js';
import { groupsOf } from './slots.js';

export interface OptionRow {
  readonly digit: number;
  readonly value: string;
  readonly words: string;
  readonly chip: Chip | undefined;
  readonly isCode: boolean;
  readonly socket: number | undefined;
}

const NOTHING: ReadonlySet<string> = new Set(['none', 'nothing']);
const CODES: ReadonlySet<Asked['which']> = new Set(['outcome', 'reply', 'state', 'port']);

function socketWords(socket: SocketView): { readonly words: string; readonly chip: Chip } {
  const isAlone = socket.remote.port === 0;
  const { predict: say } = messages;
  const program = socket.process?.name;
  if (socket.state === 'LISTEN') return { words: say.listener(program), chip: chipOf(socket.local) };
  if (isAlone) return { words: say.alone(socket.protocol, program), chip: chipOf(socket.local) };
  return { words: say.conversation(socket.protocol), chip: chipOf(socket.remote) };
}

function rowOf({ value, socket: id }: AskedOption, digit: number, { which }: Asked, scene: Scene): OptionRow {
  const row = { digit, value, chip: undefined, isCode: CODES.has(which), socket: id };
  if (NOTHING.has(value))
    return { ...row, words: messages.predict.none[value === 'none' ? 'none' : 'nothing'], isCode: false };
  const socket = scene.hosts.flatMap(({ sockets }) => sockets).find((each) => each.id === id);
  if (which === 'socket' && socket !== undefined) return { ...row, ...socketWords(socket) };
  return { ...row, words: value };
}

/** Sockets as they stand on the stage, host by host from left to right. */
function standing({ hosts }: Scene): readonly number[] {
  const slots = hosts.flatMap((host) => groupsOf(host, [], Number.POSITIVE_INFINITY, new Set()));
  return slots.flatMap(({ slots: own }) =>
    own.flatMap((slot) => (slot.kind === 'socket' ? slot.socket.id : [])),
  );
}

/**
 * 1 to 9, then 0 for nobody and nothing. Sockets are numbered as they stand on the stage, so that the eye goes once from
 * left to right; whatever does not stand there keeps the question's order.
 */
export function optionRows(asked: Asked, scene: Scene): readonly OptionRow[] {
  const places = new Map(standing(scene).map((id, at) => [id, at]));
  const placeOf = ({ value, socket }: AskedOption): number =>
    NOTHING.has(value) ? Number.MAX_VALUE : (places.get(socket ?? -1) ?? places.size);
  const inOrder = asked.options.toSorted((one, other) => placeOf(one) - placeOf(other));
  return inOrder.map((option, at) => rowOf(option, NOTHING.has(option.value) ? 0 : at + 1, asked, scene));
}

/** What kills a wrong answer: the question of the demultiplexer that put it aside, and the author's words or what differs. */
export function killOf(asked: Asked, value: string): string {
  const { predict: say } = messages;
  const { feedback, candidate } = asked.options.find((each) => each.value === value) ?? {};
  if (candidate === undefined || candidate.verdict === 'match') return feedback ?? say.notSo;
  return say.killed(candidate.question, feedback ?? say.differs(candidate.words));
}

export interface DiscRow {
  readonly key: string;
  readonly digit: number;
  readonly x: number;
  readonly y: number;
  readonly isChosen: boolean;
  /** Chosen before, and wrong. */
  readonly isTried: boolean;
}

/** A number on every socket or program of the stage that can be chosen. */
export function discRows(
  asked: Asked,
  scene: Scene,
  { sockets, processes }: StagePicture,
  choice: string | undefined,
  tried: readonly string[],
): readonly DiscRow[] {
  return optionRows(asked, scene).flatMap(({ digit, value, socket }): DiscRow[] => {
    const holder = scene.hosts.flatMap((host) => host.sockets).find(({ id }) => id === socket);
    const box =
      asked.which === 'process'
        ? processes.find(({ id }) => id !== undefined && id === holder?.process?.id)
        : sockets.find(({ id }) => id !== undefined && id === socket);
    if (box === undefined) return [];
    return [
      {
        key: `disc-${digit}`,
        digit,
        x: round(box.x + box.w - 4),
        y: round(box.y + 2),
        isChosen: value === choice,
        isTried: tried.includes(value),
      },
    ];
  });
}
