// `include`: networks, hosts, routers and fragments out of other files, as if they stood in this one. Files are the caller's
// (a disk, the app's library): it is asked for the text of a path, relative to the file that names it.
// A name belongs to one file; what is wrong inside an included file is told at the line that includes it.
import type { Positions } from './text/positions.js';
import { sortProblems } from './text/problems.js';
import type { Report } from './text/report.js';
import { entriesOf, field, isMap, oneOrManyOf, type Path, type TreeMap } from './text/tree.js';
import { readYaml } from './text/yaml-tree.js';

export interface IncludedFile {
  /** The same for the same file, however it was named: so a loop is seen. */
  readonly path: string;
  readonly text: string;
}

/** The file that `named` means in the file `from`, undefined in the scenario itself; undefined if there is none. */
export type Library = (named: string, from: string | undefined) => IncludedFile | undefined;

const PARTS = ['networks', 'hosts', 'routers', 'fragments'] as const;
/** What may stand in such a file besides. */
const AROUND: readonly string[] = ['fourtuple', 'title', 'include', ...PARTS];

/** Puts what other files hold into the tree. Where one cannot be had, `include` stays, and nobody is called unknown. */
export function includeParts(tree: TreeMap, report: Report, library: Library | undefined): void {
  const written = field(tree, 'include');
  if (written === undefined) return;
  const including = new Including(tree as Record<string, unknown>, report, library);
  const isWhole = oneOrManyOf(written)
    .map((named, at) =>
      including.add(named, Array.isArray(written) ? ['include', at] : ['include'], undefined, []),
    )
    .every((isFine) => isFine);
  if (isWhole) delete (tree as Record<string, unknown>)['include'];
  else if (field(tree, 'hosts') === undefined) report.damage(['hosts']);
}

class Including {
  readonly #tree: Record<string, unknown>;
  readonly #report: Report;
  readonly #library: Library | undefined;
  /** Files that are in already: what two of them include is there once. */
  readonly #done = new Set<string>();
  /** In which file a name stands. */
  readonly #owners = new Map<string, string>();

  constructor(tree: Record<string, unknown>, report: Report, library: Library | undefined) {
    this.#tree = tree;
    this.#report = report;
    this.#library = library;
  }

  /** False if not all of it could be had. `place`: of the line that leads there. `trail`: the files on the way. */
  add(named: unknown, place: Path, from: string | undefined, trail: readonly string[]): boolean {
    if (typeof named !== 'string') return false; // the schema tells
    const file = this.#library?.(named, from);
    if (file === undefined) {
      const message = `there is no file \`${named}\`${from === undefined ? ' beside this one' : ` beside ${from}`}`;
      this.#tell(
        place,
        'include-missing',
        message,
        'name it as it is reached from the file that includes it',
      );
      return false;
    }
    if (trail.includes(file.path)) {
      const message = `these files include each other: ${[...trail.slice(trail.indexOf(file.path)), file.path].join(' > ')}`;
      this.#tell(place, 'include-loop', message);
      return false;
    }
    if (this.#done.has(file.path)) return true;
    this.#done.add(file.path);
    const { tree, report } = readYaml(file.text);
    for (const { line, column, code, message } of sortProblems(report.problems))
      this.#tell(place, code, `${named}:${line}:${column}: ${message}`);
    if (report.hasErrors) return false;
    if (!isMap(tree)) {
      this.#tell(place, 'wrong-type', `\`${named}\` is no map of networks, hosts, routers and fragments`);
      return false;
    }
    return this.#take(tree, named, report.positions, place, [...trail, file.path]);
  }

  #take(tree: TreeMap, named: string, there: Positions, place: Path, trail: readonly string[]): boolean {
    for (const key of Object.keys(tree).filter((each) => !AROUND.includes(each))) {
      const { line, column } = there.of([key], { key: true });
      const message = `${named}:${line}:${column}: \`${key}\` cannot be included, only ${PARTS.join(', ')}`;
      this.#tell(place, 'unknown-key', message);
    }
    const isWhole = oneOrManyOf(field(tree, 'include'))
      .map((each) => this.add(each, place, trail.at(-1), trail))
      .every((isFine) => isFine);
    const isFree = PARTS.flatMap((kind) =>
      entriesOf(field(tree, kind)).map(([name, value]) => this.#put(kind, name, value, named, place)),
    ).every((isPut) => isPut);
    return isWhole && isFree;
  }

  /** False if the name is taken. */
  #put(kind: (typeof PARTS)[number], name: string, value: unknown, named: string, place: Path): boolean {
    const known = field(this.#tree, kind);
    if (known !== undefined && !isMap(known)) return true; // the schema tells
    const owner = this.#owners.get(`${kind} ${name}`);
    if (field(known, name) !== undefined) {
      const message = `\`${name}\` stands in ${owner ?? 'this file'} and in ${named}`;
      const path = owner === undefined ? [kind, name] : place;
      this.#tell(path, 'duplicate-key', message, 'rename one of the two, or leave one out');
      return false;
    }
    this.#owners.set(`${kind} ${name}`, named);
    this.#tree[kind] = { ...known, [name]: value };
    this.#report.borrow([kind, name], place);
    return true;
  }

  #tell(path: Path, code: Parameters<Report['atValue']>[1]['code'], message: string, hint?: string): void {
    const flaw = { code, message, ...(hint === undefined ? {} : { hint }) };
    if (path[0] === 'include') this.#report.atValue(path, flaw);
    else this.#report.atKey(path, flaw);
  }
}
