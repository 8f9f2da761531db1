// Every scenario's capture, read by tshark: an implementation that shares nothing with ours says whether the bytes are
// right and the connections are what the simulator says they are. Runs where tshark is: see test/tshark.mjs.
import { beforeAll, describe, expect, test } from 'vitest';
import { openRun, type Run } from '../../src/scenario/run.js';
import { captureOf } from '../../src/trace/capture.js';
import { Cast } from '../../src/trace/cast.js';
import { pcapngOf } from '../../src/trace/pcapng.js';
import { decodePacket } from '../../src/wire/packet-bytes.js';
import { scenarioFiles } from '../builders/scenarios.js';
import { tsharkVersion, WHAT_TO_INSTALL } from '../tshark.mjs';
import { INTENDED } from './findings.js';
import { streamsOf } from './streams.js';
import { readWithTshark, type Seen } from './tshark.js';

const scenarios = scenarioFiles().map(({ id, source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error(`${id} does not run`);
  return { id, run };
});
const captureFor = (run: Run) => captureOf(run.recording, new Cast(run.recording));
const fileFor = (run: Run) => pcapngOf(captureFor(run), run.title);

/** Wireshark's numbers for a checksum: 1 good, 0 bad, 2 not looked at (it is quoted), 3 not there, 4 illegal. */
const GOOD = ['1', '2'];
const CHECKSUMS = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'].map((each) => `${each}.checksum.status`);
const badChecksums = (frames: readonly Seen[]) =>
  frames.flatMap(({ fields }, index) =>
    CHECKSUMS.filter((name) => fields[name]?.some((status) => !GOOD.includes(status))).map(
      (name) => `frame ${index + 1} ${name}`,
    ),
  );

/** Read once, two at a time: it starts in half a second, and says everything at once. */
const seen = new Map<string, readonly Seen[]>();
beforeAll(async () => {
  expect(tsharkVersion(), WHAT_TO_INSTALL).not.toBe('');
  const queue = [...scenarios];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      seen.set(next.id, await readWithTshark(fileFor(next.run)));
  };
  await Promise.all([worker(), worker()]);
}, 120_000);

describe.each(scenarios)('$id', ({ id, run }) => {
  const frames = () => seen.get(id) ?? [];

  test('tshark reads every packet: each checksum that it looks at is good, and nothing is malformed', () => {
    const { frames: sent } = captureFor(run);
    expect(frames()).toHaveLength(sent.length);
    expect(badChecksums(frames())).toEqual([]);
    expect(frames().filter(({ fields }) => fields['_ws.malformed'] !== undefined)).toEqual([]);
    for (const [index, { packet }] of sent.entries()) {
      const looked = CHECKSUMS.flatMap((name) => frames()[index]?.fields[name] ?? []);
      const expected = (packet.source.includes(':') ? 0 : 1) + 1;
      expect(looked.filter((status) => status === '1').length, `frame ${index + 1}`).toBeGreaterThanOrEqual(
        expected,
      );
    }
  });

  test('its experts find what the scenario means to show and nothing else', () => {
    const found = new Map<string, number>();
    for (const each of frames().flatMap(({ findings }) => findings))
      found.set(each, (found.get(each) ?? 0) + 1);
    const intended = (INTENDED[id] ?? []).map(({ finding, times }) => [finding, times] as const);
    expect(
      Object.fromEntries(found),
      'a finding that is meant goes into findings.ts, with its reason',
    ).toEqual(Object.fromEntries(intended));
  });

  test('it sees the connections that there were, each as far as it came', () => {
    const own = streamsOf(run);
    const theirs = new Map<string, string>();
    for (const { fields } of frames())
      if (fields['tcp.stream'] !== undefined)
        theirs.set(fields['tcp.stream'][0] ?? '', fields['tcp.completeness']?.[0] ?? '');
    const numbered = own.map(({ completeness }, index) => [String(index), String(completeness)]);
    expect([...theirs]).toEqual(numbered);
  });

  // Without this the test above would compare flags with flags: here they are compared with what the sockets did.
  test('a handshake on the wire is an ESTABLISHED in the tables, a FIN is a close, and a SYN a connect', () => {
    const own = streamsOf(run);
    const calls = run.recording.steps
      .flatMap(({ facts }) => facts)
      .filter((fact) => fact.kind === 'state' && fact.to === 'SYN-SENT');
    // A NAT splits a connection in two or three; one of them has the numbers of the socket that called.
    const called = own.filter(({ completeness, states }) => completeness & 1 && states.has('SYN-SENT'));
    expect(called).toHaveLength(calls.length);
    const hasRouters = Object.keys(run.scenario.routers ?? {}).length > 0;
    if (!hasRouters) expect(own.filter(({ completeness }) => completeness & 1)).toHaveLength(calls.length);
    for (const { completeness, states, ends } of own) {
      if (hasRouters && states.size === 0) continue; // between two NATs: no socket has these numbers
      expect((completeness & 7) === 7, `${ends} ${[...states]}`).toBe(states.has('ESTABLISHED'));
      const isClosing = states.has('FIN-WAIT-1') || states.has('LAST-ACK');
      expect((completeness & 16) !== 0, `${ends} ${[...states]}`).toBe(isClosing);
    }
  });

  test('every frame says by which interface it went and whose it is', () => {
    const { frames: sent } = captureFor(run);
    for (const [index, frame] of sent.entries()) {
      const theirs = frames()[index];
      expect(theirs?.fields['frame.interface_name']).toEqual([`${frame.on.hostName}/${frame.on.device}`]);
      expect(theirs?.comments).toEqual(frame.comments);
      expect(theirs?.comments[0]).toMatch(/^tx (kernel|\S+\/\d+)( \S)?$/);
      expect(Math.round(Number(theirs?.fields['frame.time_relative']?.[0]) * 1e9)).toBe(
        frame.at - (sent[0]?.at ?? 0),
      );
    }
  });
});

test('no finding is listed for a scenario that is not there', () => {
  const ids = scenarios.map(({ id }) => id);
  expect(Object.keys(INTENDED).filter((id) => !ids.includes(id))).toEqual([]);
});

// What would slip through if validation were off, or if this file looked away.
describe('the tests above see', () => {
  const run = scenarios.find(({ id }) => id === 'three-conversations-one-port')?.run;
  if (run === undefined) throw new Error('a scenario of three conversations is needed');
  const right = fileFor(run);
  const at = right.findIndex((_, index) => {
    const text = [...right.subarray(index, index + 5)].map((byte) => String.fromCharCode(byte)).join('');
    return text === 'GET /';
  });
  const changed = (place: number, value: number) => {
    const bytes = right.slice();
    bytes[place] = value;
    return bytes;
  };

  test('a payload that was changed on the way', async () => {
    const frames = await readWithTshark(changed(at, 0x50));
    expect(badChecksums(frames)).toEqual(['frame 10 tcp.checksum.status']);
    expect(frames.flatMap(({ findings }) => findings).join()).toMatch(/Bad checksum/i);
  });

  test('a time to live that was changed on the way', async () => {
    const ip = at - 40; // 20 bytes of TCP header before the payload, 20 of IP before that
    expect(decodePacket(right.subarray(ip, ip + 45))?.protocol).toBe('tcp');
    expect(badChecksums(await readWithTshark(changed(ip + 8, 63)))).toEqual(['frame 10 ip.checksum.status']);
  });

  test('a segment that is there twice', async () => {
    const { frames, interfaces } = captureFor(run);
    const twice = frames.flatMap((frame) => (frame.number === 10 ? [frame, frame] : [frame]));
    const read = await readWithTshark(pcapngOf({ interfaces, frames: twice }, ''));
    expect(read.flatMap(({ findings }) => findings).join()).toMatch(/retransmission/);
  });
});
