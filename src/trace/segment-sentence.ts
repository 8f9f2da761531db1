// Sentences about segments that are not in order: too early, too late, guessed, or only to say how much room there is.
// What is in order is told in arrival-sentence.ts; why a segment was sent without being asked for, by `why` of its fact.
import { isBeyond } from '../tcp/reopen.js';
import { ACK, FIN, has, RST, SYN, type TcpSegment } from '../wire/packet.js';
import type { Fact, SendReason } from '../world/facts.js';
import { code, sign, strong, text } from './parts.js';
import type { Part, SocketView } from './scene.js';
import type { Told } from './told.js';

type Delivered = Extract<Fact, { kind: 'delivered' }>;

/** undefined: the segment is in order, and the usual sentence tells it. */
export function oddSentence(
  told: Told,
  fact: Delivered,
  segment: TcpSegment,
  taker: SocketView | undefined,
  from: Part,
  host: string,
): readonly Part[] | undefined {
  const heard = new Set(fact.heard ?? []);
  const who = sign(taker?.mark, 'the connection');
  const answered = sentWith(told, 'challenge') ? 'An ACK says what is expected' : 'Nothing is answered';
  const hasText = segment.payload.length > 0;
  if (has(segment, RST) && heard.has('RST_WINDOW'))
    return text`A RST from ${from} reaches ${who} on ${host}. Its number is not ${strong('exactly the next one')}, so it may be forged: ${code('a challenge ACK')} goes back, and nothing ends.`;
  if (has(segment, RST) && heard.has('RST_OUTSIDE'))
    return text`A RST from ${from} reaches ${who} on ${host}. Its number is ${strong('nowhere near')} the next one: it is ignored.`;
  const isLate = taker?.state === 'TIME-WAIT' && !isBeyond(told.world, fact.socket, segment);
  if (has(segment, SYN) && !has(segment, ACK) && isLate && sentWith(told, 'challenge'))
    return text`A SYN from ${from} meets ${who} on ${host}, an old conversation in ${code('TIME-WAIT')}. Its number is ${strong('not beyond the last one')}, so it may be a late copy. ${answered}.`;
  if (has(segment, SYN) && (heard.has('SYN') || heard.has('SYN_OLD')) && sentWith(told, 'challenge'))
    return text`A SYN from ${from} meets ${who} on ${host}, ${strong('a conversation that exists already')}. ${answered}.`;
  if (heard.has('TEXT_LATER') || heard.has('FIN_LATER'))
    return text`A segment from ${from} reaches ${who} on ${host}, and ${strong('something before it is missing')}. It is kept, and the ACK asks for the missing one again.`;
  if (heard.has('FIN_OLD'))
    return text`The FIN of ${from} reaches ${who} on ${host} ${strong('once more')}: our ACK did not get through. It is sent again.`;
  if (heard.has('OUT_OF_WINDOW') && hasText) return outside(told, fact, segment, who, from, host);
  if (heard.has('OUT_OF_WINDOW') && !has(segment, SYN))
    return text`A segment from ${from} reaches ${who} on ${host}, ${strong('with a number from before')}: it only asks who is there. ${answered}.`;
  if (!has(segment, ACK) || hasText || has(segment, SYN) || has(segment, FIN)) return undefined;
  if (heard.has('ACK_DUP') && sentWith(told, 'gap'))
    return text`The third ACK from ${from} that asks for the same reaches ${who} on ${host}: ${strong('the segment must be lost')} and is sent again at once.`;
  if (sentWith(told, 'gap'))
    return text`The ACK from ${from} reaches ${who} on ${host}: ${strong('only a part has arrived')}. What follows is sent again.`;
  const isMere = heard.has('ACK_DUP') || heard.has('ACK_NEW');
  const isStill = !told.step.facts.some((each) => each.kind === 'state');
  if (heard.has('ACK_DUP') && isStill && segment.window === 0)
    return text`An ACK from ${from} reaches ${who} on ${host}: there is ${strong('still no room')}.`;
  if (isMere && isStill && segment.window === 0)
    return text`The ACK from ${from} reaches ${who} on ${host}: what it sent has arrived, and there is ${strong('no room for more')}. It must wait.`;
  const isRoom = heard.has('ACK_DUP') && told.step.facts.some((each) => each.kind === 'sent');
  if (isRoom)
    return text`An ACK from ${from} reaches ${who} on ${host}: ${strong(`room for ${segment.window} bytes`)}. What waited is sent.`;
  if (heard.has('ACK_DUP') && isStill && isWaiting(told, fact))
    return text`An ACK from ${from} reaches ${who} on ${host} and acknowledges nothing new: ${strong('something must be missing there')}.`;
  if (heard.has('ACK_DUP') && isStill)
    return text`An ACK from ${from} reaches ${who} on ${host} and acknowledges nothing new: it says that there is ${strong(`room for ${segment.window} bytes`)}.`;
  return undefined;
}

/** Is something on its way that was not acknowledged? */
function isWaiting({ world: { sockets, connections } }: Told, { socket }: Delivered): boolean {
  const connection = sockets.rows.has(socket) ? sockets.connection.get(socket) : 0;
  return (
    connection !== 0 &&
    connections.sendUnacknowledged.get(connection) !== connections.sendNext.get(connection)
  );
}

/** Text that is not taken: it was here before, or there is no room for it. */
function outside(
  told: Told,
  { socket }: Delivered,
  segment: TcpSegment,
  who: Part,
  from: Part,
  host: string,
): readonly Part[] {
  const { sockets, connections } = told.world;
  const connection = sockets.rows.has(socket) ? sockets.connection.get(socket) : 0;
  const isOld = connection === 0 || ((segment.sequence - connections.receiveNext.get(connection)) | 0) < 0;
  if (isOld)
    return text`A segment from ${from} reaches ${who} on ${host}. ${strong('Its text has been here already')}: it is thrown away, and the ACK is repeated.`;
  return text`A segment from ${from} reaches ${who} on ${host}, where there is ${strong('no room for it')}: it is thrown away, and an ACK says so.`;
}

/** What a timer makes a connection send, other than the same once more. */
export function questionSentence(told: Told, to: Part): readonly Part[] | undefined {
  if (sentWith(told, 'window-probe'))
    return text`The window of ${to} has been closed for a while: ${strong('a segment without text')} asks whether there is room again.`;
  if (sentWith(told, 'keepalive'))
    return text`Nothing was heard from ${to} for a long time: ${strong('a segment without text')} asks whether anybody is there.`;
  return undefined;
}

function sentWith({ step }: Told, why: SendReason): boolean {
  return step.facts.some((fact) => fact.kind === 'sent' && fact.why === why);
}
