// The published JSON Schema in the language server behind VS Code's YAML extension, spoken to over its protocol: a file that
// names the schema in its first line gets completion, and its mistakes are marked at the word.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../src/cli/command.js';
import { VERB_NAMES } from '../../src/scenario/schema/verb-names.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { memoryMachine } from './memory-machine.js';

const SERVER = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);
const schema = command(['schema'], memoryMachine({})).out;

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Place; readonly end: Place };
}
interface Place {
  readonly line: number;
  readonly character: number;
}
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
  readonly result?: unknown;
}

/** JSON-RPC over the server's standard streams, each message behind its length. */
class Client {
  private readonly server: ChildProcessWithoutNullStreams;
  private readonly answers = new Map<number | string, (message: Message) => void>();
  private input = Buffer.alloc(0);
  private sent = 0;

  constructor() {
    this.server = spawn(process.execPath, [SERVER, '--stdio']);
    this.server.stdout.on('data', (data: Buffer) => {
      this.input = Buffer.concat([this.input, data]);
      this.read();
    });
  }

  private read(): void {
    for (;;) {
      const end = this.input.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.input.toString('utf8', 0, end))?.[1]);
      if (this.input.length < end + 4 + length) return;
      const message: Message = JSON.parse(this.input.toString('utf8', end + 4, end + 4 + length));
      this.input = this.input.subarray(end + 4 + length);
      if (message.method === 'textDocument/publishDiagnostics')
        this.answers.get(message.params?.uri ?? '')?.(message);
      else if (message.method !== undefined && message.id !== undefined)
        this.write({ id: message.id, result: [] }); // it asks for settings: there are none
      else if (message.id !== undefined) this.answers.get(message.id)?.(message);
    }
  }

  private write(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  notify(method: string, params: object): void {
    this.write({ method, params });
  }

  ask(method: string, params: object): Promise<unknown> {
    const id = ++this.sent;
    return new Promise((resolve) => {
      this.answers.set(id, ({ result }) => resolve(result));
      this.write({ id, method, params });
    });
  }

  /** Opens a document and waits for what is marked in it. */
  open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => {
      this.answers.set(uri, ({ params }) => resolve(params?.diagnostics ?? []));
      this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    });
  }

  stop(): void {
    this.server.kill();
  }
}

describe('the JSON Schema in yaml-language-server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fourtuple-'));
  const client = new Client();
  let number = 0;
  const HEAD = `# yaml-language-server: $schema=scenario-1.schema.json
fourtuple: 1
title: A call
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: 80 }
`;
  /** What is marked, with the text under the mark. */
  async function marked(text: string): Promise<readonly string[]> {
    const found = await client.open(pathToFileURL(join(folder, `${++number}.yaml`)).href, text);
    const lines = text.split('\n');
    return found.map(({ message, range: { start, end } }) => {
      return `${lines[start.line]?.slice(start.character, end.character)}: ${message}`;
    });
  }
  /** What is offered where the text says |. */
  async function offered(text: string): Promise<readonly string[]> {
    const uri = pathToFileURL(join(folder, `${++number}.yaml`)).href;
    const before = text.slice(0, text.indexOf('|')).split('\n');
    await client.open(uri, text.replace('|', ''));
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const answer = await client.ask('textDocument/completion', { textDocument: { uri }, position });
    const { items } = answer as { readonly items: readonly { readonly label: string }[] };
    return items.map(({ label }) => label);
  }

  beforeAll(async () => {
    writeFileSync(join(folder, 'scenario-1.schema.json'), schema);
    await client.ask('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: { textDocument: { completion: { completionItem: { snippetSupport: false } } } },
    });
    client.notify('initialized', {});
    client.notify('workspace/didChangeConfiguration', {
      settings: { yaml: { completion: true, validate: true, schemaStore: { enable: false } } },
    });
  });
  afterAll(() => {
    client.stop();
    rmSync(folder, { recursive: true });
  });

  it('marks nothing in a good file, and nothing in a lesson of ours', async () => {
    expect(await marked(`${HEAD}  - firefox: { connect: web:80, as: ● }\n`)).toEqual([]);
    const [lesson] = scenarioFiles();
    expect(await marked(`# yaml-language-server: $schema=scenario-1.schema.json\n${lesson?.source}`)).toEqual(
      [],
    );
  });

  it('marks a misspelt key at the key', async () => {
    const found = await marked(HEAD.replace('runs: nginx', 'rnus: nginx'));
    expect(found).toEqual([expect.stringMatching(/^rnus: Property rnus is not allowed/)]);
    const verb = await marked(`${HEAD}  - firefox: { conect: web:80 }\n`);
    expect(verb).toEqual([expect.stringMatching(/^conect: Property conect is not allowed/)]);
  });

  it('marks a state in a spelling that is none', async () => {
    const found = await marked(`${HEAD}expect:\n  - { state: TIME_WAIT, of: ● }\n`);
    expect(found).toEqual([expect.stringMatching(/^TIME_WAIT: Value is not accepted\..*"TIME-WAIT"/)]);
  });

  it('completes verbs, arguments, outcomes, states and keys', async () => {
    const verbs = await offered(`${HEAD}  - firefox: { c| }\n`);
    expect(verbs).toEqual(expect.arrayContaining([...VERB_NAMES]));
    const outcomes = await offered(`${HEAD}  - firefox:\n      connect: web:81\n      gives: |\n`);
    expect(outcomes).toEqual(expect.arrayContaining(['ok', 'ECONNREFUSED', 'pending']));
    const states = await offered(`${HEAD}expect:\n  - state: |\n`);
    expect(states).toEqual(expect.arrayContaining(['TIME-WAIT', 'LISTEN']));
    expect(await offered(HEAD.replace('script:', 't|\nscript:'))).toEqual(
      expect.arrayContaining(['teaches', 'takeaway']),
    );
  });
});

describe('fourtuple schema', () => {
  it('prints a schema of draft-07, and of the report', () => {
    expect(JSON.parse(schema)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    const report = command(['schema', '--report'], memoryMachine({})).out;
    expect(JSON.parse(report)).toMatchObject({ $ref: '#/definitions/Report' });
    expect(command(['schema', 'a.yaml'], memoryMachine({})).exitCode).toBe(2);
  });
});
