// A sentence as an id with its arguments, and the table of one language that puts it into words.
// It refuses to know which language is read: whoever opens a run hands in the table (../../scenario/run.ts).
import type { Part } from '../scene.js';
import { english } from './english/english.js';

type English = ReturnType<typeof english>;
export type SentenceId = keyof English;
/** The arguments of each message. */
export type Arguments = { readonly [Id in SentenceId]: Parameters<English[Id]> };
/** One language: a message for each id. */
export type Words = {
  readonly [Id in SentenceId]: (...args: Arguments[Id]) => readonly Part[];
};

/** What was said. The id does not hang on the language, nor do atoms among the arguments; clauses among them are worded. */
export interface Said {
  readonly id: SentenceId;
  /** By name. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly parts: readonly Part[];
}

export const ENGLISH_WORDS: Words = english();

export function say<Id extends SentenceId>(words: Words, id: Id, ...args: Arguments[Id]): Said {
  return { id, args: args[0] ?? {}, parts: words[id](...args) };
}
