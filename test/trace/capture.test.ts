// A capture and its file, read back by a reader of its own: which packets are there, where they were seen, and whose they
// are. Whether the bytes are right in the eyes of others is test/captures.
import { describe, expect, test } from 'vitest';
import { openRun, type Run } from '../../src/scenario/run.js';
import { type Capture, captureOf } from '../../src/trace/capture.js';
import { Cast } from '../../src/trace/cast.js';
import { pcapngOf } from '../../src/trace/pcapng.js';
import { decodePacket, encodePacket } from '../../src/wire/packet-bytes.js';
import { PASSED_ON, TRANSLATED } from '../builders/routed.js';
import { scenarioFiles } from '../builders/scenarios.js';

function play(source: string): Run {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('it does not run');
  return run;
}
function capture(run: Run, host?: string): Capture {
  const at = host === undefined ? undefined : run.directory.hosts.get(host);
  if (host !== undefined && at === undefined) throw new Error(`no host ${host}`);
  return captureOf(run.recording, new Cast(run.recording), at);
}
const lines = ({ frames }: Capture) =>
  frames.map(
    ({ on, direction, number, comments, at }) =>
      `${at / 1e6} ${on.hostName}/${on.device} ${direction} ${number}: ${comments.join(' | ')}`,
  );

const RUN = play(`fourtuple: 1
title: Not everything gets through
hosts:
  a: { ip: 10.0.0.1, runs: ana, ephemeral: [40000, 40001, 40002] }
  b: { ip: 10.0.0.2, runs: ben, block: udp * > *:9 }
script:
  - ben: { bind: udp 7 }
  - ben: { bind: udp 9 }
  - ben: { bind: udp 7000, as: own }
  - ana: { sendto: heard, to: udp b:7, as: ● }
  - ana: { sendto: blocked, to: udp b:9, using: ● }
  - ana: { sendto: nobody, to: udp b:8, using: ● }
  - ben: { sendto: myself, to: udp localhost:7000, using: own }
  - ana: { sendto: nowhere, to: udp 10.0.0.77:7, using: ● }
`);

describe('a capture', () => {
  test('of the network has each packet once, where it is sent, with what became of it', () => {
    expect(lines(capture(RUN))).toEqual([
      '0 a/eth0 out 1: tx ana/807 ● | rx ben/814 by bound-any',
      '1 a/eth0 out 2: tx ana/807 ● | dropped at b: firewall',
      '2 a/eth0 out 3: tx ana/807 ● | refused by b: icmp',
      '3 b/eth0 out 4: tx kernel ● | refused by a: silence',
      '4 b/lo out 5: tx ben/814 ▲ | rx ben/814 by bound-any',
      '3004 a/lo out 7: tx kernel ● | refused by a: silence', // nobody has 10.0.0.77: it tells itself
    ]);
  });

  test('at a host has what it sends and what reaches it, also what its firewall drops', () => {
    expect(lines(capture(RUN, 'b'))).toEqual([
      '1 b/eth0 in 1: rx ben/814 by bound-any',
      '2 b/eth0 in 2: dropped at b: firewall',
      '3 b/eth0 in 3: refused by b: icmp',
      '3 b/eth0 out 4: tx kernel ●',
      '4 b/lo out 5: tx ben/814 ▲ | rx ben/814 by bound-any',
    ]);
    expect(capture(RUN, 'b').interfaces.map(({ device }) => device)).toEqual(['eth0', 'lo']);
  });

  test('has a packet again where a router has given it another source, and not where it is only passed on', () => {
    const first = (source: string, host?: string) => lines(capture(play(source), host)).slice(0, 2);
    expect(first(TRANSLATED)).toEqual([
      '0 tablet/eth0 out 1: tx safari/807 ●',
      '1 box/eth0 out 2: tx kernel ● | source was 192.168.1.9:51004 | rx nginx/814 by listener-any',
    ]);
    expect(first(PASSED_ON)).toEqual([
      '0 tablet/eth0 out 1: tx safari/807 ●',
      '21 site/eth0 out 3: tx kernel ●',
    ]);
    expect(first(PASSED_ON, 'box')).toEqual(['1 box/eth1 in 1: ', '1 box/eth0 out 2: tx kernel ●']);
    const hops = capture(play(PASSED_ON), 'box').frames.slice(0, 2);
    expect(hops.map(({ packet }) => encodePacket(packet)[8])).toEqual([64, 63]);
  });

  test.each(scenarioFiles().map(({ id, source }) => [id, source]))(
    '%s: one host sends what another receives',
    (_, source) => {
      const run = play(source);
      const sent = new Map(
        run.recording.steps.flatMap(({ at, facts }) =>
          facts.flatMap((fact) =>
            fact.kind === 'sent' ? [[fact.sent.number, { at, packet: fact.sent.packet }] as const] : [],
          ),
        ),
      );
      for (const host of run.directory.hosts.keys())
        for (const { number, at, packet, direction, on } of capture(run, host).frames) {
          const origin = sent.get(number);
          expect(origin?.packet).toEqual(packet);
          expect(on.hostName).toBe(host);
          if (direction === 'in') expect(at).toBeGreaterThan(origin?.at ?? at);
          else expect(at).toBe(origin?.at);
        }
    },
  );
});

// ── The file ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Block {
  readonly type: number;
  readonly body: DataView;
}
/** Blocks of a file, each with its length told twice: draft-ietf-opsawg-pcapng §3.1. */
function blocksOf(file: Uint8Array): Block[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const blocks: Block[] = [];
  for (let at = 0; at < file.length; ) {
    const length = view.getUint32(at + 4, true);
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    const body = new DataView(file.buffer, file.byteOffset + at + 8, length - 12);
    blocks.push({ type: view.getUint32(at, true), body });
    at += length;
  }
  return blocks;
}
const slice = (view: DataView, from: number, length: number) =>
  new Uint8Array(view.buffer, view.byteOffset + from, length);
/** Code and value of each, up to the end of options. */
function optionsOf(body: DataView, from: number): [code: number, value: Uint8Array][] {
  const options: [number, Uint8Array][] = [];
  for (let at = from; at < body.byteLength; ) {
    const [code, length] = [body.getUint16(at, true), body.getUint16(at + 2, true)];
    if (code === 0) {
      expect(at + 4).toBe(body.byteLength);
      break;
    }
    options.push([code, slice(body, at + 4, length)]);
    at += 4 + 4 * Math.ceil(length / 4);
  }
  return options;
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('a capture file', () => {
  const file = pcapngOf(capture(RUN), RUN.title);
  const blocks = blocksOf(file);
  const of = (type: number) => blocks.filter((each) => each.type === type).map(({ body }) => body);

  test('begins with one section, its title as comment, and names the addresses of the hosts', () => {
    const [section] = of(0x0a0d0d0a);
    expect(blocks[0]?.type).toBe(0x0a0d0d0a);
    expect(section?.getUint32(0, true)).toBe(0x1a2b3c4d);
    expect(section && optionsOf(section, 16).map(([code, value]) => `${code} ${text(value)}`)).toEqual([
      '1 Not everything gets through',
      '4 fourtuple',
    ]);
    const names = of(4).map((body) => text(slice(body, 0, body.byteLength)));
    expect(names).toHaveLength(1);
    expect(names.join()).toContain('a\0');
    expect(names.join()).toContain('b\0');
  });

  test('has an interface for each host’s device, raw IP, in nanoseconds', () => {
    const interfaces = of(1).map((body) => {
      expect(body.getUint16(0, true)).toBe(101);
      const known = new Map(optionsOf(body, 8));
      expect([...(known.get(9) ?? [])]).toEqual([9]);
      return `${text(known.get(2) ?? new Uint8Array())} ${[...(known.get(4) ?? [])].join('.')}`;
    });
    expect(interfaces).toEqual([
      'a/eth0 10.0.0.1.255.255.255.0',
      'a/lo ',
      'b/eth0 10.0.0.2.255.255.255.0',
      'b/lo ',
    ]);
  });

  test('has a packet for each frame: when, where, which way, its bytes and what is said of it', () => {
    const { frames, interfaces } = capture(RUN);
    const packets = of(6).map((body) => {
      const length = body.getUint32(12, true);
      expect(body.getUint32(16, true)).toBe(length);
      const options = optionsOf(body, 20 + 4 * Math.ceil(length / 4));
      const number = (code: number) => {
        const value = options.find(([each]) => each === code)?.[1] ?? new Uint8Array(4);
        return new DataView(value.buffer, value.byteOffset).getUint32(0, true);
      };
      return {
        at: body.getUint32(4, true) * 2 ** 32 + body.getUint32(8, true),
        on: interfaces[body.getUint32(0, true)],
        direction: (number(2) & 3) === 1 ? 'in' : 'out',
        reach: ['', 'unicast', 'multicast', 'broadcast'][number(2) >> 2],
        number: number(5),
        packet: decodePacket(slice(body, 20, length)),
        comments: options.filter(([code]) => code === 1).map(([, value]) => text(value)),
      };
    });
    expect(packets).toEqual(frames);
    expect(frames.length).toBeGreaterThan(0);
  });

  test('keeps nanoseconds beyond what 32 bits hold', () => {
    const late = { ...capture(RUN) };
    const [first] = late.frames;
    if (first === undefined) throw new Error('no frame');
    const at = 3_600_000_000_001; // an hour and a nanosecond
    const [packet] = blocksOf(pcapngOf({ ...late, frames: [{ ...first, at }] }, '')).filter(
      ({ type }) => type === 6,
    );
    expect((packet?.body.getUint32(4, true) ?? 0) * 2 ** 32 + (packet?.body.getUint32(8, true) ?? 0)).toBe(
      at,
    );
  });

  test.each(scenarioFiles().map(({ id, source }) => [id, source]))(
    '%s: a second run gives the same bytes',
    (_, source) => {
      const bytes = (run: Run) => Buffer.from(pcapngOf(capture(run), run.title)).toString('hex');
      const run = play(source);
      expect(bytes(run)).toBe(bytes(play(source)));
      run.sceneAt(1);
      expect(bytes(run)).toBe(bytes(run)); // and wherever the run was read before
    },
  );
});
