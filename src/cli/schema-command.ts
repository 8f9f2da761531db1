// `fourtuple schema`: the JSON Schema of a scenario, for editors; with --report, that of the JSON report, for programs.
// Both are made from the schemas that validate (../scenario/schema/schema.ts, reporters/report-document.ts).
import { scenarioJsonSchema } from '../scenario/schema/schema.js';
import { type Outcome, refuse } from './machine.js';
import { reportJsonSchema } from './reporters/report-document.js';

export function schemaCommand(paths: readonly string[], isOfReport: boolean): Outcome {
  if (paths.length > 0) return refuse('schema takes no file: fourtuple schema > scenario-1.schema.json');
  const schema = isOfReport ? reportJsonSchema() : scenarioJsonSchema();
  return { exitCode: 0, out: `${JSON.stringify(schema, null, 2)}\n`, err: '' };
}
