// English for arrivals: a packet has reached a host, and somebody gets it, or nobody.
// It refuses to know which message fits: ../../arrival-sentence.ts and its siblings choose.
import type { Mark } from '../../scene.js';
import { capital, plain, type With } from '../telling.js';
import type { English } from './tools.js';

type On = { readonly mark: Mark | undefined };
type Count = { readonly count: number };

export const arrivals = ({ text, strong, words, sign, counted, listed }: English) => {
  const on = (mark: Mark | undefined) => sign(mark, words`the connection`);
  const sockets = (count: number) => counted(count, { one: words`socket`, other: words`sockets` });
  const everybody = (group: string | undefined) =>
    group === undefined ? words`everybody` : words`all of ${group}`;
  return {
    'arrive.unknown': () => text`A packet arrives.`,
    'arrive.crossing': ({ from, host, was, now }: With<'from' | 'host' | 'was' | 'now'>) =>
      text`A SYN from ${from} reaches ${host}, whose own SYN is on its way there: ${strong`both call at once`}. No listener is needed, and ${was} becomes ${now}.`,
    'arrive.synack': ({ from, host, mark, who }: With<'from' | 'host' | 'who'> & On) =>
      text`The SYN ACK from ${from} finds ${sign(mark, words`the caller`)} on ${host} by all four numbers: ${strong`${who} is connected`}. An ACK goes back.`,
    'arrive.icmp.returns': ({ error, host, who, result }: With<'error' | 'host' | 'who' | 'result'>) =>
      text`ICMP ${error} reaches ${host}. The ports quoted inside find ${who}, who gets ${result}.`,
    'arrive.icmp.later': ({ error, host, who, errno }: With<'error' | 'host' | 'who' | 'errno'>) =>
      text`ICMP ${error} reaches ${host}. The ports quoted inside find ${who}: its next call is told ${errno}.`,
    'arrive.icmp.soft': ({ error, host, who }: With<'error' | 'host' | 'who'>) =>
      text`ICMP ${error} reaches ${host}. The ports quoted inside find ${who}, and ${strong`its program is not told`}: this may pass.`,
    'arrive.icmp.nobody': ({ error, host }: With<'error' | 'host'>) =>
      text`ICMP ${error} reaches ${host}. The socket that sent the datagram has no peer, so ${strong`its program is not told`}.`,
    'arrive.rst.returns': ({ from, host, who, result }: With<'from' | 'host' | 'who' | 'result'>) =>
      text`A RST from ${from} reaches ${host}: ${who} gets ${result}.`,
    'arrive.rst.orphan': ({ from, host, mark }: With<'from' | 'host'> & On) =>
      text`A RST from ${from} reaches ${host}: ${on(mark)} is over at once. No process holds it any more, so ${strong`nobody is told`}.`,
    'arrive.rst.later': ({ from, host, mark, who, errno }: With<'from' | 'host' | 'who' | 'errno'> & On) =>
      text`A RST from ${from} reaches ${host}: ${on(mark)} is over at once, and ${who} is told ${errno} at its next call.`,
    'arrive.rst': ({ from, host, mark }: With<'from' | 'host'> & On) =>
      text`A RST from ${from} reaches ${host}: ${on(mark)} is over at once.`,
    'arrive.fin': ({ from, host, mark }: With<'from' | 'host'> & On) =>
      text`The FIN of ${from} reaches ${on(mark)} on ${host}: the other side sends no more.`,
    'arrive.fin.last': ({ from, host, mark, state, news }: With<'from' | 'host' | 'state' | 'news'> & On) =>
      text`The FIN of ${from} reaches ${on(mark)} on ${host}. Both sides are done, and ${strong`this one closed first`}: it stays in ${state}.${news}`,
    'arrive.fin.state': ({ from, host, mark, was, now }: With<'from' | 'host' | 'was' | 'now'> & On) =>
      text`The FIN of ${from} reaches ${on(mark)} on ${host}: the other side sends no more, and ${was} becomes ${now}.`,
    'arrive.syn.several': ({ from, host, choice }: With<'from' | 'host' | 'choice'>) =>
      text`A SYN from ${from} reaches ${host}. ${strong`${choice}`}. A new socket is made, on the same port.`,
    'arrive.syn.timewait': ({ from, host, state, who }: With<'from' | 'host' | 'state' | 'who'>) =>
      text`A SYN from ${from} reaches ${host}. An old conversation with these four numbers is in ${state} and ${strong`gives way`}: ${who}'s listener makes a new socket, on the same port.`,
    'arrive.syn.new': ({ from, host, port }: With<'from' | 'host' | 'port'>) =>
      text`A SYN from ${from} reaches ${host}. ${strong`None of the conversations`} on port ${port} has these four numbers, so the listener takes it: a new socket is made, on the same port.`,
    'arrive.syn': ({ from, host, port, who }: With<'from' | 'host' | 'port' | 'who'>) =>
      text`A SYN from ${from} reaches ${host}. ${strong`Port ${port} belongs to ${who}`}, who listens there and takes it: a new socket is made, on the same port.`,
    'arrive.data.among': ({
      from,
      host,
      count,
      port,
      mark,
      taken,
    }: With<'from' | 'host' | 'port' | 'taken'> & Count & On) =>
      text`A segment from ${from} reaches ${host}. ${strong`${capital(sockets(count))} use port ${port}`}, so all four numbers decide: only ${sign(mark, words`one`)} has them, and ${taken}.`,
    'arrive.data': ({ from, host, taken }: With<'from' | 'host' | 'taken'>) =>
      text`A segment from ${from} reaches ${host}. One socket has these four numbers: ${taken}.`,
    'taken.waits': ({ payload }: With<'payload'>) => text`${payload} waits for whoever accepts it`,
    'taken.by': ({ who, payload }: With<'who' | 'payload'>) => text`${who} gets ${payload}`,
    'arrive.datagram': ({
      from,
      host,
      why,
      isWoken,
      apart,
    }: With<'from' | 'host' | 'why' | 'apart'> & { readonly isWoken: boolean }) =>
      isWoken
        ? text`A datagram from ${from} reaches ${host}. ${why}, who was waiting for it.${apart}`
        : text`A datagram from ${from} reaches ${host}. ${why}.${apart}`,
    'datagram.chosen': ({ choice }: With<'choice'>) => text`${strong`${choice}`}`,
    'datagram.connected': ({ who }: With<'who'>) => text`All four numbers are those of ${who}`,
    'datagram.aside': ({ others, who }: With<'others' | 'who'>) =>
      text`${others}, so ${strong`${who} gets it`}`,
    'datagram.bound': ({ port, who }: With<'port' | 'who'>) =>
      text`${strong`UDP port ${port} belongs to ${who}`}`,
    'datagram.twin': ({ port, who }: With<'port' | 'who'>) =>
      text` TCP port ${port} is another port; ${who} holds that one.`,
    'arrive.copy': ({
      group,
      from,
      host,
      port,
      who,
    }: With<'from' | 'host' | 'port' | 'who'> & { readonly group: string | undefined }) =>
      text`A datagram for ${everybody(group)} from ${from} reaches ${host}. ${strong`One socket there is on UDP port ${port}`}: ${who} gets it.`,
    'arrive.copies': ({
      group,
      from,
      host,
      port,
      who,
      count,
    }: With<'from' | 'host' | 'port' | 'who'> & Count & { readonly group: string | undefined }) =>
      text`A datagram for ${everybody(group)} from ${from} reaches ${host}. ${strong`Each of ${sockets(count)} on UDP port ${port} gets a copy`}: ${who}.`,
    'arrive.ack.opens': ({ from, host, mark, state }: With<'from' | 'host' | 'state'> & On) =>
      text`The ACK from ${from} completes the handshake: ${on(mark)} is ${state} on ${host} and ${strong`waits to be accepted`}.`,
    'arrive.ack.state': ({
      from,
      host,
      mark,
      was,
      now,
      news,
    }: With<'from' | 'host' | 'was' | 'now' | 'news'> & On) =>
      text`The ACK from ${from} reaches ${on(mark)} on ${host}: ${was} becomes ${now}.${news}`,
    'arrive.ack': ({
      from,
      host,
      mark,
      isSending,
      news,
    }: With<'from' | 'host' | 'news'> & On & { readonly isSending: boolean }) =>
      text`The ACK from ${from} reaches ${on(mark)} on ${host}: what it sent has arrived.${isSending ? text` What waited is sent.` : undefined}${news}`,
    'news.returns': ({ who, call }: With<'who' | 'call'>) =>
      text` For that ${who} has waited: ${strong`${call} comes back`}.`,
    'result.end': ({ call }: With<'call'>) => text`the end of its wait in ${call}`,

    'refuse.state': ({ from, host }: With<'from' | 'host'>) =>
      text`A segment from ${from} reaches ${host}. No conversation has its four numbers, and ${strong`the listener wants a SYN`}: ${host} answers RST.`,
    'refuse.copies': ({
      group,
      from,
      host,
      port,
    }: With<'from' | 'host' | 'port'> & { readonly group: string | undefined }) =>
      text`A datagram for ${everybody(group)} from ${from} reaches ${host}. No socket there takes UDP port ${port}, and ${strong`nobody is told`}.`,
    'refuse.conversation': ({ from, host }: With<'from' | 'host'>) =>
      text`A segment from ${from} reaches ${host}. ${strong`Nobody there knows this conversation`}: ${host} answers RST.`,
    'refuse.rst.others': ({
      from,
      host,
      address,
      port,
      others,
    }: With<'from' | 'host' | 'address' | 'port' | 'others'>) =>
      text`A SYN from ${from} reaches ${host} at ${address}. On port ${port} ${strong`${others}`}: ${host} answers RST.`,
    'refuse.rst': ({ from, host, protocol, port }: With<'from' | 'host' | 'protocol' | 'port'>) =>
      text`A SYN from ${from} reaches ${host}. ${strong`Nothing listens on ${protocol} port ${port}`}: ${host} answers RST.`,
    'refuse.icmp.others': ({
      from,
      host,
      address,
      protocol,
      port,
      others,
    }: With<'from' | 'host' | 'address' | 'protocol' | 'port' | 'others'>) =>
      text`A datagram from ${from} reaches ${host} at ${address}. On ${protocol} port ${port} ${strong`${others}`}: ${host} answers ICMP port unreachable.`,
    'refuse.icmp': ({ from, host, protocol, port }: With<'from' | 'host' | 'protocol' | 'port'>) =>
      text`A datagram from ${from} reaches ${host}. ${strong`No socket holds ${protocol} port ${port}`}: ${host} answers ICMP port unreachable.`,
    'refuse.silence': ({ from, host, protocol, port }: With<'from' | 'host' | 'protocol' | 'port'>) =>
      text`A packet from ${from} for ${protocol} port ${port} reaches ${host}. Nobody takes it, and nothing is answered.`,
    'refuse.full': ({ from, host, count, who }: With<'from' | 'host' | 'who'> & Count) =>
      text`A SYN from ${from} reaches ${host}. ${strong`${capital(counted(count, { one: words`connection waits`, other: words`connections wait` }))} already`} for ${who} to accept, so it falls. Nothing is answered.`,
    'refuse.falls': ({ from, host }: With<'from' | 'host'>) =>
      text`A segment from ${from} reaches ${host}, and the listener lets it fall. Nothing is answered.`,

    'drop.firewall': ({ from, host, port }: With<'from' | 'host' | 'port'>) =>
      port === undefined
        ? text`A packet from ${from} meets the firewall of ${host} and vanishes: ${strong`no answer is sent`}.`
        : text`A packet from ${from} for port ${port} meets the firewall of ${host} and vanishes: ${strong`no answer is sent`}.`,
    'drop.lost': ({ from, port }: With<'from' | 'port'>) =>
      port === undefined
        ? text`A packet from ${from} is ${strong`lost on the way`}. Nobody notices.`
        : text`A packet from ${from} for port ${port} is ${strong`lost on the way`}. Nobody notices.`,
    'drop.lost.segment': ({ thing, from, port }: With<'thing' | 'from' | 'port'>) =>
      text`${capital(plain(thing))} from ${from} for port ${port} is ${strong`lost on the way`}. Nobody is told.`,

    'choice.newest': ({ several, who }: With<'several' | 'who'>) =>
      text`${several}, and this system gives everything to the newest: ${who}`,
    'choice.hash': ({ several, who }: With<'several' | 'who'>) =>
      text`${several}: a hash of the four numbers picks ${who}`,
    'choice.last': ({ several, who }: With<'several' | 'who'>) =>
      text`${several} equally: ${who} was bound last and gets it`,
    'choice.exact': ({ several, who }: With<'several' | 'who'>) =>
      text`${several}: only ${who} has all four numbers and gets it`,
    'choice.peer': ({ several, who, address }: With<'several' | 'who' | 'address'>) =>
      text`${several}: ${who} is connected to every port of ${address} and gets it`,
    'choice.address': ({ several, who, address }: With<'several' | 'who' | 'address'>) =>
      text`${several}: ${who} is bound to ${address} itself and gets it`,
    'several.fit': ({ count, isListening }: Count & { readonly isListening: boolean }) =>
      isListening
        ? text`${capital(counted(count, { one: words`listener fits`, other: words`listeners fit` }))}`
        : text`${capital(counted(count, { one: words`socket fits`, other: words`sockets fit` }))}`,
    'several.share': ({
      count,
      isListening,
      port,
    }: With<'port'> & Count & { readonly isListening: boolean }) =>
      isListening
        ? text`${capital(counted(count, { one: words`listener shares`, other: words`listeners share` }))} port ${port}`
        : text`${capital(counted(count, { one: words`socket shares`, other: words`sockets share` }))} port ${port}`,
    'others.list': ({ all }: { readonly all: readonly string[] }) => text`${listed(all)}`,
    'others.family': ({ who }: With<'who'>) => text`${who} is of another family`,
    'others.address': ({ who, address }: With<'who' | 'address'>) => text`${who} is on ${address} only`,
    'others.device': ({ who }: With<'who'>) => text`${who} is tied to another interface`,
    'others.state': ({ who }: With<'who'>) => text`${who} does not listen`,
    'others.peer': ({ who, address, port }: With<'who' | 'address' | 'port'>) =>
      text`${who} hears ${address} port ${port} only`,
    'others.connection': () => text`another connection`,
    'owner.none': () => text`a connection that nobody has accepted`,
    'owner.over': () => text`a connection that no process holds any more`,
    'taker.system': () => text`the system`,
  };
};
