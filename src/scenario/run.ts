// From a scenario's text to a run that can be read at any step: parse, build, play, record. The one way in for
// the command line and the library; what was read before is played by play-scenario.ts.
// Reading it at a position: ../trace/. Grading it: ../check/.
import { parseScenario } from './parse.js';
import { type Opened, type OpenOptions, playParsed } from './play-scenario.js';

export type { Opened, OpenOptions, Run } from './play-scenario.js';

/** Never throws for anything that an author can write. A RunDefect is a mistake of ours. */
export function openRun(source: string, options: OpenOptions = {}): Opened {
  return playParsed(parseScenario(source, options.library), options);
}
