// What the interface says about the socket table: its head, what to read in it at a step, and a row's small print.
// It refuses to know sockets; names and numbers are filled in. The whole table of messages: ../messages.ts.
import { plural, words } from './speech.js';

export const table = {
  title: (host: string) => words`Sockets on ${host}`,
  hint: 'our end is local, their end is the peer',
  hints: {
    nobody: (protocol: string, port: number) => words`no ${protocol} row has port ${port} on our end`,
    otherAddress: (port: number) =>
      words`the :${port} row is bound to another address than the one asked for`,
    copies: (count: number, port: number) =>
      words`${count} rows take what is for :${port}, and each gets a copy`,
    equals: (port: number) => words`the :${port} rows fit equally well, and one of them is picked`,
    noPeer: (port: number) => words`the :${port} rows have other peers: none has these four numbers`,
    newcomer: (port: number) => words`no :${port} row had this peer, so the one without a peer is asked`,
    anybody: (port: number) => words`the :${port} row names no peer: it hears anybody`,
    only: (port: number) => words`one row has :${port} on our end, and its peer is the sender`,
    same: (port: number) => words`our end is the same on every :${port} row; only the peer tells them apart`,
  },
  none: (host: string) => words`No sockets on ${host}.`,
  netid: 'Netid',
  state: 'State',
  local: 'Local address:port',
  ours: 'our end',
  peer: 'Peer address:port',
  theirs: 'their end',
  process: 'Process',
  judged: (name: string, verdict: string) => words`${name}: ${verdict}`,
  asked: (kind: 'segment' | 'datagram' | 'message') =>
    ({ segment: words`This segment?`, datagram: words`This datagram?`, message: words`This message?` })[kind],
  pickHost: 'Host of the table',
  asText: 'as',
  asTextTool: 'ss -tuanp',
  copy: 'Copy',
  copied: 'Copied',
  textName: (host: string) => words`Sockets on ${host} as ss -tuanp prints them`,
  queued: (count: number, backlog: number) => words`${count} waiting, backlog ${backlog}`,
  unread: (count: number, protocol: string) =>
    words`${count} ${protocol === 'tcp' ? plural(count, { one: words`byte`, other: words`bytes` }) : plural(count, { one: words`datagram`, other: words`datagrams` })} unread`,
  match: '✓',
  reject: '✕',
};
