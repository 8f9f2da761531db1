// Text for people: colours on a terminal only, never carrying what the words do not say. Every text of a scenario passes
// here, because it may hold control characters that a terminal would obey.
import { styleText } from 'node:util';

/** Each gives one text without control characters: line ends become spaces, others are spelt out. */
export interface Paint {
  plain(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

export function paintFor(hasColours: boolean): Paint {
  const style = (format: 'green' | 'red' | 'dim' | 'bold') => (text: string) =>
    hasColours && text !== '' ? styleText(format, visible(text), { validateStream: false }) : visible(text);
  return {
    plain: visible,
    good: style('green'),
    bad: style('red'),
    faint: style('dim'),
    strong: style('bold'),
  };
}

/** On one line, nothing in it that moves a cursor, and no half character. */
export function visible(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ')
    .replace(/\p{Cc}|\p{Surrogate}|[\u202a-\u202e\u2066-\u2069]/gu, (character) => {
      const code = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `\\u${code}`;
    });
}
