// DHCP: who has no address asks everybody, from 0.0.0.0:68 to 255.255.255.255:67, and is answered the same way. RFC 2131 §3.1
// and §4.1. `xid` tells whose answer it is, since everybody hears them all. Left out: renewal, and giving an address back.
import type { Nanos } from '../../base/time.js';
import { assignToFirst } from '../../net/lab.js';
import { encodeText } from '../../wire/bytes.js';
import { addressesOf, interfacesOf } from '../../world/interfaces.js';
import type { HostId, SocketId, World } from '../../world/tables.js';
import { openSocket, sendTo } from '../deeds/deeds.js';
import type { Deed, Ended, Part, Program } from '../deeds/program.js';
import { type Desk, leave, type Talk, textOf } from './desk.js';
import { hear, isGone } from './hear.js';

const CLIENT_PORT = 68;
const SERVER_PORT = 67;
const EVERYBODY = '255.255.255.255';
/** RFC 2131 §4.1: the first wait, then twice as long each time; so often in all. */
const PATIENCE: Nanos = 4e9;
const ATTEMPTS = 4;

/** Server: offers the addresses of `pool` one after another; a client that asks again is offered the same one. */
export function serveDhcp(pool: readonly string[]): Talk {
  return function* (desk, socket) {
    const leases = new Map<string, string>();
    for (;;) {
      const line = textOf(yield hear(desk.world, desk.process, socket)) ?? '';
      if (isGone(desk.world, socket)) return { outcome: 'ok' };
      const [message = ''] = line.split(' ');
      const client = /xid=\d+/.exec(line)?.[0];
      if (client === undefined) continue;
      const taken = new Set(leases.values());
      const address = leases.get(client) ?? pool.find((each) => !taken.has(each));
      if (address === undefined) continue;
      leases.set(client, address);
      const wanted = line.split(' ')[1];
      if (message === 'DHCPDISCOVER') yield tell(desk, socket, CLIENT_PORT, `DHCPOFFER ${address} ${client}`);
      else if (message === 'DHCPREQUEST')
        yield tell(
          desk,
          socket,
          CLIENT_PORT,
          `${wanted === address ? 'DHCPACK' : 'DHCPNAK'} ${address} ${client}`,
        );
    }
  };
}

export interface LeaseWish {
  readonly host: HostId;
  readonly onSocket: (socket: SocketId) => void;
}

/** Client: discover, offer, request, acknowledge; then the host has the address. `timeout` if nobody offers one. */
export function* lease(desk: Desk, { host, onSocket }: LeaseWish): Program {
  const { world, process, simulation } = desk;
  const wish = { listens: false, backlog: 0, options: broadcasting(world, host) };
  const opened = yield openSocket(world, process, 'udp', { address: '', port: CLIENT_PORT }, wish);
  const { socket } = opened;
  if (opened.outcome !== 'ok' || socket === undefined) return opened;
  onSocket(socket);
  const xid = `xid=${[...world.hosts.rows].indexOf(host) + 1}`; // one client a host: the host's place is enough
  const offer = yield* asking(desk, socket, `DHCPDISCOVER ${xid}`, 'DHCPOFFER', xid);
  const [, offered = ''] = (textOf(offer) ?? '').split(' ');
  const answer =
    offer.outcome === 'ok'
      ? yield* asking(desk, socket, `DHCPREQUEST ${offered} ${xid}`, 'DHCPACK', xid)
      : offer;
  yield leave(desk, socket);
  if (answer.outcome !== 'ok') return answer;
  yield {
    work: () => {
      simulation.log.add({ kind: 'changed', host, change: 'assign', text: offered });
      assignToFirst(world, host, offered, 24);
    },
  };
  return { ...answer, data: encodeText(offered) };
}

/** Says it until the answer that is meant for this client comes; what others are told is passed over. */
function* asking(desk: Desk, socket: SocketId, text: string, wanted: string, xid: string): Part<Ended> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sent = yield tell(desk, socket, SERVER_PORT, text);
    if (sent.outcome !== 'ok') return sent;
    for (;;) {
      const heard = yield hear(desk.world, desk.process, socket, PATIENCE * 2 ** attempt);
      if (heard.outcome === 'EAGAIN') break;
      const line = textOf(heard);
      if (line === undefined) return heard;
      if (line.startsWith(`${wanted} `) && line.endsWith(` ${xid}`)) return heard;
    }
  }
  return { outcome: 'timeout' };
}

function tell({ world, process }: Desk, socket: SocketId, port: number, text: string): Deed {
  const to = { address: EVERYBODY, port };
  return sendTo(world, process, encodeText(text), to, { using: socket, onSocket: () => {} });
}

/** What both sides set before they bind: they broadcast, on the first network of their host. */
export function broadcasting(world: World, host: HostId): { mayBroadcast: true; device?: string } {
  const [first] = [...interfacesOf(world, host)].filter((id) => world.interfaces.network.get(id) !== 0);
  return {
    mayBroadcast: true,
    ...(first === undefined ? {} : { device: world.interfaces.device.get(first) }),
  };
}

/** Addresses to lease where the author names none: .100 to .199 of the server's own network. */
export function usualPool(world: World, host: HostId): readonly string[] {
  const own = addressesOf(world, host).find((address) => !address.includes(':'));
  if (own === undefined) return [];
  const network = own.split('.').slice(0, 3).join('.');
  return Array.from({ length: 100 }, (_, at) => `${network}.${100 + at}`);
}
