// A small world to try the store on: boxes with letters in them, every kind of column, a queue and an index.
// Beside it the same things in plain arrays, written without any history: what the store has to agree with.

import fc from 'fast-check';
import { choice, flag, link, text, time, uint32 } from '../../src/store/columns.js';
import { Index } from '../../src/store/index.js';
import { Queue } from '../../src/store/queue.js';
import { createWorld, type Id, type WorldOf } from '../../src/store/table.js';

const shapes = {
  boxes: {
    name: text,
    first: link('letters'),
    last: link('letters'),
    slots: uint32,
    size: uint32,
    count: uint32,
  },
  letters: {
    serial: uint32,
    box: link('boxes'),
    from: uint32,
    to: uint32,
    stamp: uint32,
    nextInBox: link('letters'),
    nextOfKey: link('letters'),
    previousOfKey: link('letters'),
    body: text,
    kind: choice('card', 'parcel', 'telegram'),
    isRead: flag,
    posted: time,
  },
};

export type BoxId = Id<'boxes'>;
export type LetterId = Id<'letters'>;

export function newOffice(original?: WorldOf<typeof shapes>) {
  const world = createWorld(shapes, original);
  const { memory, boxes, letters } = world;
  return {
    ...world,
    inBox: new Queue(boxes.first, boxes.last, letters.nextInBox),
    byKey: new Index(
      memory,
      boxes,
      [letters.from, letters.to, letters.stamp],
      letters.nextOfKey,
      letters.previousOfKey,
    ),
  };
}
export type Office = ReturnType<typeof newOffice>;

export const STAMPS = [0, 7, 0xffffffff];
const KINDS = ['card', 'parcel', 'telegram'] as const;

/** One step of a program. `pick` chooses among what is there, so that every command can be applied anywhere. */
export interface Command {
  does: 'open' | 'post' | 'take' | 'tear' | 'change' | 'shut' | 'rest';
  pick: number;
  from: number;
  to: number;
  stamp: number;
  body: string;
  kind: (typeof KINDS)[number];
  isRead: boolean;
  posted: number;
}

export const commands = fc.record<Command>({
  does: fc.constantFrom('open', 'post', 'post', 'post', 'post', 'take', 'tear', 'change', 'shut', 'rest'),
  pick: fc.nat(),
  from: fc.nat(2),
  to: fc.nat(1),
  stamp: fc.constantFrom(...STAMPS),
  body: fc.string({ maxLength: 3 }),
  kind: fc.constantFrom(...KINDS),
  isRead: fc.boolean(),
  posted: fc.maxSafeNat(),
});
export const programs = fc.array(commands, { maxLength: 120, size: 'max' });

/** Does a command to the world, in a step of its own. `serial` names the letter that is posted, if one is. */
export function apply(office: Office, command: Command, serial: number): void {
  office.memory.step(() => perform(office, command, serial));
}

export function perform(office: Office, command: Command, serial: number): void {
  const { boxes, letters, inBox } = office;
  const box = picked([...boxes.rows], command.pick);
  const letter = picked([...letters.rows], command.pick);
  const { does } = command;
  if (does === 'open') boxes.name.set(boxes.rows.create(), command.body);
  else if (does === 'post' && box) post(office, box, command, serial);
  else if (does === 'take' && box) discard(office, inBox.shift(box));
  else if (does === 'tear' && letter) {
    const from = letters.box.get(letter);
    if (from) inBox.remove(from, letter);
    discard(office, letter);
  } else if (does === 'change' && letter) {
    letters.body.set(letter, command.body);
    letters.kind.set(letter, command.kind);
    letters.isRead.set(letter, command.isRead);
    letters.posted.set(letter, command.posted);
  } else if (does === 'shut' && box) {
    for (const waiting of inBox.of(box)) {
      inBox.shift(box);
      discard(office, waiting);
    }
    boxes.rows.remove(box);
  }
}

function post({ letters, inBox, byKey }: Office, box: BoxId, command: Command, serial: number): void {
  const letter = letters.rows.create();
  letters.serial.set(letter, serial);
  letters.box.set(letter, box);
  letters.from.set(letter, command.from);
  letters.to.set(letter, command.to);
  letters.stamp.set(letter, command.stamp);
  letters.body.set(letter, command.body);
  inBox.push(box, letter);
  byKey.add(box, letter);
}

function discard({ letters, byKey }: Office, letter: LetterId | 0): void {
  if (!letter) return;
  const box = letters.box.get(letter);
  if (box) byKey.remove(box, letter);
  letters.rows.remove(letter);
}

function picked<Row>(rows: readonly Row[], pick: number): Row | undefined {
  return rows[pick % rows.length];
}

/** A fresh office in which these commands were done, with the digest at each position. */
export function play(
  program: readonly Command[],
  office = newOffice(),
): { office: Office; digests: string[] } {
  const digests = [office.memory.digest()];
  for (const [serial, command] of program.entries()) {
    apply(office, command, serial + 1);
    digests.push(office.memory.digest());
  }
  return { office, digests };
}

/** The digest at every position, going from the first to the last. */
export function everyDigest({ memory }: Office): string[] {
  return Array.from({ length: memory.end + 1 }, (_, position) => {
    memory.seek(position);
    return memory.digest();
  });
}

/** All that can be read of an office, as plain values: letters by serial, newest first under `byKey`. */
export interface Picture {
  boxes: { name: string; letters: LetterPicture[]; byKey: Record<string, number[]> }[];
  letters: number[];
  counts: [number, number];
}
export interface LetterPicture {
  serial: number;
  key: string;
  body: string;
  kind: string;
  isRead: boolean;
  posted: number;
}

export function pictureOf({ boxes, letters, inBox, byKey }: Office): Picture {
  const serials = (rows: Iterable<LetterId>) => Array.from(rows, (letter) => letters.serial.get(letter));
  return {
    boxes: Array.from(boxes.rows, (box) => ({
      name: boxes.name.get(box),
      letters: Array.from(inBox.of(box), (letter) => ({
        serial: letters.serial.get(letter),
        key: `${letters.from.get(letter)} ${letters.to.get(letter)} ${letters.stamp.get(letter)}`,
        body: letters.body.get(letter),
        kind: letters.kind.get(letter),
        isRead: letters.isRead.get(letter),
        posted: letters.posted.get(letter),
      })),
      byKey: Object.fromEntries(
        everyKey()
          .map(
            ([from, to, stamp]) =>
              [`${from} ${to} ${stamp}`, serials(byKey.of(box, from, to, stamp))] as const,
          )
          .filter(([, found]) => found.length > 0),
      ),
    })),
    letters: serials(letters.rows),
    counts: [boxes.rows.count, letters.rows.count],
  };
}

function everyKey(): [number, number, number][] {
  return [0, 1, 2].flatMap((from) =>
    [0, 1].flatMap((to) => STAMPS.map((stamp): [number, number, number] => [from, to, stamp])),
  );
}

/** The same office without a store: the pictures it should give after 0, 1, 2, … commands. */
export function picturesWithoutStore(program: readonly Command[]): Picture[] {
  let boxes: { name: string; letters: LetterPicture[]; byKey: Map<string, number[]> }[] = [];
  let all: LetterPicture[] = [];
  const picture = (): Picture => ({
    boxes: boxes.map(({ name, letters, byKey }) => ({
      name,
      letters: structuredClone(letters),
      byKey: Object.fromEntries(
        [...byKey].filter(([, found]) => found.length > 0).map(([key, found]) => [key, [...found]]),
      ),
    })),
    letters: all.map(({ serial }) => serial),
    counts: [boxes.length, all.length],
  });
  const drop = (gone: readonly LetterPicture[]): void => {
    all = all.filter((letter) => !gone.includes(letter));
    for (const box of boxes) {
      box.letters = box.letters.filter((letter) => !gone.includes(letter));
      for (const [key, found] of box.byKey)
        box.byKey.set(
          key,
          found.filter((serial) => !gone.some((one) => one.serial === serial)),
        );
    }
  };
  const pictures = [picture()];
  for (const [step, { does, pick, from, to, stamp, body, kind, isRead, posted }] of program.entries()) {
    const box = picked(boxes, pick);
    const letter = picked(all, pick);
    if (does === 'open') boxes.push({ name: body, letters: [], byKey: new Map() });
    else if (does === 'post' && box) {
      const key = `${from} ${to} ${stamp}`;
      const fresh = { serial: step + 1, key, body, kind: 'card', isRead: false, posted: 0 };
      box.letters.push(fresh);
      box.byKey.set(key, [fresh.serial, ...(box.byKey.get(key) ?? [])]);
      all.push(fresh);
    } else if (does === 'take' && box) drop(box.letters.slice(0, 1));
    else if (does === 'tear' && letter) drop([letter]);
    else if (does === 'change' && letter) Object.assign(letter, { body, kind, isRead, posted });
    else if (does === 'shut' && box) {
      drop(box.letters);
      boxes = boxes.filter((other) => other !== box);
    }
    pictures.push(picture());
  }
  return pictures;
}
