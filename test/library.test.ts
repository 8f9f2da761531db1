// The library as a whole: the situations of the course are all there, each in its group and complete as a lesson, and
// every classic service is spoken in at least one. What a single scenario must hold: scenarios.test.ts.
import { describe, expect, test } from 'vitest';
import { COURSE } from '../src/app/course.js';
import { openRun, type Run } from '../src/scenario/run.js';
import { scenarioFiles } from './builders/scenarios.js';

/** Classic services and their ports. */
const SERVICES = {
  'FTP data': 'tcp 20',
  'FTP control': 'tcp 21',
  SSH: 'tcp 22',
  Telnet: 'tcp 23',
  SMTP: 'tcp 25',
  'DNS over UDP': 'udp 53',
  'DNS over TCP': 'tcp 53',
  'DHCP server': 'udp 67',
  'DHCP client': 'udp 68',
  HTTP: 'tcp 80',
  POP3: 'tcp 110',
  NNTP: 'tcp 119',
  NTP: 'udp 123',
  IMAP: 'tcp 143',
  IRC: 'tcp 194',
  HTTPS: 'tcp 443',
} as const;

const files = scenarioFiles();
const runs = files.map(({ id, path, source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error(`${path} cannot be played`);
  return { id, path, run };
});

/** `tcp 80` for each number that text was carried from or to. */
function portsOf(run: Run): Set<string> {
  const ports = new Set<string>();
  for (const { facts } of run.recording.steps)
    for (const fact of facts) {
      if (fact.kind !== 'sent' || fact.sent.packet.protocol === 'icmp') continue;
      const { protocol, sourcePort, destinationPort, payload } = fact.sent.packet;
      if (payload.length === 0) continue;
      ports.add(`${protocol} ${sourcePort}`).add(`${protocol} ${destinationPort}`);
    }
  return ports;
}

test.each(COURSE)('the course has its scenarios under scenarios/$folder', ({ folder, ids }) => {
  const paths = files.map(({ path }) => path);
  expect(ids.filter((id) => !paths.includes(`scenarios/${folder}/${id}.yaml`))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

// A number that is only listened on, or knocked at in vain, would pass a search of the files. The text that was carried
// says what was really spoken.
test('every classic service is spoken in a scenario; which, is printed', () => {
  const spoken = Object.entries(SERVICES).map(([name, port]) => ({
    name: `${name}, ${port}`,
    ids: spokenIn(port),
  }));
  console.info(spoken.map(({ name, ids }) => `${name}: ${ids.join(' ')}`).join('\n'));
  expect(spoken.filter(({ ids }) => ids.length === 0)).toEqual([]);
});

function spokenIn(port: string): string[] {
  return runs.filter(({ run }) => portsOf(run).has(port)).map(({ id }) => id);
}

describe.each(runs.map((each) => [each.path, each.run] as const))('%s', (_, run) => {
  test('says what it teaches, what it breaks, what to take away, and how to use it in class', () => {
    expect(run.teaches).toMatch(/\.$/);
    expect(run.breaks).not.toEqual([]);
    expect(run.takeaway).toMatch(/\.$/);
    expect(run.teacher).toMatch(/[.)?]$/);
    expect(run.scenario.tags ?? []).not.toEqual([]);
    expect(run.scenario.author).toBeUndefined();
  });

  test('tells its story in phases, and speaks', () => {
    expect(run.steps.some(({ phase }) => phase !== undefined)).toBe(true);
    expect(run.steps.some(({ say }) => say !== undefined)).toBe(true);
  });

  test('asks, with a reason for the right answer and for every wrong one', () => {
    expect(run.asked).not.toEqual([]);
    for (const { step, text, because, options } of run.asked) {
      const where = `step ${step}: ${text}`;
      expect(because, where).toMatch(/\.$/);
      expect(
        options.filter(({ isRight }) => isRight),
        where,
      ).not.toEqual([]);
      for (const { value, isRight, feedback } of options)
        expect(feedback === undefined, `${where} ${value}`).toBe(isRight);
    }
  });

  test('expects something, and something never', () => {
    const expectations = run.scenario.expect ?? [];
    expect(expectations.length).toBeGreaterThanOrEqual(3);
    expect(expectations.some(({ never }) => never !== undefined)).toBe(true);
  });
});
