// Socket options, and packets to be lost, as the recordings spell them, in the words of the simulator.
import { NANOS_PER_SECOND } from '../../src/base/time.js';
import type { SocketOptions } from '../../src/host/call.js';
import type { addForward } from '../../src/net/nat-behaviour.js';
import { DROP_MATCHES, type DropMatch } from '../../src/world/network-tables.js';
import type { Op } from './recording.js';
import { unplayable } from './unplayable.js';

export function readOption(name: string, value: unknown): SocketOptions {
  const isOn = Boolean(value);
  switch (name) {
    case 'reuseaddr':
      return { mayRebind: isOn };
    case 'reuseport':
      return { sharesPort: isOn };
    case 'v6only':
      return { v6Only: isOn };
    case 'broadcast':
      return { mayBroadcast: isOn };
    case 'keepalive':
      return { keepsAlive: isOn };
    case 'linger':
      return { linger: typeof value === 'number' && value >= 0 ? value * NANOS_PER_SECOND : 'off' };
    case 'bindtodevice':
      return { device: String(value) };
    case 'bind_address_no_port':
      return { bindsAddressOnly: isOn };
    case 'freebind':
      return { mayBindForeign: isOn };
    case 'local_port_range': {
      const [low, high] = pairOf(value).map(Number);
      return { portRange: { low: low ?? 0, high: high ?? 0 } };
    }
    case 'multicast_loop':
      return { loopsMulticast: isOn };
    case 'multicast_all':
      return { hearsAllGroups: isOn };
    case 'multicast_ttl':
      return { multicastHops: Number(value) };
    case 'multicast_if':
      return { multicastFrom: String(value) };
    case 'join':
    case 'leave': {
      const [group = '', on = ''] = pairOf(value).map(String);
      return name === 'join' ? { join: { group, on } } : { leave: { group, on } };
    }
    default:
      return unplayable(`setsockopt ${name}`);
  }
}

function pairOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Which packets a host is to lose. */
export function readMatch(text: string): DropMatch {
  return DROP_MATCHES.find((match) => match === text) ?? unplayable(`drop ${text}`);
}

/** A rule for a port: what is for it goes elsewhere. */
export function readForward({
  proto,
  dport = 0,
  daddr = '',
  to = '',
  local,
}: Op): Parameters<typeof addForward>[2] {
  const [address = '', port = ''] = to.split(':');
  const protocol = proto === 'tcp' || proto === 'udp' ? proto : unplayable(`dnat of ${proto}`);
  return {
    protocol,
    address: daddr,
    port: dport,
    to: { address, port: Number(port) },
    isForOwn: local ?? false,
  };
}
