// Answers as they are kept on this device and as a spreadsheet reads them (CSV, RFC 4180: CRLF, quotes doubled).
// It refuses to know pages. Where they are kept: device.ts. Who answers: state/prediction.ts.
import { type KeptAttempt, rememberAttempt } from './device.js';
import type { Attempt } from './state/prediction.js';

const COLUMNS = ['when', 'scenario', 'step', 'question', 'answer', 'isRight', 'attempt', 'sure'] as const;

export function keepAttempt(scenario: string, { asked, value, isRight, attempt, sure }: Attempt): void {
  rememberAttempt({
    scenario,
    step: asked.step,
    question: asked.text,
    answer: value,
    isRight,
    attempt,
    sure: sure ?? '',
  });
}

/** A field that would be taken for a formula is led by an apostrophe, as spreadsheets want it. */
function field(value: string | number | boolean): string {
  const text = String(value);
  const safe = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An empty answer means that the reader asked to be shown. */
export function answersCsv(attempts: readonly KeptAttempt[]): string {
  const rows = attempts.map((attempt) => COLUMNS.map((column) => field(attempt[column])).join(','));
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}
