// The scenario files of the project, read from disk: the main suite loops over them.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));

export interface ScenarioFile {
  /** The file's name without its ending: what links and transcripts call it. */
  readonly id: string;
  readonly path: string;
  readonly source: string;
}

/** In order of their ids. */
export function scenarioFiles(): readonly ScenarioFile[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({
      id: (path.split('/').at(-1) ?? path).replace(/\.yaml$/, ''),
      path: `scenarios/${path}`,
      source: readFileSync(`${FOLDER}${path}`, 'utf8'),
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
