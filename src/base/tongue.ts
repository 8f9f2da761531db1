// A language, as tables of messages need it: its name, its direction, its plurals, and how words are joined to what is
// filled in. Messages are functions: what ICU's message format does with placeholders, plural and select, TypeScript does
// with template literals, `plural` and a lookup, and its compiler checks the arguments; so no formatter is carried along.
// It refuses to know any message. Tables: ../trace/words/, ../app/words/. Pseudo-languages: ../app/words/pseudo.ts.

export interface Tongue {
  /** BCP 47, for `lang` and for Intl. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** The pieces of one message, between what is filled in: a pseudo-language spells them otherwise, as many as there are. */
  readonly spell: (pieces: readonly string[]) => readonly string[];
}

export const ENGLISH: Tongue = { tag: 'en', direction: 'ltr', spell: (pieces) => pieces };

/** A word for each plural category that the language has (Unicode plural rules); `other` for the rest. */
export type Forms = Partial<Readonly<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export interface Speech {
  readonly tongue: Tongue;
  /** words`${count} of ${total}`: the template's own words as the language spells them, with what is filled in. */
  readonly words: (strings: TemplateStringsArray, ...holes: readonly (string | number)[]) => string;
  /** The form that goes with a count, 0 … */
  readonly plural: (count: number, forms: Forms) => string;
}

export function speak(tongue: Tongue): Speech {
  const rules = new Intl.PluralRules(tongue.tag);
  return {
    tongue,
    words: (strings, ...holes) =>
      tongue
        .spell(strings)
        .map((piece, index) => piece + (holes[index] ?? ''))
        .join(''),
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
  };
}
