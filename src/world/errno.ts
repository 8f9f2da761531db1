// What a socket call can give back, by the names of POSIX <errno.h>. What each means in words: ../trace/errno-words.ts.

export const ERRNOS = [
  'EACCES',
  'EADDRINUSE',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EAGAIN',
  'EALREADY',
  'EBADF',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDESTADDRREQ',
  'EHOSTUNREACH',
  'EINPROGRESS',
  'EINVAL',
  'EISCONN',
  'EMSGSIZE',
  'ENETUNREACH',
  'ENODEV',
  'ENOPROTOOPT',
  'ENOTCONN',
  'EOPNOTSUPP',
  'EPERM',
  'EPIPE',
  'ETIMEDOUT',
] as const;
export type Errno = (typeof ERRNOS)[number];
