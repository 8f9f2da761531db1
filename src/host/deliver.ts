// A packet has reached its host. Whose is it? The four-tuple from the receiver's side, the lookup, the taker's will,
// and if nobody takes it the host's answer: RST for TCP, ICMP port unreachable for UDP. RFC 9293 §3.10.7.1, RFC 1122
// §4.1.3.1. One walk for every packet; each station is one function of the floor below.
import { type Found, findSocket } from '../demux/find.js';
import { findTakers } from '../demux/takers.js';
import { receiveIcmp, receiveSegment } from '../tcp/receive.js';
import { isBeyond, takeOver } from '../tcp/reopen.js';
import { reject } from '../tcp/reset.js';
import { receiveDatagram, receiveUdpError } from '../udp/datagram.js';
import { kindOf } from '../wire/address.js';
import {
  ACK,
  fourTupleOf,
  has,
  type IcmpError,
  RST,
  SYN,
  type TcpSegment,
  type UdpDatagram,
} from '../wire/packet.js';
import type { Fact, Sent } from '../world/facts.js';
import { isForManyBy, isLocalAddress } from '../world/interfaces.js';
import type { Kernel } from '../world/kernel.js';
import type { HostId, SocketId } from '../world/tables.js';

/** Logs what becomes of the packet: exactly one of delivered, refused. */
export function receivePacket(kernel: Kernel, host: HostId, sent: Sent, device: string): void {
  const { packet } = sent;
  if (packet.protocol === 'tcp') return receiveTcp(kernel, host, sent, packet, device);
  if (packet.protocol === 'udp') return receiveUdp(kernel, host, sent, packet, device);
  receiveError(kernel, host, sent, packet, device);
}

function receiveTcp(kernel: Kernel, host: HostId, sent: Sent, segment: TcpSegment, device: string): void {
  const found = findForSegment(kernel, host, segment, device);
  if (found === undefined) {
    const before = kernel.log.length;
    const answer = reject(kernel, host, segment, device) ? 'rst' : 'silence';
    return kernel.log.insert(before, refusedByNobody(host, sent, device, answer));
  }
  const { socket, rule, initial } = found;
  inherit(kernel, socket, sent);
  const before = kernel.log.length;
  const reception = receiveSegment(kernel, socket, segment, initial);
  if (reception.willing && reception.created !== undefined) inherit(kernel, reception.created, sent);
  const fact: Fact = reception.willing
    ? {
        kind: 'delivered',
        host,
        sent,
        device,
        socket,
        rule,
        created: reception.created,
        heard: reception.heard,
      }
    : { kind: 'refused', host, sent, device, socket, rule, answer: reception.answer, why: reception.why };
  kernel.log.insert(before, fact); // told before what followed from it
}

function receiveUdp(kernel: Kernel, host: HostId, sent: Sent, datagram: UdpDatagram, device: string): void {
  const isOneToMany = isForManyBy(kernel.world, host, datagram.destination, device);
  if (isOneToMany) return receiveCopies(kernel, host, sent, datagram, device);
  const found = findSocket(kernel.world, host, 'udp', fourTupleOf(datagram), device);
  if (found !== undefined) {
    kernel.log.add({
      kind: 'delivered',
      host,
      sent,
      device,
      socket: found.socket,
      rule: found.rule,
      created: undefined,
    });
    return receiveDatagram(kernel, found.socket, datagram);
  }
  const isOurs = isLocalAddress(kernel.world, host, datagram.destination);
  const answer = isOurs ? 'icmp' : 'silence';
  kernel.log.add(refusedByNobody(host, sent, device, answer));
  if (!isOurs) return; // Linux: it came back by `lo`, and there is no address to answer from
  const error: IcmpError = {
    protocol: 'icmp',
    source: datagram.destination,
    destination: datagram.source,
    error: 'port-unreachable',
    quoted: datagram,
  };
  kernel.transmit(host, error, {});
}

/** A copy to every socket that fits, and no answer if none does. */
function receiveCopies(
  kernel: Kernel,
  host: HostId,
  sent: Sent,
  datagram: UdpDatagram,
  device: string,
): void {
  const takers = findTakers(kernel.world, host, fourTupleOf(datagram), device);
  const rule = kindOf(datagram.destination) === 'multicast' ? 'multicast' : 'broadcast';
  for (const socket of takers) {
    kernel.log.add({ kind: 'delivered', host, sent, device, socket, rule, created: undefined });
    receiveDatagram(kernel, socket, datagram);
  }
  if (takers.length === 0) kernel.log.add(refusedByNobody(host, sent, device, 'silence'));
}

/** No socket is there for it. */
function refusedByNobody(host: HostId, sent: Sent, device: string, answer: 'rst' | 'icmp' | 'silence'): Fact {
  return { kind: 'refused', host, sent, device, socket: undefined, rule: undefined, answer };
}

/** A new SYN that meets a TIME-WAIT opens anew if somebody listens: RFC 9293 §3.6.1, MAY-2. */
function findForSegment(
  kernel: Kernel,
  host: HostId,
  segment: TcpSegment,
  device: string,
): (Found & { readonly initial?: number }) | undefined {
  const { sockets } = kernel.world;
  const found = findSocket(kernel.world, host, 'tcp', fourTupleOf(segment), device);
  const isOpening = has(segment, SYN) && !has(segment, ACK) && !has(segment, RST);
  if (found === undefined || !isOpening || sockets.state.get(found.socket) !== 'TIME-WAIT') return found;
  if (!isBeyond(kernel.world, found.socket, segment)) return found; // perhaps a late copy: an ACK asks its sender
  const listener = findSocket(
    kernel.world,
    host,
    'tcp',
    { ...fourTupleOf(segment), remoteAddress: '', remotePort: 0 },
    device,
  );
  if (listener === undefined) return found; // the TIME-WAIT answers with an ACK
  return { ...listener, initial: takeOver(kernel, found.socket) };
}

/** An ICMP error finds its socket by the packet it quotes, which this host sent: local is the quoted source. */
function receiveError(kernel: Kernel, host: HostId, sent: Sent, error: IcmpError, device: string): void {
  const { quoted } = error;
  const tuple = {
    localAddress: quoted.source,
    localPort: quoted.sourcePort,
    remoteAddress: quoted.destination,
    remotePort: quoted.destinationPort,
  };
  // Linux asks for the interface that the error itself came by, for UDP over IPv4 (__udp4_lib_err).
  const isByLoopback = sent.host === host && quoted.protocol === 'udp' && !quoted.source.includes(':');
  const asked = isByLoopback ? 'lo' : device;
  const found = findSocket(kernel.world, host, quoted.protocol, tuple, asked);
  if (found === undefined || !['exact', 'connected', 'connected-host'].includes(found.rule)) {
    kernel.log.add({
      kind: 'refused',
      host,
      sent,
      device: asked,
      socket: found?.socket,
      rule: found?.rule,
      answer: 'silence',
    });
    return;
  }
  kernel.log.add({
    kind: 'delivered',
    host,
    sent,
    device: asked,
    socket: found.socket,
    rule: found.rule,
    created: undefined,
  });
  if (quoted.protocol === 'udp') return receiveUdpError(kernel, found.socket, error);
  receiveIcmp(kernel, found.socket, error);
}

/** The socket takes part in the packet's conversation from now on, if it was in none. A listener never is. */
function inherit(kernel: Kernel, socket: SocketId, sent: Sent): void {
  const { sockets } = kernel.world;
  if (sent.conversation === undefined || sockets.state.get(socket) === 'LISTEN') return;
  if (!sockets.conversation.get(socket)) sockets.conversation.set(socket, sent.conversation);
}
