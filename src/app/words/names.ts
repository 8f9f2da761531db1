// What things are called when they are read aloud: sockets, packets, hosts, the signs of conversations; accessible names and
// tooltips. It refuses to know the picture. Who fills them in: ../present/names.ts. The whole table: ../messages.ts.
import { plural, words } from './speech.js';

interface SocketArguments {
  readonly protocol: string;
  readonly host: string;
  /** 0 before it has one. */
  readonly port: number;
  readonly state: string;
  readonly peer: string | undefined;
  readonly mark: string | undefined;
  readonly program: string | undefined;
  readonly waiting: number;
  readonly unread: { readonly count: number; readonly of: 'bytes' | 'datagrams' };
}

export const names = {
  marks: {
    circle: 'circle',
    triangle: 'triangle',
    square: 'square',
    diamond: 'diamond',
    star: 'star',
    hexagon: 'hexagon',
  },
  anyAddress: 'any address',
  endpoint: (place: string, port: number) => words`${place} port ${port}`,
  /** `TCP socket, web port 80, ESTABLISHED with laptop port 51004, circle, nginx`. */
  socket: ({ protocol, host, port, state, peer, mark, program, waiting, unread }: SocketArguments) =>
    [
      words`${protocol} socket`,
      port === 0 ? words`${host} no port yet` : words`${host} port ${port}`,
      peer === undefined ? state : words`${state} with ${peer}`,
      mark,
      program ?? words`no program`,
      waiting > 0 ? words`${waiting} waiting for accept` : undefined,
      unread.count === 0 ? undefined : names.unread(unread),
    ]
      .filter((part) => part !== undefined)
      .join(', '),
  unread: ({ count, of }: SocketArguments['unread']): string =>
    of === 'bytes'
      ? plural(count, { one: words`${count} byte unread`, other: words`${count} bytes unread` })
      : plural(count, { one: words`${count} datagram unread`, other: words`${count} datagrams unread` }),
  /** `TCP segment SYN from laptop port 51004 to web port 80`. */
  packet: (protocol: 'tcp' | 'udp' | 'icmp', flags: string, from: string, to: string, about?: string) => {
    const kind = { tcp: words`TCP segment`, udp: words`UDP datagram`, icmp: words`ICMP message` }[protocol];
    const named = flags === '' ? kind : `${kind} ${flags}`;
    return about === undefined
      ? words`${named} from ${from} to ${to}`
      : words`${named} from ${from} to ${to}, about ${about}`;
  },
  quoted: (protocol: string, from: string, to: string) => words`${protocol} ${from} to ${to}`,
  host: (name: string, addresses: string, count: number) =>
    plural(count, {
      one: words`${name}, ${addresses}, ${count} socket`,
      other: words`${name}, ${addresses}, ${count} sockets`,
    }),
};
