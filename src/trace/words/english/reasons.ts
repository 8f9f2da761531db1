// English for why a packet was handed to a socket: the headline, each question of the demultiplexer with its answer, and
// the verdict on each candidate. It refuses to know which message fits: ../../delivery-reason.ts and ../../copies-reason.ts.
import type { Mark } from '../../scene.js';
import { capital, type With } from '../telling.js';
import type { English } from './tools.js';

type Count = { readonly count: number };

export const reasons = ({ text, strong, words, sign, counted, listed, plural }: English) => {
  const sockets = (count: number) => counted(count, { one: words`socket`, other: words`sockets` });
  const hold = (count: number) => plural(count, { one: words`holds`, other: words`hold` });
  const thing = (isDatagram: boolean) => (isDatagram ? words`datagram` : words`segment`);
  return {
    'verdict.copy': () => text`gets a copy`,
    'verdict.exact': () => text`all four`,
    'verdict.any': () => text`takes any sender`,
    'verdict.newcomers': () => text`takes newcomers`,
    'verdict.equal': () => text`equal, not picked`,
    'verdict.listen': ({ state }: With<'state'>) => text`${state} · fallback`,
    'verdict.less': () => text`less specific`,
    'verdict.protocol': () => text`other protocol`,
    'verdict.address': () => text`other local address`,
    'verdict.not joined': () => text`has not joined`,
    'verdict.family': ({ family }: With<'family'>) => text`${family} only`,
    'verdict.device': () => text`other interface`,
    'verdict.host': () => text`other host`,
    'verdict.gives-way': ({ state }: With<'state'>) => text`${state} gives way`,
    'verdict.state': () => text`not listening`,
    'verdict.port': ({ got, expected }: With<'got' | 'expected'>) => text`port ${got} ≠ ${expected}`,
    'verdict.unasked': () => text`not asked`,

    'why.icmp': () => text`The error finds its socket by the ports quoted inside it.`,
    'why.not-for-this': ({
      protocol,
      port,
      isDatagram,
    }: With<'protocol' | 'port'> & { readonly isDatagram: boolean }) =>
      text`${protocol} port ${port} is held here, but not for this: nobody can take the ${thing(isDatagram)}.`,
    'why.nobody': ({
      protocol,
      port,
      isDatagram,
    }: With<'protocol' | 'port'> & { readonly isDatagram: boolean }) =>
      text`Nothing here holds ${protocol} port ${port}, so nobody can take the ${thing(isDatagram)}.`,
    'why.full': ({ port }: With<'port'>) =>
      text`The listener on port ${port} is the one, and it has no room for another newcomer.`,
    'why.unwilling': ({ port }: With<'port'>) =>
      text`The socket on port ${port} is the only one that fits, and it does not want this.`,
    'why.exact': ({ isDatagram }: { readonly isDatagram: boolean }) =>
      text`The ${thing(isDatagram)} carries four numbers. Only one socket has the same four.`,
    'why.equals': ({ isDatagram }: { readonly isDatagram: boolean }) =>
      text`Several sockets fit, and none says more about this ${thing(isDatagram)} than the other.`,
    'why.most': ({ isDatagram }: { readonly isDatagram: boolean }) =>
      text`Several sockets fit. The one that says most about this ${thing(isDatagram)} gets it.`,
    'why.timewait': ({ state }: With<'state'>) =>
      text`An old conversation with these four numbers is in ${state}. It gives way to a new SYN.`,
    'why.unconnected': ({ port }: With<'port'>) =>
      text`No socket is connected to this sender, so the one bound to port ${port} gets it.`,
    'why.listener': ({ port }: With<'port'>) =>
      text`Nobody has these four numbers yet, so the socket that takes newcomers on port ${port} gets it.`,

    'ask.protocol': () => text`Which protocol?`,
    'ask.local port': () => text`Which local port?`,
    'ask.conversation': () => text`Whose conversation?`,
    'ask.member': () => text`Who gets a copy?`,
    'ask.drop': () => text`Drop`,
    'ask.refuse': () => text`Refuse`,
    'ask.create': () => text`Create`,
    'ask.deliver': () => text`Deliver`,
    'answer.protocol': ({
      isQuoted,
      number,
      protocol,
      other,
      count,
    }: With<'number' | 'protocol' | 'other'> & Count & { readonly isQuoted: boolean }) => {
      const says = strong`${number} = ${protocol}`;
      const rest =
        count === 0
          ? text`This host has no ${other} socket.`
          : text`${capital(
              counted(count, {
                one: words`${String(other)} socket is`,
                other: words`${String(other)} sockets are`,
              }),
            )} not asked: ${other} ports are a separate set.`;
      return isQuoted ? text`The quoted header says ${says}. ${rest}` : text`IP says ${says}. ${rest}`;
    },
    'answer.port': ({
      isQuoted,
      port,
      found,
      aside,
    }: With<'port' | 'found'> & { readonly isQuoted: boolean; readonly aside: readonly string[] }) => {
      const put = aside.length === 0 ? undefined : text` Put aside: ${aside.join(', ')}.`;
      return isQuoted
        ? text`The quoted source port ${strong`${port}`}: ${found}.${put}`
        : text`Destination port ${strong`${port}`}: ${found}.${put}`;
    },
    'holds.none': () => text`no socket here holds it`,
    'holds.all': ({ count, names }: Count & { readonly names: readonly string[] }) =>
      text`${sockets(count)} of ${listed(names)} ${hold(count)} it`,
    'holds.alone': ({ count }: Count) =>
      text`${sockets(count)} ${hold(count)} it, and no process has ${plural(count, { one: words`it`, other: words`them` })}`,
    'holds.both': ({
      count,
      alone,
      names,
    }: Count & { readonly alone: number; readonly names: readonly string[] }) =>
      text`${sockets(count)} hold it, ${plural(count - alone, { one: words`that`, other: words`those` })} of ${listed(names)}, and ${counted(alone, { one: words`connection`, other: words`connections` })} without a process`,
    'aside.on': ({ who, where }: With<'who' | 'where'>) => text`${who} on ${where}`,
    'aside.connection': () => text`a connection`,
    'answer.nobody-left': () => text`Nobody is left to ask.`,
    'answer.none-fits': ({ from }: With<'from'>) => text`None of them fits ${from}.`,
    'answer.compared': ({ from }: With<'from'>) => text`Compared with their end of each: ${from}.`,
    'answer.rst': ({ host, flag }: With<'host' | 'flag'>) =>
      text`${host} answers with a ${flag}: the sender learns that nobody is there.`,
    'answer.icmp': ({ host, error }: With<'host' | 'error'>) =>
      text`${host} answers with ICMP ${error}, which quotes the datagram.`,
    'answer.silence': () => text`Nothing is answered.`,
    'answer.unwilling': ({ why, answer }: With<'why' | 'answer'>) => text`${why} ${answer}`,
    'unwilling.state': ({ state }: With<'state'>) => text`${state} takes a SYN and nothing else.`,
    'unwilling.half': ({ backlog }: { readonly backlog: number }) =>
      text`Handshakes that are not finished fill its queue: a backlog of ${backlog} lets ${backlog + 1} in.`,
    'unwilling.full': ({ count, backlog }: Count & { readonly backlog: number }) =>
      text`${capital(counted(count, { one: words`connection waits`, other: words`connections wait` }))} to be accepted: a backlog of ${backlog} lets ${backlog + 1} in. The caller tries again later.`,
    'answer.create': () =>
      text`A new socket is made for this conversation, on the ${strong`same local port`}. The listener stays as it is.`,
    'answer.ownerless': ({ mark, isOver }: { readonly mark: Mark | undefined; readonly isOver: boolean }) =>
      isOver
        ? text`It belongs to ${sign(mark, words`this socket`)}, a connection that no process holds any more.`
        : text`It belongs to ${sign(mark, words`this socket`)}, a connection that nobody has accepted.`,
    'answer.bytes': ({
      who,
      descriptor,
      isListening,
    }: With<'who' | 'descriptor'> & { readonly isListening: boolean }) => {
      const aside = isListening
        ? text` The listener is not involved: it is for new conversations.`
        : undefined;
      return text`The bytes join the receive queue of ${who}, descriptor ${descriptor}.${aside}`;
    },
    'answer.news': ({ who, descriptor }: With<'who' | 'descriptor'>) =>
      text`It is news for ${who}, descriptor ${descriptor}.`,

    'why.many.none': ({ isGroup, port }: With<'port'> & { readonly isGroup: boolean }) =>
      isGroup
        ? text`Multicast: no socket here takes UDP port ${port}, and nobody is told.`
        : text`Broadcast: no socket here takes UDP port ${port}, and nobody is told.`,
    'why.many': ({ isGroup, port }: With<'port'> & { readonly isGroup: boolean }) =>
      isGroup
        ? text`Multicast: every socket on UDP port ${port} gets a copy.`
        : text`Broadcast: every socket on UDP port ${port} gets a copy.`,
    'answer.many': ({ count }: Count) =>
      count === 1
        ? text`It is for everybody, so nobody is preferred: ${strong`one socket, one copy`}.`
        : text`It is for everybody, so nobody is preferred: ${strong`${sockets(count)}, a copy each`}.`,
    'answer.many.drop': () => text`Nothing is answered: an error to everybody's question would be a flood.`,
    'answer.copies': ({ count, who }: With<'who'> & Count) =>
      count === 1 ? text`A copy for ${who}.` : text`A copy each for ${who}.`,
  };
};
