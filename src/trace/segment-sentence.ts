// Which message tells of a segment that is not in order: too early, too late, guessed, or only to say how much room there is.
// What is in order is told in arrival-sentence.ts; why a segment was sent without being asked for, by `why` of its fact.
// Wording: words/english/segments.ts.
import { isBeyond } from '../tcp/reopen.js';
import { ACK, FIN, has, RST, SYN, type TcpSegment } from '../wire/packet.js';
import type { Fact, SendReason } from '../world/facts.js';
import type { Part, SocketView } from './scene.js';
import type { Told } from './told.js';
import { code } from './words/telling.js';
import type { Said } from './words/words.js';

type Delivered = Extract<Fact, { kind: 'delivered' }>;

/** undefined: the segment is in order, and the usual sentence tells it. */
export function oddSentence(
  told: Told,
  fact: Delivered,
  segment: TcpSegment,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): Said | undefined {
  const { cast } = told;
  const heard = new Set(fact.heard ?? []);
  const who: Part = taker?.mark === undefined ? cast.phrase('odd.connection') : { mark: taker.mark };
  const args = { from, who, host };
  const isAnswered = sentWith(told, 'challenge');
  const hasText = segment.payload.length > 0;
  if (has(segment, RST) && heard.has('RST_WINDOW'))
    return cast.say('odd.rst.inexact', { ...args, answer: code(cast.phrase('odd.challenge')) });
  if (has(segment, RST) && heard.has('RST_OUTSIDE')) return cast.say('odd.rst.outside', args);
  const isLate = taker?.state === 'TIME-WAIT' && !isBeyond(told.world, fact.socket, segment);
  if (has(segment, SYN) && !has(segment, ACK) && isLate && isAnswered)
    return cast.say('odd.syn.late', { ...args, state: code('TIME-WAIT'), isAnswered });
  if (has(segment, SYN) && (heard.has('SYN') || heard.has('SYN_OLD')) && isAnswered)
    return cast.say('odd.syn.known', { ...args, isAnswered });
  if (heard.has('TEXT_LATER') || heard.has('FIN_LATER')) return cast.say('odd.early', args);
  if (heard.has('FIN_OLD')) return cast.say('odd.fin.again', args);
  if (heard.has('OUT_OF_WINDOW') && hasText)
    return cast.say(isOld(told, fact, segment) ? 'odd.text.old' : 'odd.text.noroom', args);
  if (heard.has('OUT_OF_WINDOW') && !has(segment, SYN)) return cast.say('odd.probe', { ...args, isAnswered });
  if (!has(segment, ACK) || hasText || has(segment, SYN) || has(segment, FIN)) return undefined;
  return oddAck(told, fact, segment, args);
}

/** A mere ACK that says more, or less, than that what was sent has arrived. */
function oddAck(
  told: Told,
  fact: Delivered,
  { window: room }: TcpSegment,
  args: { readonly from: Part; readonly who: Part; readonly host: string },
): Said | undefined {
  const { cast } = told;
  const { facts } = told.step;
  const isAgain = fact.heard?.includes('ACK_DUP') === true;
  const isMere = isAgain || fact.heard?.includes('ACK_NEW') === true;
  const isStill = !facts.some((each) => each.kind === 'state');
  if (sentWith(told, 'gap')) return cast.say(isAgain ? 'odd.ack.third' : 'odd.ack.part', args);
  if (isAgain && isStill && room === 0) return cast.say('odd.room.none', args);
  if (isMere && isStill && room === 0) return cast.say('odd.room.over', args);
  if (isAgain && facts.some((each) => each.kind === 'sent'))
    return cast.say('odd.room.again', { ...args, room });
  if (isAgain && isStill && isWaiting(told, fact)) return cast.say('odd.ack.missing', args);
  return isAgain && isStill ? cast.say('odd.ack.room', { ...args, room }) : undefined;
}

/** Is something on its way that was not acknowledged? */
function isWaiting({ world: { sockets, connections } }: Told, { socket }: Delivered): boolean {
  const connection = sockets.rows.has(socket) ? sockets.connection.get(socket) : 0;
  return (
    connection !== 0 &&
    connections.sendUnacknowledged.get(connection) !== connections.sendNext.get(connection)
  );
}

/** Text that is not taken: was it here before? Otherwise there is no room for it. */
function isOld(
  { world: { sockets, connections } }: Told,
  { socket }: Delivered,
  segment: TcpSegment,
): boolean {
  const connection = sockets.rows.has(socket) ? sockets.connection.get(socket) : 0;
  return connection === 0 || ((segment.sequence - connections.receiveNext.get(connection)) | 0) < 0;
}

/** What a timer makes a connection send, other than the same once more. */
export function questionSentence(told: Told, to: Part): Said | undefined {
  if (sentWith(told, 'window-probe')) return told.cast.say('timer.window', { to });
  if (sentWith(told, 'keepalive')) return told.cast.say('timer.keepalive', { to });
  return undefined;
}

function sentWith({ step }: Told, why: SendReason): boolean {
  return step.facts.some((fact) => fact.kind === 'sent' && fact.why === why);
}
