// English for calls that send, read and ask, and for what processes do to themselves and to each other's descriptors.
// It refuses to know which message fits: ../../transfer-sentence.ts and ../../look-sentence.ts choose.
import type { Mark } from '../../scene.js';
import type { With } from '../telling.js';
import type { English } from './tools.js';

export const talk = ({ text, strong, words, sign, counted }: English) => {
  const bytes = (count: number) => counted(count, { one: words`byte`, other: words`bytes` });
  const sockets = (count: number) => counted(count, { one: words`socket`, other: words`sockets` });
  return {
    'call.send.full': ({
      who,
      payload,
      room,
      isWaiting,
    }: With<'who' | 'payload'> & { readonly room: number | undefined; readonly isWaiting: boolean }) => {
      const has = room === undefined ? strong`no room` : strong`room for ${bytes(room)}`;
      return isWaiting
        ? text`${who} sends ${payload}: its send buffer has ${has} until the other side acknowledges, so send waits.`
        : text`${who} sends ${payload}: its send buffer has ${has} until the other side acknowledges, so send takes no more.`;
    },
    'call.send.nagle': ({ who, payload }: With<'who' | 'payload'>) =>
      text`${who} sends ${payload}: ${strong`something small is still unacknowledged`}, so it waits for the ACK (Nagle's algorithm).`,
    'call.send.window': ({ who, payload }: With<'who' | 'payload'>) =>
      text`${who} sends ${payload}: there is ${strong`no room for it over there`}, so it waits on this side.`,
    'call.send.something': ({ who }: With<'who'>) => text`${who} has something to send.`,
    'call.send.icmp': ({ who }: With<'who'>) => text`${who} sends.`,
    'call.send': ({
      who,
      payload,
      protocol,
      from,
      to,
      picked,
      hearers,
    }: With<'who' | 'payload' | 'from' | 'to'> & {
      readonly protocol: 'tcp' | 'udp';
      /** The port that was chosen with this call. */
      readonly picked: number | undefined;
      readonly hearers: 'one' | 'group' | 'all';
    }) => {
      const chosen = picked === undefined ? undefined : text` Port ${picked} was picked for it.`;
      const hear = {
        one: undefined,
        group: text` Every machine that joined the group hears it.`,
        all: text` Everybody on the network hears it.`,
      }[hearers];
      return protocol === 'udp'
        ? text`${who} sends ${payload}: a datagram leaves ${from} for ${to}.${chosen}${hear}`
        : text`${who} sends ${payload}: a segment leaves ${from} for ${to}.${chosen}${hear}`;
    },
    'call.recv.wait': ({ who }: With<'who'>) => text`${who} waits for something to read.`,
    'call.recv.end': ({ who, mark }: With<'who'> & { readonly mark: Mark | undefined }) =>
      text`${who} reads the end of ${sign(mark, words`the connection`)}: the other side sends no more.`,
    'call.recv': ({ who, payload, from }: With<'who' | 'payload' | 'from'>) =>
      from === undefined ? text`${who} reads ${payload}.` : text`${who} reads ${payload}, from ${from}.`,
    'payload.empty': () => text`an empty message`,
    payload: ({ line }: With<'line'>) => text`“${line}”`,

    'call.getsockname.none': ({ who, socket }: With<'who' | 'socket'>) =>
      text`${who} asks for the name of ${socket}: ${strong`it has no port yet`}.`,
    'call.getsockname': ({ who, socket, end }: With<'who' | 'socket' | 'end'>) =>
      text`${who} asks for the name of ${socket}: it is ${end}.`,
    'call.getpeername': ({ who, socket, end }: With<'who' | 'socket' | 'end'>) =>
      text`${who} asks who is at the other end of ${socket}: it is ${end}.`,
    'call.getsockopt': ({ who, socket, error }: With<'who' | 'socket' | 'error'>) =>
      error === undefined
        ? text`${who} asks ${socket} for its pending error: there is none.`
        : text`${who} asks ${socket} for its pending error: ${error}, and now it is forgotten.`,
    'call.poll': ({ who, socket, events }: With<'who' | 'socket' | 'events'>) =>
      events === undefined
        ? text`${who} asks what ${socket} is ready for: nothing, a call would wait.`
        : text`${who} asks what ${socket} is ready for: ${events}.`,
    'call.fork': ({ who, child, count }: With<'who' | 'child'> & { readonly count: number }) =>
      count === 0
        ? text`${who} forks: ${child} runs beside it and ${strong`shares nothing, there is no socket yet`}.`
        : text`${who} forks: ${child} runs beside it and ${strong`shares ${sockets(count)}`}.`,
    'call.fork.child': () => text`a child`,
    'call.dup': ({ who, socket }: With<'who' | 'socket'>) =>
      text`${who} has a second descriptor of ${socket}. The socket is the same.`,
    'call.hand': ({ who, socket, child }: With<'who' | 'socket' | 'child'>) =>
      text`${who} hands ${socket} to ${child}: ${strong`two processes, one socket`}.`,
    'call.setuid': ({ who, user }: With<'who' | 'user'>) => text`${who} is user ${user} from here on.`,
    'call.kill': ({ who, farewell }: With<'who' | 'farewell'>) =>
      text`${who} is ended from outside; the system closes all its descriptors${farewell}.`,
    'call.exit': ({ who, farewell }: With<'who' | 'farewell'>) =>
      text`${who} ends; the system closes all its descriptors${farewell}.`,
    'farewell.one': ({ flag }: With<'flag'>) => text`, and a ${flag} leaves`,
    'farewell.many': ({ count }: { readonly count: number }) =>
      text`, and ${counted(count, { one: words`segment says`, other: words`segments say` })} so`,
    'socket.its': () => text`its socket`,
    'socket.new': () => text`its new socket`,
    'socket.own': ({ kind }: With<'kind'>) => text`its ${kind}`,
    'socket.the': ({ kind }: With<'kind'>) => text`the ${kind}`,
    'socket.listener': ({ protocol, port }: With<'protocol' | 'port'>) =>
      text`listener on ${protocol} port ${port}`,
    'socket.socket': ({ protocol, port }: With<'protocol' | 'port'>) =>
      text`socket on ${protocol} port ${port}`,

    'change.assign': ({ host, what }: With<'host' | 'what'>) =>
      text`${host} takes the address ${strong`${what}`}.`,
    'change.unassign': ({ host, what }: With<'host' | 'what'>) =>
      text`${host} gives up the address ${what}. Sockets on it stay as they are.`,
    'change.block': ({ host, rule }: With<'host' | 'rule'>) =>
      text`From now on the firewall of ${host} drops ${rule}.`,
    'change.reject': ({ host, rule }: With<'host' | 'rule'>) =>
      text`From now on the firewall of ${host} refuses ${rule} and says so.`,
    'change.unblock': ({ host, rule }: With<'host' | 'rule'>) =>
      text`The firewall of ${host} lets ${rule} pass again.`,
    'change.forward': ({ host, rule }: With<'host' | 'rule'>) => text`From now on ${host} forwards ${rule}.`,
    'change.sysctl': ({ host, rule }: With<'host' | 'rule'>) => text`A setting of ${host} changes: ${rule}.`,
    'change.restart': ({ host }: With<'host'>) =>
      text`${host} restarts. ${strong`Every socket that it had is gone`}, and nobody is told.`,
    'change.forget': ({ host }: With<'host'>) =>
      text`${host} forgets its table: ${strong`nobody inside is known outside any more`}.`,
  };
};
