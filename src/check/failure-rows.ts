// A failure as rows of text, for whoever tells it to people.
import type { Failure } from './report.js';

/** What is to be said of a failure, each row with its name. */
export function failureRows(
  failure: Failure | undefined,
): readonly (readonly [name: string, text: string])[] {
  if (failure === undefined) return [];
  const { expected, got, nearest, feedback, link, order } = failure;
  const rows = {
    expected,
    got,
    nearest,
    feedback,
    open: link,
    because: order?.words.join('; '),
    'to see': order && `put \`order: [${order.answers.join(', ')}]\` into the file`,
  };
  return Object.entries(rows).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}
