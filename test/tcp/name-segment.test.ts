// What a segment means, as a table after RFC 9293 §3.10.7: numbers on the left, events on the right, in the RFC's order.
// Each row is checked at four places of the number circle, so that a comparison of plain numbers cannot pass.
import { describe, expect, test } from 'vitest';
import type { TcpEvent } from '../../src/tcp/machine.js';
import { nameSegment, type SequenceState } from '../../src/tcp/name-segment.js';
import { RFC_RULES } from '../../src/tcp/rules.js';
import { encodeText, NO_BYTES } from '../../src/wire/bytes.js';
import { ACK, FIN, PSH, RST, SYN, type TcpSegment } from '../../src/wire/packet.js';
import { plus } from '../../src/wire/sequence.js';
import type { TcpState } from '../../src/world/tables.js';

const WINDOW = 1000;

/** `seq`: relative to RCV.NXT. `ack`: relative to ISS, where our SYN takes 0. `flags` ACK unless said otherwise. */
interface Given {
  readonly seq?: number;
  readonly ack?: number;
  readonly flags?: number;
  readonly bytes?: number;
}
/** Five bytes have been sent after the SYN and two of them are acknowledged; with a FIN sent it takes the sixth. */
function own(state: TcpState, base: number, isFinSent: boolean): SequenceState {
  const isOpening = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  return {
    state,
    isOpenedPassively: false,
    maximumWindow: WINDOW,
    initialSend: plus(base, 0),
    sendUnacknowledged: plus(base, isOpening ? 0 : 3),
    sendNext: plus(base, isOpening ? 1 : isFinSent ? 7 : 6),
    receiveNext: state === 'SYN-SENT' ? 0 : plus(base, 500_000),
    receiveWindow: WINDOW,
    isFinSent,
  };
}

function name(state: TcpState, given: Given, base: number, isFinSent: boolean): readonly TcpEvent[] {
  const { seq = 0, ack, flags = ACK, bytes = 0 } = given;
  const segment: TcpSegment = {
    protocol: 'tcp',
    source: '10.0.0.80',
    sourcePort: 80,
    destination: '10.0.0.7',
    destinationPort: 51004,
    sequence: plus(base, 500_000 + seq),
    acknowledgment: flags & ACK ? plus(base, ack ?? 3) : 0,
    flags,
    window: 0,
    payload: bytes === 0 ? NO_BYTES : encodeText('x'.repeat(bytes)),
  };
  return nameSegment(segment, own(state, base, isFinSent), RFC_RULES);
}

type Row = [what: string, given: Given, events: TcpEvent[]];

function check(state: TcpState, rows: Row[], isFinSent = false): void {
  test.each(rows)('%s', (_, given, events) => {
    for (const base of [1_000, 2 ** 31 - 2, 2 ** 32 - 2, 2 ** 32 - 500_500])
      expect(name(state, given, base, isFinSent), `base ${base}`).toEqual(events);
  });
}

describe('LISTEN, §3.10.7.2', () => {
  check('LISTEN', [
    ['a SYN opens', { flags: SYN }, ['SYN']],
    ['a RST is ignored', { flags: RST }, ['RST_OUTSIDE']],
    ['also with ACK', { flags: RST | ACK }, ['RST_OUTSIDE']],
    ['an ACK acknowledges what was never sent', {}, ['ACK_FUTURE']],
    ['a SYN-ACK too', { flags: SYN | ACK }, ['SYN_ACK_BAD']],
    ['nothing at all is nothing', { flags: 0 }, ['NO_ACK']],
  ]);
});

describe('SYN-SENT, §3.10.7.3: the ACK comes before RST and SYN', () => {
  check('SYN-SENT', [
    ['the answer', { flags: SYN | ACK, ack: 1 }, ['SYN_ACK_GOOD']],
    ['an answer to another SYN', { flags: SYN | ACK, ack: 0 }, ['SYN_ACK_BAD']],
    ['an answer to more than was sent', { flags: SYN | ACK, ack: 2 }, ['SYN_ACK_BAD']],
    ['both open at once', { flags: SYN }, ['SYN']],
    ['refused', { flags: RST | ACK, ack: 1 }, ['RST_ACK_GOOD']],
    ['a RST for something else', { flags: RST | ACK, ack: 0 }, ['RST_ACK_BAD']],
    ['a RST out of the blue', { flags: RST }, ['RST_EXACT']],
    ['an ACK without SYN that would be good', { ack: 1 }, ['ACK_NEW']],
    ['an ACK of what was never sent', { ack: 2 }, ['ACK_FUTURE']],
    ['nothing', { flags: 0 }, ['NO_ACK']],
  ]);
});

describe('SYN-RECEIVED, §3.10.7.4', () => {
  check('SYN-RECEIVED', [
    ['the handshake is over', { ack: 1 }, ['ACK_NEW']],
    ['the ACK brings text', { ack: 1, bytes: 3, flags: PSH | ACK }, ['ACK_NEW', 'TEXT']],
    ['the ACK brings the FIN', { ack: 1, flags: FIN | ACK }, ['ACK_NEW', 'FIN']],
    ['nothing new is acknowledged: no text is read', { ack: 0, bytes: 3 }, ['ACK_DUP']],
    ['too much is acknowledged', { ack: 2, bytes: 3 }, ['ACK_FUTURE']],
    ['the SYN once more', { seq: -1, flags: SYN }, ['SYN_OLD']],
    [
      'both opened at once: the SYN-ACK repeats the SYN',
      { seq: -1, ack: 1, flags: SYN | ACK },
      ['SYN_ACK_GOOD'],
    ],
    ['and another one does not', { seq: -1, ack: 0, flags: SYN | ACK }, ['OUT_OF_WINDOW']],
    ['a SYN in the window', { seq: 1, flags: SYN }, ['SYN']],
    ['reset', { flags: RST }, ['RST_EXACT']],
  ]);
});

describe('ESTABLISHED, §3.10.7.4', () => {
  check('ESTABLISHED', [
    ['text, nothing new acknowledged', { ack: 3, bytes: 10 }, ['ACK_DUP', 'TEXT']],
    ['text, more acknowledged', { ack: 6, bytes: 10 }, ['ACK_NEW', 'TEXT']],
    ['a bare ACK of a part', { ack: 4 }, ['ACK_NEW']],
    ['an ACK from before', { ack: 1 }, ['ACK_DUP']],
    ['an ACK of what was never sent; its text is not read', { ack: 7, bytes: 3 }, ['ACK_FUTURE']],
    ['FIN', { flags: FIN | ACK }, ['ACK_DUP', 'FIN']],
    ['text and FIN', { flags: FIN | ACK, ack: 6, bytes: 3 }, ['ACK_NEW', 'TEXT', 'FIN']],
    ['text with a gap before it', { seq: 1, bytes: 3 }, ['ACK_DUP', 'TEXT_LATER']],
    ['FIN with a gap before it', { seq: 5, flags: FIN | ACK }, ['ACK_DUP', 'FIN_LATER']],
    [
      'text and FIN with a gap before them',
      { seq: 5, flags: FIN | ACK, bytes: 2 },
      ['ACK_DUP', 'TEXT_LATER', 'FIN_LATER'],
    ],
    ['a FIN that has been here', { seq: -1, flags: FIN | ACK }, ['FIN_OLD']],
    ['an ACK further back than any window', { ack: 2 - WINDOW }, ['ACK_ANCIENT']],
    ['an ACK as far back as a window', { ack: 3 - WINDOW }, ['ACK_DUP']],
    ['text that is half known', { seq: -2, bytes: 4 }, ['ACK_DUP', 'TEXT']],
    ['text that is all known', { seq: -4, bytes: 4 }, ['OUT_OF_WINDOW']],
    ['a keep-alive, one byte left', { seq: -1 }, ['OUT_OF_WINDOW']],
    ['the last number of the window', { seq: WINDOW - 1, bytes: 1 }, ['ACK_DUP', 'TEXT_LATER']],
    ['the first behind it', { seq: WINDOW, bytes: 1 }, ['OUT_OF_WINDOW']],
    ['no ACK', { flags: 0, bytes: 3 }, ['NO_ACK']],
    // RFC 5961 §3.2: a guess in the window must not end the connection
    ['RST at RCV.NXT', { flags: RST }, ['RST_EXACT']],
    ['RST with any ACK', { flags: RST | ACK, ack: 7 }, ['RST_EXACT']],
    ['RST elsewhere in the window', { flags: RST, seq: 1 }, ['RST_WINDOW']],
    ['RST at the end of the window', { flags: RST, seq: WINDOW - 1 }, ['RST_WINDOW']],
    ['RST behind it', { flags: RST, seq: WINDOW }, ['RST_OUTSIDE']],
    ['RST before it', { flags: RST, seq: -1 }, ['RST_OUTSIDE']],
    ['SYN in the window', { flags: SYN }, ['SYN']],
    ['SYN before it', { flags: SYN, seq: -1 }, ['SYN_OLD']],
    ['SYN-ACK once more', { flags: SYN | ACK, seq: -1, ack: 1 }, ['OUT_OF_WINDOW']],
  ]);
});

describe('our FIN is on its way, §3.10.7.4', () => {
  check(
    'FIN-WAIT-1',
    [
      ['its ACK', { ack: 7 }, ['ACK_OF_FIN']],
      ['an ACK of all but the FIN', { ack: 6 }, ['ACK_NEW']],
      ['its ACK with the other FIN', { ack: 7, flags: FIN | ACK }, ['ACK_OF_FIN', 'FIN']],
      ['the other FIN alone', { ack: 3, flags: FIN | ACK }, ['ACK_DUP', 'FIN']],
      ['text goes on', { ack: 7, bytes: 3 }, ['ACK_OF_FIN', 'TEXT']],
      ['more than the FIN', { ack: 8 }, ['ACK_FUTURE']],
    ],
    true,
  );
});

// §3.4, the table of four cases, against the same rule in plain words on plain numbers.
test('acceptable are exactly the segments of which the first or last number lies in the window', () => {
  let inside = 0;
  for (const base of [5, 2 ** 32 - 500_003])
    for (let seq = -6; seq <= 6; seq++)
      for (let bytes = 0; bytes <= 8; bytes++) {
        const numbers = bytes === 0 ? [seq] : [seq, seq + bytes - 1];
        const wanted = numbers.some((number) => number >= 0 && number < WINDOW);
        const events = name('ESTABLISHED', { seq, bytes }, base, false);
        expect(events[0] !== 'OUT_OF_WINDOW', `${base} ${seq} ${bytes}`).toBe(wanted);
        inside += wanted ? 1 : 0;
      }
  expect(inside).toBeGreaterThan(100);
});
