// What each errno means, in one plain clause after its name. The only place where an error is put into words.
// Some mean different things in different calls: those words come first.
import { kindOf } from '../wire/address.js';
import type { Errno } from '../world/errno.js';
import type { Fact } from '../world/facts.js';

type CallFact = Extract<Fact, { kind: 'called' | 'returned' }>;

/** The clause for an error of this call. */
export function errnoWords(errno: Errno, { call, port, address = '' }: CallFact): string {
  const isSending = call === 'send' || call === 'sendto' || call === 'connect';
  if (errno === 'EACCES' && isSending)
    return 'a socket must ask for SO_BROADCAST before it may write to everybody';
  if (errno === 'EINVAL' && call === 'sendto' && port === 0) return 'nobody can be on port 0';
  if (errno === 'EINVAL' && call === 'bind') return 'the socket has a port already';
  if (errno === 'EADDRNOTAVAIL' && call === 'connect')
    return 'no port is left that would make four new numbers towards there';
  if (errno === 'EADDRNOTAVAIL' && (call === 'bind' || call === 'listen'))
    return `this host has no address ${address}`;
  if (errno === 'EAGAIN' && call === 'send') return 'nothing more can be taken now';
  if (errno === 'EAGAIN' && isSending) return 'no port is left to be picked';
  if (errno === 'EADDRINUSE' && port === 0) return 'no port is left to be picked';
  if (errno === 'ENETUNREACH' && kindOf(address) === 'broadcast')
    return 'a connection has one peer, not everybody';
  if (errno === 'ENETUNREACH' && kindOf(address) === 'multicast')
    return 'nobody said by which interface a group is reached';
  return ERRNO_WORDS[errno];
}

const ERRNO_WORDS: Readonly<Record<Errno, string>> = {
  EACCES: 'ports below 1024 are for privileged users',
  EADDRINUSE: 'another socket holds this address and port',
  EADDRNOTAVAIL: 'this host has no such address, or no free port towards there',
  EAFNOSUPPORT: 'the address is of another family than the socket',
  EAGAIN: 'nothing is available now',
  EALREADY: 'a connect is under way already',
  EBADF: 'the process has no such descriptor',
  ECONNABORTED: 'the connection was given up',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the other side has reset the connection',
  EMSGSIZE: 'the datagram is larger than IP can carry',
  EDESTADDRREQ: 'the socket has no peer to send to',
  EHOSTUNREACH: 'the host cannot be reached',
  EINPROGRESS: 'the connection is being opened',
  EINVAL: 'the socket is not in a state for this call',
  EISCONN: 'the socket is connected already',
  ENETUNREACH: 'there is no way to that network',
  ENODEV: 'there is no such interface',
  ENOPROTOOPT: 'sockets of this kind have no such option',
  ENOTCONN: 'the socket has no peer',
  EOPNOTSUPP: 'sockets of this kind cannot do that',
  EPERM: 'that is not allowed here: by the own firewall, or since only root may choose another device',
  EPIPE: 'this side, or the other, is closed for writing',
  ETIMEDOUT: 'nobody ever answered',
};
