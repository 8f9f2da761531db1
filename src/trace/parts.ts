// How a sentence with atoms is written down: a template whose holes take chips, marks, codes and plain words.
// text`A SYN from ${chip(from)} reaches ${host}.` gives the parts in order, neighbouring strings joined.
import type { EndpointView, Mark, Part } from './scene.js';

type Hole = Part | number | readonly Part[] | undefined;

export function text(strings: TemplateStringsArray, ...holes: readonly Hole[]): readonly Part[] {
  const parts: Part[] = [];
  const add = (part: Part) => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  for (const [index, string] of strings.entries()) {
    add(string);
    const hole = holes[index];
    if (hole === undefined) continue;
    if (typeof hole === 'number') add(String(hole));
    else if (isList(hole)) for (const part of hole) add(part);
    else add(hole);
  }
  return parts;
}

export function chip(endpoint: EndpointView): Part {
  return { chip: endpoint };
}

/** The phrase a caption underlines: at most one a sentence. */
export function strong(phrase: string): Part {
  return { strong: phrase };
}

/** Something a system prints: an errno, a state, a flag. */
export function code(word: string): Part {
  return { code: word };
}

/** The mark of a conversation, or the words for one without a mark. */
export function sign(mark: Mark | undefined, otherwise = 'the connection'): Part {
  return mark === undefined ? otherwise : { mark };
}

/** 1 socket, 4 sockets; up to twelve in words. */
export function counted(count: number, noun: string): string {
  return `${NUMBERS[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;
}
const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isList(hole: Exclude<Hole, undefined | number>): hole is readonly Part[] {
  return Array.isArray(hole);
}
