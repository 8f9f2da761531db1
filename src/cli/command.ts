// The command `fourtuple` as a function: arguments in, exit code and text out. Which command, which options, what to say to
// a wrong call. What each command does is in the file that bears its name; nothing here reads a file or prints.
import { parseArgs } from 'node:util';
import { closestWord } from '../base/spelling.js';
import { checkCommand } from './check-command.js';
import { expandCommand } from './expand-command.js';
import { explainCommand } from './explain-command.js';
import { HELP } from './help.js';
import { lintCommand } from './lint-command.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { newCommand } from './new-command.js';
import { referenceCommand } from './reference-command.js';
import { runCommand } from './run-command.js';
import { schemaCommand } from './schema-command.js';

/** Options of each command; `string` ones take a value. */
const OPTIONS = {
  check: {
    reporter: 'string',
    output: 'string',
    link: 'string',
    shard: 'string',
    orders: 'string',
    keep: 'string',
    watch: 'boolean',
    update: 'boolean',
    key: 'string',
  },
  run: { json: 'boolean', pcapng: 'string', at: 'string' },
  explain: { step: 'string' },
  expand: {},
  lint: { reporter: 'string' },
  new: {},
  schema: { report: 'boolean' },
  reference: {},
} as const satisfies Record<string, Record<string, 'string' | 'boolean'>>;
type CommandName = keyof typeof OPTIONS;

const EVERYWHERE = { help: 'boolean', version: 'boolean' } as const;
const HINT = '`fourtuple --help` tells how it is called';

/** `args`: what stands behind the command's name. Throws only what is a mistake of ours. */
export function command(args: readonly string[], machine: Machine): Outcome {
  const [name, ...rest] = args;
  if (name === undefined) return refuse(`say what to do: ${Object.keys(OPTIONS).join(', ')}; ${HINT}`);
  const known = name.startsWith('-') ? undefined : commandNamed(name);
  if (known === undefined && !name.startsWith('-'))
    return refuse(`there is no command \`${name}\`${didYouMean(name, Object.keys(OPTIONS))}; ${HINT}`);
  const given = readOptions(known === undefined ? args : rest, known);
  if (typeof given === 'string') return refuse(`${given}; ${HINT}`);
  const { flags, values, paths } = given;
  if (flags.has('help')) return { exitCode: 0, out: HELP, err: '' };
  if (flags.has('version')) return { exitCode: 0, out: `${machine.version}\n`, err: '' };
  switch (known) {
    case 'check':
      return checkCommand(machine, paths, {
        link: values.get('link'),
        reporter: values.get('reporter'),
        output: values.get('output'),
        shard: values.get('shard'),
        orders: values.get('orders'),
        keep: values.get('keep'),
        watch: flags.has('watch'),
        update: flags.has('update'),
        key: values.get('key'),
      });
    case 'run':
      return runCommand(machine, paths, {
        asJson: flags.has('json'),
        pcapng: values.get('pcapng'),
        at: values.get('at'),
      });
    case 'explain':
      return explainCommand(machine, paths, values.get('step'));
    case 'expand':
      return expandCommand(machine, paths);
    case 'lint':
      return lintCommand(machine, paths, values.get('reporter'));
    case 'new':
      return newCommand(machine, paths);
    case 'schema':
      return schemaCommand(paths, flags.has('report'));
    case 'reference':
      return referenceCommand(paths);
    case undefined:
      return refuse(`say what to do: ${Object.keys(OPTIONS).join(', ')}; ${HINT}`);
  }
}

function commandNamed(name: string): CommandName | undefined {
  return (Object.keys(OPTIONS) as CommandName[]).find((each) => each === name);
}

interface Given {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
}

/** What was given, or a text: what is wrong with it. */
function readOptions(args: readonly string[], known: CommandName | undefined): Given | string {
  const kinds: Readonly<Record<string, 'string' | 'boolean'>> = {
    ...EVERYWHERE,
    ...(known === undefined ? {} : OPTIONS[known]),
  };
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, type]) => [name, name === 'help' ? { type, short: 'h' } : { type }]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const paths: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined)
      return `there is no option \`${rawName}\`${known === undefined ? '' : ` of ${known}`}${didYouMean(name, Object.keys(kinds), '--')}`;
    if (kind === 'boolean' && value !== undefined) return `\`${rawName}\` takes no value`;
    if (kind === 'string' && (value === undefined || value === '' || value.startsWith('--')))
      return `\`${rawName}\` needs a value`;
    if (value === undefined) flags.add(name);
    else values.set(name, value);
  }
  return { flags, values, paths };
}

function didYouMean(word: string, words: readonly string[], before = ''): string {
  const closest = closestWord(word, words);
  return closest === undefined ? '' : `; did you mean \`${before}${closest}\`?`;
}
