// English for segments that are not in order, and for timers: nobody asked and nothing came, only time has passed.
// It refuses to know which message fits: ../../segment-sentence.ts and ../../timer-sentence.ts choose.
import type { With } from '../telling.js';
import type { English } from './tools.js';

type Arrival = With<'from' | 'who' | 'host'>;
type Answered = { readonly isAnswered: boolean };

export const segments = ({ text, strong, words, plural }: English) => {
  const answer = (isAnswered: boolean) =>
    isAnswered ? words`An ACK says what is expected.` : words`Nothing is answered.`;
  const bytes = (count: number) =>
    words`${count} ${plural(count, { one: words`byte`, other: words`bytes` })}`;
  return {
    'odd.rst.inexact': ({ from, who, host, answer: challenge }: Arrival & With<'answer'>) =>
      text`A RST from ${from} reaches ${who} on ${host}. Its number is not ${strong`exactly the next one`}, so it may be forged: ${challenge} goes back, and nothing ends.`,
    'odd.connection': () => text`the connection`,
    'odd.challenge': () => text`a challenge ACK`,
    'odd.rst.outside': ({ from, who, host }: Arrival) =>
      text`A RST from ${from} reaches ${who} on ${host}. Its number is ${strong`nowhere near`} the next one: it is ignored.`,
    'odd.syn.late': ({ from, who, host, state, isAnswered }: Arrival & With<'state'> & Answered) =>
      text`A SYN from ${from} meets ${who} on ${host}, an old conversation in ${state}. Its number is ${strong`not beyond the last one`}, so it may be a late copy. ${answer(isAnswered)}`,
    'odd.syn.known': ({ from, who, host, isAnswered }: Arrival & Answered) =>
      text`A SYN from ${from} meets ${who} on ${host}, ${strong`a conversation that exists already`}. ${answer(isAnswered)}`,
    'odd.early': ({ from, who, host }: Arrival) =>
      text`A segment from ${from} reaches ${who} on ${host}, and ${strong`something before it is missing`}. It is kept, and the ACK asks for the missing one again.`,
    'odd.fin.again': ({ from, who, host }: Arrival) =>
      text`The FIN of ${from} reaches ${who} on ${host} ${strong`once more`}: our ACK did not get through. It is sent again.`,
    'odd.probe': ({ from, who, host, isAnswered }: Arrival & Answered) =>
      text`A segment from ${from} reaches ${who} on ${host}, ${strong`with a number from before`}: it only asks who is there. ${answer(isAnswered)}`,
    'odd.ack.third': ({ from, who, host }: Arrival) =>
      text`The third ACK from ${from} that asks for the same reaches ${who} on ${host}: ${strong`the segment must be lost`} and is sent again at once.`,
    'odd.ack.part': ({ from, who, host }: Arrival) =>
      text`The ACK from ${from} reaches ${who} on ${host}: ${strong`only a part has arrived`}. What follows is sent again.`,
    'odd.room.none': ({ from, who, host }: Arrival) =>
      text`An ACK from ${from} reaches ${who} on ${host}: there is ${strong`still no room`}.`,
    'odd.room.over': ({ from, who, host }: Arrival) =>
      text`The ACK from ${from} reaches ${who} on ${host}: what it sent has arrived, and there is ${strong`no room for more`}. It must wait.`,
    'odd.room.again': ({ from, who, host, room }: Arrival & { readonly room: number }) =>
      text`An ACK from ${from} reaches ${who} on ${host}: ${strong`room for ${bytes(room)}`}. What waited is sent.`,
    'odd.ack.missing': ({ from, who, host }: Arrival) =>
      text`An ACK from ${from} reaches ${who} on ${host} and acknowledges nothing new: ${strong`something must be missing there`}.`,
    'odd.ack.room': ({ from, who, host, room }: Arrival & { readonly room: number }) =>
      text`An ACK from ${from} reaches ${who} on ${host} and acknowledges nothing new: it says that there is ${strong`room for ${bytes(room)}`}.`,
    'odd.text.old': ({ from, who, host }: Arrival) =>
      text`A segment from ${from} reaches ${who} on ${host}. ${strong`Its text has been here already`}: it is thrown away, and the ACK is repeated.`,
    'odd.text.noroom': ({ from, who, host }: Arrival) =>
      text`A segment from ${from} reaches ${who} on ${host}, where there is ${strong`no room for it`}: it is thrown away, and an ACK says so.`,

    'timer.window': ({ to }: With<'to'>) =>
      text`The window of ${to} has been closed for a while: ${strong`a segment without text`} asks whether there is room again.`,
    'timer.keepalive': ({ to }: With<'to'>) =>
      text`Nothing was heard from ${to} for a long time: ${strong`a segment without text`} asks whether anybody is there.`,
    'timer.again': ({ to, attempt }: With<'to'> & { readonly attempt: number | undefined }) =>
      attempt === undefined
        ? text`No answer from ${to}: ${strong`the same segment is sent again`}.`
        : text`No answer from ${to}: ${strong`the same segment is sent again`}, try ${attempt}.`,
    'timer.linger': ({ option, who }: With<'option' | 'who'>) =>
      text`The time of ${option} is over: ${strong`close comes back to ${who}`}, and the rest of the conversation goes on without it.`,
    'timer.gives-up': ({ who, after, call, errno }: With<'who' | 'after' | 'call' | 'errno'>) =>
      text`${who} gives up after ${after}: ${call} gives ${errno}, nobody ever answered.`,
    'timer.timewait': ({ state, port }: With<'state' | 'port'>) =>
      text`Two segment lifetimes are over: ${state} ends and port ${port} is free of it.`,
    'timer.state': ({ was, now }: With<'was' | 'now'>) => text`Time is up: ${was} becomes ${now}.`,
    'timer.passes': () => text`Time passes.`,
  };
};
