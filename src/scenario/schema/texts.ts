// The author's prose: a text, or one for each language.
export type Text = string | Readonly<Record<string, string>>;

/** A text in one language, English if it has none of that, or its first. */
export function textIn(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
