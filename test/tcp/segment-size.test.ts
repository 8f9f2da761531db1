// The MSS option: which segments bear it, and what it says. RFC 9293 §3.7.1.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { has, SYN, type TcpSegment } from '../../src/wire/packet.js';
import { scenarioFiles } from '../builders/scenarios.js';

const segmentsOf = (source: string): TcpSegment[] =>
  (openRun(source).run?.recording.steps ?? [])
    .flatMap(({ facts }) => facts)
    .flatMap((fact) =>
      fact.kind === 'sent' && fact.sent.packet.protocol === 'tcp' ? [fact.sent.packet] : [],
    );

// 1500 bytes of an Ethernet frame, less 20 of TCP and 20 or 40 of IP.
test('every SYN says how much text fits, 1460 bytes or over IPv6 1440, and no other segment says it', () => {
  const seen = new Set<string>();
  for (const { id, source } of scenarioFiles())
    for (const segment of segmentsOf(source)) {
      const expected = segment.source.includes(':') ? 1440 : 1460;
      expect(segment.mss, id).toBe(has(segment, SYN) ? expected : undefined);
      seen.add(`${segment.mss}`);
    }
  expect([...seen].sort()).toEqual(['1440', '1460', 'undefined']);
});
