// For programs: everything that is known, in the shape of report-document.ts. The same files give the same bytes.
import type { Checked } from './checked.js';
import { reportDocument } from './report-document.js';

export function json(all: readonly Checked[]): string {
  return `${JSON.stringify(reportDocument(all), null, 2)}\n`;
}
