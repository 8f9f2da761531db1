// English for why a call may have a port or not, for errors and for socket options: a clause each.
// It refuses to know which message fits: ../../call-reason.ts, ../../errno-words.ts and ../../option-words.ts choose.
import type { With } from '../telling.js';
import type { English } from './tools.js';

type Held = With<'who' | 'place'>;

export const ports = ({ text }: English) => ({
  'why.call': ({ call, errno, why }: With<'call' | 'errno' | 'why'>) => text`${call} gives ${errno}: ${why}.`,
  'why.port': ({ errno, why }: With<'errno' | 'why'>) => text`${errno}: ${why}.`,
  'why.port.picked': () => text`Port 0 asks for a number to be picked.`,
  'why.port.free': ({ protocol, port }: With<'protocol' | 'port'>) =>
    text`Nobody here holds ${protocol} port ${port}, so it can be had.`,
  'why.port.shared': ({ protocol, port }: With<'protocol' | 'port'>) =>
    text`${protocol} port ${port} can be had: nobody in the way.`,
  'why.privilege': () => text`Ports below 1024 need privilege; this process has it.`,
  'held.other-protocol': ({ who, place }: Held) =>
    text`${who} holds ${place}: TCP and UDP have separate ports.`,
  'held.other-device': ({ who, place }: Held) =>
    text`${who} holds ${place}: both are tied to devices, and to different ones.`,
  'held.other-address': ({ who, place }: Held) => text`${who} holds ${place}: another local address.`,
  'held.both-rebind': ({ who, place, option }: Held & With<'option'>) =>
    text`${who} holds ${place}: both set ${option} and it does not listen.`,
  'held.both-share': ({ who, place, option }: Held & With<'option'>) =>
    text`${who} holds ${place}: both set ${option}.`,
  'held.known-sharer': ({ who, place, option }: Held & With<'option'>) =>
    text`${who} holds ${place}: not asked, the port remembers this user's ${option}.`,
  'held.newcomer-rebinds': ({ who, place }: Held) =>
    text`${who} holds ${place}: the newcomer's option is enough here, as the address differs or has a peer.`,
  'held.time-wait': ({ who, place, state }: Held & With<'state'>) =>
    text`${who} holds ${place}: ${state} is in nobody's way on this system.`,
  'held.conversation': ({ who, place }: Held) =>
    text`${who} holds ${place}: a connection, and neither is exclusive.`,
  'held.windows-table': ({ who, place }: Held) =>
    text`${who} holds ${place}: Windows lets these two options stand side by side.`,
  'held.asked-at-bind': ({ who, place }: Held) =>
    text`${who} holds ${place}: on this system only bind asks, not listen.`,
  'held.conflict': ({ who, place, since, state, until }: Held & With<'since' | 'state' | 'until'>) =>
    until === undefined
      ? text`${who} holds ${place} since ${since}, ${state}.`
      : text`${who} holds ${place} since ${since}, ${state}, until ${until}.`,
  'holder.accepted-by-nobody': () => text`a connection that nobody has accepted`,

  'errno.EACCES': () => text`ports below 1024 are for privileged users`,
  'errno.EADDRINUSE': () => text`another socket holds this address and port`,
  'errno.EADDRNOTAVAIL': () => text`this host has no such address, or no free port towards there`,
  'errno.EAFNOSUPPORT': () => text`the address is of another family than the socket`,
  'errno.EAGAIN': () => text`nothing is available now`,
  'errno.EALREADY': () => text`a connect is under way already`,
  'errno.EBADF': () => text`the process has no such descriptor`,
  'errno.ECONNABORTED': () => text`the connection was given up`,
  'errno.ECONNREFUSED': () => text`nobody listens there`,
  'errno.ECONNRESET': () => text`the other side has reset the connection`,
  'errno.EMSGSIZE': () => text`the datagram is larger than IP can carry`,
  'errno.EDESTADDRREQ': () => text`the socket has no peer to send to`,
  'errno.EHOSTUNREACH': () => text`the host cannot be reached`,
  'errno.EINPROGRESS': () => text`the connection is being opened`,
  'errno.EINVAL': () => text`the socket is not in a state for this call`,
  'errno.EISCONN': () => text`the socket is connected already`,
  'errno.ENETUNREACH': () => text`there is no way to that network`,
  'errno.ENODEV': () => text`there is no such interface`,
  'errno.ENOPROTOOPT': () => text`sockets of this kind have no such option`,
  'errno.ENOTCONN': () => text`the socket has no peer`,
  'errno.EOPNOTSUPP': () => text`sockets of this kind cannot do that`,
  'errno.EPERM': () =>
    text`that is not allowed here: by the own firewall, or since only root may choose another device`,
  'errno.EPIPE': () => text`this side, or the other, is closed for writing`,
  'errno.ETIMEDOUT': () => text`nobody ever answered`,
  'errno.broadcast': () => text`a socket must ask for SO_BROADCAST before it may write to everybody`,
  'errno.port0': () => text`nobody can be on port 0`,
  'errno.bound': () => text`the socket has a port already`,
  'errno.tuples': () => text`no port is left that would make four new numbers towards there`,
  'errno.no-address': ({ address }: With<'address'>) => text`this host has no address ${address}`,
  'errno.full': () => text`nothing more can be taken now`,
  'errno.no-port': () => text`no port is left to be picked`,
  'errno.one-peer': () => text`a connection has one peer, not everybody`,
  'errno.no-interface': () => text`nobody said by which interface a group is reached`,

  'option.SO_REUSEADDR = on': () =>
    text`it may take a port that another holds with the same option, unless that one listens`,
  'option.SO_REUSEPORT = on': () => text`it shares its port with others of the same user that ask for it too`,
  'option.SO_EXCLUSIVEADDRUSE = on': () =>
    text`nobody else gets this port on an address of its own, whatever they ask for`,
  'option.SO_LINGER = 0s': () => text`close will send RST instead of FIN`,
  'option.TCP_NODELAY = on': () => text`its small segments go although something is unacknowledged`,
  'option.O_NONBLOCK = on': () => text`a call that would wait comes back at once`,
  'option.SO_BROADCAST = on': () => text`it may send to everybody at once`,
  'option.IPV6_V6ONLY = on': () => text`it hears IPv6 and leaves IPv4 to others`,
  'option.IPV6_V6ONLY = off': () => text`it hears IPv4 as well`,
  'option.IP_BIND_ADDRESS_NO_PORT = on': () =>
    text`bind takes the address only, connect will choose the port`,
  'option.IP_FREEBIND = on': () => text`it may bind to an address that this host does not have`,
  'option.IP_MULTICAST_ALL = off': () => text`it hears only the groups that it joined itself`,
  'option.IP_MULTICAST_LOOP = off': () => text`its own host gets no copy of what it sends to a group`,
  'option.membership': () => text`packets for that group come to this host now`,
  'option.lingers': ({ time }: With<'time'>) =>
    text`close will wait up to ${time} until everything has arrived`,
});

/** Questions of a scenario whose author only says which kind it is. */
export const questions = ({ text }: English) => ({
  'question.socket': () => text`Which socket gets the next packet that is delivered?`,
  'question.process': () => text`Which program gets the next packet that is delivered?`,
  'question.speaker': () => text`Who sends the next packet?`,
  'question.reply': () => text`What comes back?`,
  'question.outcome': () => text`What does this call give?`,
  'question.port': () => text`Which port is it?`,
  'question.state': () => text`Which state is it in afterwards?`,
  'question.count': () => text`How many are there?`,
  'question.claim': () => text`Is this true?`,
});
