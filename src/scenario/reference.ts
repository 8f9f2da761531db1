// The language on one page of Markdown: every key with what it takes and what it means, read from the JSON Schema and from the
// tables of verbs and facts. It says nothing of its own but headings, so it cannot drift from what is understood.

import { FACT_ARGUMENTS, FACT_KINDS } from './schema/fact-kinds.js';
import { type JsonSchema, readSchema } from './schema/json-schema.js';
import { scenarioJsonSchema } from './schema/schema.js';
import { VERB_NAMES } from './schema/verb-names.js';
import { VERBS } from './schema/verbs.js';
import { LESSON_CODES, RUN_CODES, STATIC_CODES } from './text/problems.js';

const MAPS: readonly (readonly [string, string])[] = [
  ['Scenario', 'A file'],
  ['Network', 'A network, under `networks`'],
  ['Host', 'A host, under `hosts`; an address alone is one too'],
  ['Router', 'A router, under `routers`'],
  ['Knobs', 'Knobs, of a file or of a host'],
  ['Step', 'A line of the script; any other key is whoever acts'],
  ['Moment', 'A moment, under `during`'],
  ['Question', 'A question, under `ask`; its kind alone is one too'],
  ['SocketOptions', 'What `setsockopt` sets'],
];

export function reference(): string {
  const { definitions } = readSchema(scenarioJsonSchema());
  const act = definitions['Act']?.properties ?? {};
  const expectation = definitions['Expectation']?.properties ?? {};
  const [verbs, facts]: readonly (readonly string[])[] = [VERB_NAMES, FACT_KINDS];
  const isFactWord = (key: string) => facts?.includes(key) || key in (definitions['Fact']?.properties ?? {});
  const sections = [
    ...MAPS.map(([name, heading]) => section(heading, keysOf(definitions[name] ?? {}))),
    section(
      'Verbs: what an actor does',
      table(
        ['verb', 'who', 'object', 'beside it', 'meaning'],
        VERB_NAMES.map((verb) => {
          const { who, takes, about } = VERBS[verb];
          return [`\`${verb}\``, who, takesOf(act[verb] ?? {}), words([...takes, 'gives']), about];
        }),
      ),
    ),
    section('Arguments beside a verb', rows(Object.entries(act).filter(([key]) => !verbs?.includes(key)))),
    section(
      'Facts: what a run can be asked',
      table(
        ['fact', 'value', 'beside it', 'meaning'],
        FACT_KINDS.map((kind) => {
          const own = expectation[kind] ?? {};
          return [`\`${kind}\``, takesOf(own), words(FACT_ARGUMENTS[kind]), own.description ?? ''];
        }),
      ),
    ),
    section(
      'Words beside a fact',
      rows(Object.entries(definitions['Fact']?.properties ?? {}).filter(([key]) => !facts?.includes(key))),
    ),
    section(
      'Around a fact: quantifiers, stretch, grade',
      rows(Object.entries(expectation).filter(([key]) => !isFactWord(key))),
    ),
    section(
      'Notation',
      table(
        ['what', 'as in', 'meaning'],
        Object.entries(definitions)
          .filter(([, { examples }]) => examples !== undefined)
          .map(([name, schema]) => [nameOf(name), takesOf(schema), schema.description ?? '']),
      ),
    ),
    section(
      'Problems, by code',
      [
        `In the text: ${words(STATIC_CODES)}.`,
        `In a dry run: ${words(RUN_CODES)}.`,
        `Warnings of \`fourtuple lint\` about the lesson: ${words(LESSON_CODES)}.`,
      ].join('\n\n'),
    ),
  ];
  return `# The language of scenarios\n\n${sections.join('\n')}`;
}

function section(heading: string, body: string): string {
  return `## ${heading}\n\n${body}\n`;
}

function keysOf(schema: JsonSchema): string {
  return rows(Object.entries(schema.properties ?? {}), schema.required);
}

function rows(entries: readonly (readonly [string, JsonSchema])[], required: readonly string[] = []): string {
  return table(
    ['key', 'takes', 'meaning'],
    entries.map(([key, schema]) => [
      `\`${key}\`${required.includes(key) ? ' (needed)' : ''}`,
      takesOf(schema),
      schema.description ?? '',
    ]),
  );
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');
}

function words(all: readonly string[]): string {
  return all.map((each) => `\`${each}\``).join(' ');
}

/** What a value may be, in few words: its words, its examples, or what kind of thing it is. */
function takesOf(schema: JsonSchema): string {
  const found = new Set(possibilities(schema));
  return [...found].join(', ');
}

/** More words than this are counted: the list of errors is as long as a page. */
const MOST_WORDS = 14;

function* possibilities(schema: JsonSchema): Generator<string> {
  const { anyOf, allOf, items, properties, additionalProperties, examples, enum: list, type } = schema;
  if (schema.const !== undefined) yield `\`${String(schema.const)}\``;
  else if (list !== undefined && list.length > MOST_WORDS)
    yield `${words(list.slice(0, MOST_WORDS).map(String))} …`;
  else if (list !== undefined) yield words(list.map(String));
  else if (schema.$ref !== undefined) yield nameOf(schema.$ref);
  else if (anyOf !== undefined || allOf !== undefined)
    for (const each of [...(anyOf ?? []), ...(allOf ?? [])]) yield* possibilities(each);
  else if (items !== undefined) for (const each of possibilities(items)) yield `list of ${each}`;
  else if (properties !== undefined) yield `{ ${Object.keys(properties).join(', ')} }`;
  else if (typeof additionalProperties === 'object')
    for (const each of possibilities(additionalProperties)) yield `names to ${each}`;
  else if (String(type) === 'integer') yield kindWord('integer');
  else if (examples !== undefined) yield words(examples.map(String));
  else if (type !== undefined) yield [type].flat().map(kindWord).join(' or ');
}

function nameOf(ref: string): string {
  return (ref.split('/').at(-1) ?? '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function kindWord(type: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    boolean: 'true or false',
    integer: 'whole number',
    null: 'nothing',
  };
  return kinds[type] ?? type;
}
