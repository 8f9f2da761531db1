// How messages with atoms are written down: templates whose holes take chips, marks, codes, other messages and plain words.
// text`A SYN from ${from} reaches ${host}.` gives the parts in order, neighbouring strings joined.
// It refuses to know any message: english.ts beside this file.
import { type Forms, type Speech, speak, type Tongue } from '../../base/tongue.js';
import { type EndpointView, type Mark, type Part, plainText } from '../scene.js';

/** What a hole takes; nothing stands where it is undefined. */
export type Hole = Part | number | readonly Part[] | undefined;
/** The arguments of a message, by name. */
export type With<Names extends string> = Readonly<Record<Names, Hole>>;

export interface Telling extends Speech {
  readonly text: (strings: TemplateStringsArray, ...holes: readonly Hole[]) => readonly Part[];
  /** The phrase that a caption underlines: at most one a sentence. */
  readonly strong: (strings: TemplateStringsArray, ...holes: readonly Hole[]) => Part;
  /** The mark of a conversation, or words for one without a mark. */
  readonly sign: (mark: Mark | undefined, otherwise: string) => Part;
}

export function telling(tongue: Tongue): Telling {
  const speech = speak(tongue);
  const text: Telling['text'] = (strings, ...holes) => {
    const parts: Part[] = [];
    const add = (part: Part) => {
      const last = parts.at(-1);
      if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
      else if (part !== '') parts.push(part);
    };
    for (const [index, piece] of tongue.spell(strings).entries()) {
      add(piece);
      for (const part of partsOf(holes[index])) add(part);
    }
    return parts;
  };
  return {
    ...speech,
    text,
    strong: (strings, ...holes) => ({ strong: speech.words(strings, ...holes.map(plain)) }),
    sign: (mark, otherwise) => (mark === undefined ? otherwise : { mark }),
  };
}

function partsOf(hole: Hole): readonly Part[] {
  if (hole === undefined) return [];
  if (typeof hole === 'number') return [String(hole)];
  return isList(hole) ? hole : [hole];
}

function isList(hole: Exclude<Hole, undefined | number>): hole is readonly Part[] {
  return Array.isArray(hole);
}

/** What fills a hole, as a string. */
export function plain(hole: Hole): string {
  return plainText(partsOf(hole));
}

export function chip(endpoint: EndpointView): Part {
  return { chip: endpoint };
}

/** Something that a system prints: an errno, a state, a flag. */
export function code(word: string): Part {
  return { code: word };
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `one socket`, `4 sockets`: numbers up to twelve in words. */
export function counting({ words, plural }: Speech): (count: number, forms: Forms) => string {
  const numbers = [
    words`no`,
    words`one`,
    words`two`,
    words`three`,
    words`four`,
    words`five`,
    words`six`,
    words`seven`,
    words`eight`,
    words`nine`,
    words`ten`,
    words`eleven`,
    words`twelve`,
  ];
  return (count, forms) => `${numbers[count] ?? count} ${plural(count, forms)}`;
}

/** `a, b and c`. */
export function listing({ words }: Speech): (all: readonly string[]) => string {
  return (all) =>
    all.length < 2 ? all.join('') : words`${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
