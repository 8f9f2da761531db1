// `fourtuple reference`: every word of the language on one page, as Markdown. Made from the schemas that validate, so that
// a word that is understood is in it, and no other.
import { reference } from '../scenario/reference.js';
import { type Outcome, refuse } from './machine.js';

export function referenceCommand(paths: readonly string[]): Outcome {
  if (paths.length > 0) return refuse('reference takes no file: fourtuple reference > reference.md');
  return { exitCode: 0, out: reference(), err: '' };
}
