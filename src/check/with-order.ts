// A scenario's text with an order in it: playing it gives that run. Everything else stays as its author wrote it.
import { parseDocument } from 'yaml';

/** The text must be a scenario that can be played. */
export function withOrder(source: string, answers: readonly number[]): string {
  const document = parseDocument(source);
  document.set('order', document.createNode([...answers], { flow: true }));
  return document.toString({ lineWidth: 0 });
}
