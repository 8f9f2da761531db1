// An open question as rows: what can be chosen, by which digit, and after a try what was wrong with it.
// Nothing here says which one is right; that comes with the result. Where the numbers stand on the stage: discRows.
// Who draws: ../panels/predict.ts and ../views/discs.ts.
import type { Asked, AskedOption } from '../../scenario/questions/asked.js';
import type { Scene, SocketView } from '../../trace/scene.js';
import { messages } from '../messages.js';
import { type Chip, chipOf } from './chip.js';
import { round } from './measure.js';
import type { StagePicture } from './picture.js';

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

/** In the question's order; 1 to 9, and 0 for nobody and nothing. */
export function optionRows(asked: Asked, scene: Scene): readonly OptionRow[] {
  let last = 0;
  return asked.options.map((option) => {
    const digit = NOTHING.has(option.value) ? 0 : ++last;
    return rowOf(option, digit, asked, scene);
  });
}

/** What kills a wrong answer: the author's words, else the question of the demultiplexer and what differs. */
export function killOf(asked: Asked, value: string): string {
  const option = asked.options.find((each) => each.value === value);
  if (option?.feedback !== undefined) return option.feedback;
  const { candidate } = option ?? {};
  if (candidate === undefined || candidate.verdict === 'match') return messages.predict.notSo;
  return messages.predict.killed(candidate.question, candidate.words);
}

export interface DiscRow {
  readonly key: string;
  readonly digit: number;
  readonly x: number;
  readonly y: number;
  readonly isChosen: boolean;
}

/** A number on every socket or program of the stage that can be chosen. */
export function discRows(
  asked: Asked,
  scene: Scene,
  { sockets, processes }: StagePicture,
  choice: string | undefined,
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
      },
    ];
  });
}
