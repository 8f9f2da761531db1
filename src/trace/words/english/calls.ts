// English for calls that open, bind, connect and close: who asks the system for what, and what comes of it.
// It refuses to know which message fits: ../../call-sentence.ts and ../../close-sentence.ts choose.
import type { Mark } from '../../scene.js';
import { capital, type With } from '../telling.js';
import type { English } from './tools.js';

/** What a socket of a wildcard address hears, where that needs saying. */
type Hears = { readonly hears: 'IPv4' | 'IPv6' | 'both' };

export const calls = ({ text, strong, words, sign, counted, listed, plural }: English) => {
  const on = (mark: Mark | undefined) => sign(mark, words`the connection`);
  const sharing = (options: readonly string[]) =>
    options.length === 0 ? undefined : text` with ${{ code: listed(options) }}`;
  const families = (hears: Hears['hears']) =>
    ({ IPv4: '', IPv6: words` for IPv6`, both: words` for IPv6 and IPv4` })[hears];
  return {
    'call.unknown': () => text`Something was asked of the system.`,
    'call.socket': ({ who, protocol }: With<'who' | 'protocol'>) =>
      text`${who} opens a ${protocol} socket. It has no port yet.`,
    'call.setsockopt': ({
      who,
      option,
      socket,
      effects,
    }: With<'who' | 'option' | 'socket'> & { readonly effects: readonly string[] }) =>
      effects.length === 0
        ? text`${who} sets ${option} for ${socket}.`
        : text`${who} sets ${option} for ${socket}: ${effects.join('; ')}.`,
    'call.option': () => text`an option`,
    'call.bind.address': ({ who, address }: With<'who' | 'address'>) =>
      text`${who} takes the address ${address} and no port yet: connect will choose one.`,
    'call.bind.picked': ({
      who,
      protocol,
      port,
      options,
    }: With<'who' | 'protocol' | 'port'> & { readonly options: readonly string[] }) =>
      text`${who} takes ${protocol} port ${strong`${port}`}, which was picked for it${sharing(options)}.`,
    'call.bind.everywhere': ({
      who,
      protocol,
      port,
      hears,
      options,
    }: With<'who' | 'protocol' | 'port'> & Hears & { readonly options: readonly string[] }) =>
      text`${who} takes ${protocol} port ${strong`${port}`} on every address${families(hears)}${sharing(options)}.`,
    'call.bind': ({
      who,
      protocol,
      port,
      address,
      options,
    }: With<'who' | 'protocol' | 'port' | 'address'> & { readonly options: readonly string[] }) =>
      text`${who} takes ${protocol} port ${strong`${port}`} on ${address}${sharing(options)}.`,
    'call.listen.everywhere': ({
      who,
      protocol,
      port,
      hears,
      options,
    }: With<'who' | 'protocol' | 'port'> & Hears & { readonly options: readonly string[] }) =>
      text`${who} ${strong`listens on ${protocol} port ${port}`}${families(hears)}${sharing(options)}: newcomers may knock there.`,
    'call.listen': ({
      who,
      protocol,
      port,
      address,
      options,
    }: With<'who' | 'protocol' | 'port' | 'address'> & { readonly options: readonly string[] }) =>
      text`${who} ${strong`listens on ${protocol} port ${port}`} of ${address}${sharing(options)}: newcomers may knock there.`,
    'call.shutdown': ({
      who,
      how,
      mark,
    }: With<'who'> & { readonly how: 'read' | 'write' | 'both'; readonly mark: Mark | undefined }) => {
      const what = {
        read: words`read no more`,
        write: words`send no more`,
        both: words`neither read nor send any more`,
      }[how];
      return text`${who} says that it will ${what} on ${on(mark)}.`;
    },
    'call.disconnect': ({ who, socket }: With<'who' | 'socket'>) =>
      text`${who} takes the peer off ${socket}: ${strong`anybody may write to it again`}.`,
    'call.drain': ({ who, count, payload }: With<'who' | 'payload'> & { readonly count: number }) =>
      payload === undefined
        ? text`${who} reads until nothing is left: ${counted(count, { one: words`message`, other: words`messages` })}.`
        : text`${who} reads until nothing is left: ${counted(count, { one: words`message`, other: words`messages` })}, ${payload}.`,
    'call.acceptall': ({ who, count }: With<'who'> & { readonly count: number }) =>
      text`${who} accepts until nobody waits: ${counted(count, { one: words`connection`, other: words`connections` })}.`,

    'call.taken': ({
      who,
      end,
      errno,
      holder,
      protocol,
      port,
    }: With<'who' | 'end' | 'errno' | 'holder' | 'protocol' | 'port'>) =>
      text`${who} asks for ${end} and is refused: ${errno}, ${strong`${holder} already holds ${protocol} port ${port}`}.`,
    'call.refused': ({ who, end, errno, why }: With<'who' | 'end' | 'errno' | 'why'>) =>
      text`${who} asks for ${end} and is refused: ${errno}, ${strong`${why}`}.`,
    'call.failed': ({ who, call, errno, why }: With<'who' | 'call' | 'errno' | 'why'>) =>
      text`${who}: ${call} gives ${errno}, ${why}.`,
    'call.unreached': ({
      who,
      isCall,
      where,
      errno,
      why,
    }: With<'who' | 'where' | 'errno' | 'why'> & { readonly isCall: boolean }) =>
      isCall
        ? text`${who} wants to call ${where} and cannot: ${errno}, ${strong`${why}`}.`
        : text`${who} wants to write to ${where} and cannot: ${errno}, ${strong`${why}`}.`,
    'call.port0': ({ address }: With<'address'>) => text`port 0 of ${address}`,
    'holder.state': ({ state }: With<'state'>) => text`a connection in ${state}`,

    'call.connect.gone': ({ who, peer }: With<'who' | 'peer'>) => text`${who} connects to ${peer}.`,
    'call.connect.udp': ({ who, peer, own }: With<'who' | 'peer' | 'own'>) =>
      text`${who} names ${peer} as the only peer of ${own}. For UDP nothing is sent: ${strong`the socket just remembers`}.`,
    'call.connect': ({
      who,
      peer,
      own,
      port,
      isChosen,
      late,
    }: With<'who' | 'peer' | 'own' | 'port' | 'late'> & { readonly isChosen: boolean }) =>
      text`${who} calls ${peer} from ${own}: a SYN leaves. ${
        isChosen ? text`Its own port, ${strong`${port}`}, was picked for it.` : text`Its own port is ${port}.`
      }${late}`,
    'call.connect.late': ({ errno }: With<'errno'>) => text` connect does not wait: it gives ${errno}.`,
    'call.accept.wait': ({ who }: With<'who'>) => text`${who} waits in accept for somebody to call.`,
    'call.accept': ({
      who,
      mark,
      port,
      listener,
    }: With<'who' | 'port' | 'listener'> & { readonly mark: Mark | undefined }) =>
      text`${who} accepts ${on(mark)}: a new socket, and ${strong`the same local port ${port}`}. The listener on ${listener} goes on listening.`,

    'call.close.copy': ({ who, thing, holder }: With<'who' | 'thing' | 'holder'>) =>
      text`${who} closes its copy of ${thing}. ${strong`${holder} still holds the socket`}, so nothing is sent and nothing ends.`,
    'call.close.listener': ({
      who,
      thing,
      resets,
      left,
    }: With<'who' | 'thing' | 'left'> & { readonly resets: number }) => {
      if (resets === 0) return text`${who} closes ${thing}. ${left}`;
      const whom = plural(resets, {
        one: words`the one who was waiting to be accepted gets a RST`,
        other: words`${counted(resets, { one: words`connection`, other: words`connections` })} that were waiting to be accepted get a RST`,
      });
      return text`${who} closes ${thing}: ${whom}. ${left}`;
    },
    'call.close.reset': ({ who, mark }: With<'who'> & { readonly mark: Mark | undefined }) =>
      text`${who} closes ${on(mark)} with a RST: the other side is told that something is lost.`,
    'call.close.lingers': ({
      who,
      mark,
      option,
    }: With<'who' | 'option'> & { readonly mark: Mark | undefined }) =>
      text`${who} closes ${on(mark)}, and ${strong`close waits`}: with ${option} not before the other side has acknowledged everything, or the time is over.`,
    'call.close.fin': ({ who, mark }: With<'who'> & { readonly mark: Mark | undefined }) =>
      text`${who} closes ${on(mark)}: a FIN leaves, and its side of the conversation is over.`,
    'call.close.gone': ({ who }: With<'who'>) => text`${who} closes its socket.`,
    'call.close': ({ who, thing, left }: With<'who' | 'thing' | 'left'>) =>
      text`${who} closes ${thing}. ${left}`,
    'left.free': ({ port }: With<'port'>) => text`Port ${port} is free again.`,
    'left.sockets': ({ count, port }: With<'port'> & { readonly count: number }) =>
      text`${capital(counted(count, { one: words`socket is`, other: words`sockets are` }))} still on port ${port}.`,
    'left.connection': ({ state, port }: With<'state' | 'port'>) =>
      text`${strong`One connection in ${state} is still on port ${port}`}.`,
    'left.socket': ({ holder, port }: With<'holder' | 'port'>) =>
      text`One socket of ${holder} is still on port ${port}.`,
  };
};
