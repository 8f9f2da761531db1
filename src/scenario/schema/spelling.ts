// Keys that nobody knows: told with the likely right one, and then taken for it, so that the problems inside and behind
// are found in the same pass. What resembles nothing is taken out, and its words are remembered as possibly meant names.
// Which keys there are it reads from the schema; who acts in a line (keys that are data) it is told.
import { z } from 'zod';
import { closestWord } from '../../base/spelling.js';
import { parseActor } from '../atoms/names.js';
import { isLineWord, LINE_WORDS } from '../atoms/words.js';
import { didYouMean, show } from '../text/parsed.js';
import type { Report } from '../text/report.js';
import { entriesOf, isMap, itemsOf, type Path, type TreeMap, textsIn } from '../text/tree.js';
import { actSchema, argumentsOf } from './calls.js';
import { expectationSchema, QUANTIFIERS } from './expectations.js';
import { isFactKind } from './fact-kinds.js';
import { factSchema } from './facts.js';
import { scenarioSchema } from './schema.js';
import { stepSchema } from './steps.js';
import { isVerb } from './verb-names.js';

/** Root keys that say who is there: put right first, since lines are read with their names in hand. */
const CAST_KEYS = ['networks', 'hosts', 'routers'];

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** Puts the keys of a whole tree right, in place. `namesOf` gives everybody who may act, once the cast can be read. */
export function correctKeys(
  tree: TreeMap,
  report: Report,
  namesOf: (tree: TreeMap) => ReadonlySet<string>,
): void {
  const shape = shapeOf(scenarioSchema);
  const castReader = new KeyReader(report, new Set());
  castReader.correctMap(tree, [], scenarioSchema);
  for (const key of CAST_KEYS) castReader.visit(tree[key], [key], shape[key]);
  const reader = new KeyReader(report, namesOf(tree));
  for (const [key, value] of entriesOf(tree))
    if (!CAST_KEYS.includes(key)) reader.visit(value, [key], shape[key]);
}

class KeyReader {
  readonly #report: Report;
  readonly #actors: ReadonlySet<string>;

  constructor(report: Report, actors: ReadonlySet<string>) {
    this.#report = report;
    this.#actors = actors;
  }

  visit(value: unknown, path: Path, schema: Schema | undefined): void {
    if (schema === undefined || typeof value !== 'object' || value === null) return;
    const option = optionFor(schema, value);
    if (option instanceof z.ZodArray) {
      for (const [index, item] of itemsOf(value).entries())
        this.visit(item, [...path, index], option.element);
    } else if (option instanceof z.ZodRecord) {
      for (const [key, each] of entriesOf(value)) this.visit(each, [...path, key], option.valueType);
    } else if (option !== undefined && isMap(value)) {
      const isStep = option === stepSchema;
      if (isStep) this.#correctStep(value, path);
      else this.correctMap(value, path, option);
      for (const [key, each] of entriesOf(value))
        this.visit(each, [...path, key], isStep && !isLineWord(key) ? actSchema : shapeOf(option)[key]);
    }
  }

  /** Keys of a map with a closed set of keys. */
  correctMap(map: TreeMap, path: Path, schema: Schema): void {
    const shape = shapeOf(schema);
    for (const key of Object.keys(map)) {
      if (Object.hasOwn(shape, key)) continue;
      const others = Object.keys(shape).filter((each) => !Object.hasOwn(map, each));
      const candidates = others.filter((each) => fits(each, map, schema));
      this.#refuse(map, path, key, candidates, `\`${key}\` is not a key here`, others);
    }
  }

  /** A line: its own words, and at most one key that is whoever acts, with a map of what is done. */
  #correctStep(step: TreeMap, path: Path): void {
    for (const [key, value] of entriesOf(step)) {
      if (isLineWord(key)) continue;
      const words = LINE_WORDS.filter((word) => !Object.hasOwn(step, word));
      const name = parseActor(key);
      const isKnown = name.ok && this.#actors.has(name.value.name);
      if (isMap(value)) {
        const word = isKnown || Object.keys(value).some(isVerb) ? undefined : closestWord(key, words);
        if (word !== undefined) this.#refuse(step, path, key, [word], `\`${key}\` is not a word of a line`);
        else if (!name.ok) {
          this.#report.atKey([...path, key], name.flaw);
          this.#takeOut(step, path, key);
        }
      } else if (isKnown) {
        const message = `what \`${key}\` does is written as a map, not as ${show(value)}`;
        this.#report.atKey([...path, key], {
          code: 'wrong-type',
          message,
          hint: `\`${key}: { connect: web:80 }\``,
        });
        this.#takeOut(step, path, key);
      } else {
        const message = `\`${key}\` is not a word of a line, nor does it hold a call`;
        this.#refuse(step, path, key, words, message, [...words, ...this.#actors]);
      }
    }
  }

  /** The nearest of `candidates` is taken for the key; `others` are only worth a hint. */
  #refuse(
    map: TreeMap,
    path: Path,
    key: string,
    candidates: readonly string[],
    message: string,
    others: readonly string[] = [],
  ): void {
    const right = key.length < 2 ? undefined : closestWord(key, candidates);
    const hint = didYouMean(key, candidates) ?? didYouMean(key, others);
    this.#report.atKey([...path, key], {
      code: 'unknown-key',
      message,
      ...(hint === undefined ? {} : { hint }),
    });
    if (right === undefined) this.#takeOut(map, path, key);
    else {
      renameKey(map, key, right);
      this.#report.positions.rename(path, key, right);
    }
  }

  #takeOut(map: TreeMap, path: Path, key: string): void {
    this.#report.takeOut(path, [key, ...[...textsIn(map[key])].map(({ text }) => text)]);
    delete (map as Record<string, unknown>)[key];
  }
}

/** Beside a verb, a misspelt key was meant to be one of its arguments; beside a fact, no second fact. */
function fits(candidate: string, map: TreeMap, schema: Schema): boolean {
  if (schema === actSchema) {
    const verb = Object.keys(map).find(isVerb);
    return verb === undefined || argumentsOf(verb).includes(candidate);
  }
  if (schema !== factSchema && schema !== expectationSchema) return true;
  const states = (key: string) => isFactKind(key) || (QUANTIFIERS as readonly string[]).includes(key);
  return !(states(candidate) && Object.keys(map).some(states));
}

/** In place, and in the place of the old key: rules and messages go by the author's order. */
function renameKey(map: TreeMap, from: string, to: string): void {
  const target = map as Record<string, unknown>;
  const entries = Object.entries(target);
  for (const [key] of entries) delete target[key];
  for (const [key, value] of entries) target[key === from ? to : key] = value;
}

function shapeOf(schema: Schema): Shape {
  return schema instanceof z.ZodObject ? (schema.shape as Shape) : {};
}

/** Which schema a map or list was written for: of several kinds of map, the one that knows most of its keys. */
function optionFor(schema: Schema, value: object): Schema | undefined {
  const options = optionsOf(schema);
  if (Array.isArray(value)) return options.find((option) => option instanceof z.ZodArray);
  const maps = options.filter((option) => option instanceof z.ZodObject || option instanceof z.ZodRecord);
  const known = (option: Schema) =>
    Object.keys(value).filter((key) => Object.hasOwn(shapeOf(option), key)).length;
  return maps.toSorted((one, other) => known(other) - known(one))[0];
}

/** The schemas that a value may have to fit: unions and optional ones opened. */
function optionsOf(schema: Schema): readonly Schema[] {
  if (schema instanceof z.ZodOptional) return optionsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => optionsOf(option));
  return [schema];
}
