// Text to scenario, and every problem on the way with its place: the front door of the language.
// In order: the text (yaml-tree.ts), other files (include.ts), the keys (spelling.ts), the shape (schema-problems.ts), the meaning (lint.ts). Each
// stage looks at whatever part of the tree the ones before left standing, so that all problems come at once.
// It runs nothing: who listens, what clashes and what a question's answer is, a dry run finds.

import { LANGUAGE_VERSION } from './atoms/words.js';
import { includeParts, type Library } from './include.js';
import { takeKey } from './key.js';
import { lint } from './lint/lint.js';
import { actorsIn } from './lint/roster.js';
import type { Scenario } from './schema/schema.js';
import { reportShape } from './schema/schema-problems.js';
import { correctKeys } from './schema/spelling.js';
import type { Positions } from './text/positions.js';
import { type Problem, sortProblems } from './text/problems.js';
import { field, isMap } from './text/tree.js';
import { type ReadText, readYaml } from './text/yaml-tree.js';

export interface ParsedScenario {
  /** There if no problem is an error: the author's tree, short forms and order of keys kept. */
  readonly scenario?: Scenario;
  /** In order of the text. Warnings only if there is no error. */
  readonly problems: readonly Problem[];
  /** Where each part of the scenario stands in the text. */
  readonly positions: Positions;
}

/** Never throws, whatever the text. */
export function parseScenario(source: string, library?: Library): ParsedScenario {
  return parsed(readYaml(source), library);
}

/** As `parseScenario`; what is expected is the key's. Lines beyond `lines` are those of the key, counted on. */
export function parseWithKey(
  source: string,
  key: string,
  library?: Library,
): ParsedScenario & { readonly lines: number } {
  const read = readYaml(source);
  const { lines } = read.positions;
  const isUsable = takeKey(read, readYaml(key));
  return { ...(isUsable ? parsed(read, library) : stopped(read)), lines };
}

function stopped({ report, positions }: ReadText): ParsedScenario {
  return { problems: sortProblems(report.problems), positions };
}

function parsed(read: ReadText, library: Library | undefined): ParsedScenario {
  const isReadable = judge(read, library);
  const problems = sortProblems(read.report.problems);
  const isBroken = !isReadable || problems.some((problem) => problem.severity === 'error');
  const { positions } = read;
  return isBroken ? { problems, positions } : { scenario: read.tree as Scenario, problems, positions };
}

/** False if there is no tree of this version of the language, so that nothing more can be said. */
function judge({ tree, report }: ReadText, library: Library | undefined): boolean {
  if (tree === undefined) return false;
  if (tree === null) {
    report.atValue([], {
      code: 'version-missing',
      message: 'the file is empty',
      hint: 'the first line is `fourtuple: 1`',
    });
    return false;
  }
  if (!isMap(tree)) {
    const message = 'a scenario is a map of keys: fourtuple, title, hosts, script …';
    report.atValue([], { code: 'wrong-type', message, hint: 'the first line is `fourtuple: 1`' });
    return false;
  }
  const version = field(tree, 'fourtuple');
  if (typeof version === 'number' && version > LANGUAGE_VERSION) {
    const message = `written for language ${version}; this program reads ${LANGUAGE_VERSION}`;
    report.atValue(['fourtuple'], { code: 'version-newer', message, hint: 'use a newer program' });
    return false;
  }
  includeParts(tree, report, library);
  correctKeys(tree, report, actorsIn);
  if (field(tree, 'fourtuple') !== LANGUAGE_VERSION) {
    const flaw = { code: 'version-missing', message: 'the version of the language is missing' } as const;
    report.atValue(['fourtuple'], { ...flaw, hint: `the first line is \`fourtuple: ${LANGUAGE_VERSION}\`` });
    report.damage(['fourtuple']);
  }
  reportShape(tree, report);
  lint(tree, report);
  return true;
}
