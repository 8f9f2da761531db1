// What the command needs of the computer it runs on, so that all of it can be tried without files: text of files, names in
// a directory, colours. The real one is node-machine.ts; nothing else in this folder but main.ts knows Node's files.

export interface Machine {
  /** Version of this program. */
  readonly version: string;
  /** Is somebody looking? In a pipe and with NO_COLOR output is plain. */
  readonly hasColours: boolean;
  /** So many of so many files are done, this one is next; after the last one `done` is `total`. */
  progress(done: number, total: number, next: string): void;
  /** The text of a file. This and the two below throw what node:fs throws: an Error with a `code`. */
  read(path: string): string;
  isDirectory(path: string): boolean;
  /** Other than before if the file has changed, '' if it is not there. Never throws. */
  stamp(path: string): string;
  /** Names in a directory, in any order. */
  list(path: string): readonly string[];
  /** Do both paths lead to one file that is there? Never throws. */
  isSame(path: string, other: string): boolean;
  /** Puts bytes into a file, all or none: what was there before stays until all of them are written. Throws as above. */
  write(path: string, bytes: Uint8Array): void;
}

/** What a command says in the end. Nothing is printed before it is done. */
export interface Outcome {
  /** 0 fine, 1 a failed expectation, 2 a problem of the scenario or of the call, 3 a defect of ours. */
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly out: string;
  readonly err: string;
  /** To be done again when one of these has changed; without it the command is done. */
  readonly watches?: readonly string[];
}

/** The command was called wrongly: what is wrong, in plain words. */
export function refuse(message: string): Outcome {
  return { exitCode: 2, out: '', err: `fourtuple: ${message}\n` };
}

/** One after the other; the highest exit code wins. */
export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    exitCode: outcomes.reduce<Outcome['exitCode']>(
      (worst, { exitCode }) => (exitCode > worst ? exitCode : worst),
      0,
    ),
    out: outcomes.map(({ out }) => out).join(''),
    err: outcomes.map(({ err }) => err).join(''),
  };
}
