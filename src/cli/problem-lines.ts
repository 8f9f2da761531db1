// Problems of a file as lines of text: `file:line:column code message; hint`, one each, in order of the text.

import { formatProblem, type Problem } from '../scenario/text/problems.js';
import { visible } from './paint.js';

export function problemLines(file: string, problems: readonly Problem[]): string {
  return problems
    .map((problem) => {
      const warning = problem.severity === 'warning' ? ' (a warning)' : '';
      return `${problem.file ?? file}:${visible(formatProblem(problem))}${warning}\n`;
    })
    .join('');
}

export function isBroken(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
