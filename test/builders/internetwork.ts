// Several networks with routers between them, for tests: hosts behind gateways, NATs with any behaviour, rules for ports.
// The network called `wan` is 203.0.113.0/24; what stands behind a router is whatever its addresses say, a /24 each.
import { assignAddress } from '../../src/net/lab.js';
import { addForward, addNat, type NatBehaviour } from '../../src/net/nat-behaviour.js';
import { LINUX_PORTS } from '../../src/ports/profiles.js';
import { decodeText, encodeText } from '../../src/wire/bytes.js';
import type { Endpoint } from '../../src/wire/packet.js';
import { addRoute } from '../../src/world/routes.js';
import type { HostId, NetworkId, ProcessId, SocketId } from '../../src/world/tables.js';
import { MILLI, Net } from './network.js';

export interface Place {
  /** Network and address, one for each interface: eth0, eth1 … */
  readonly on: readonly (readonly [network: string, address: string])[];
  /** Its default route. */
  readonly via?: string;
}
export interface RouterPlace extends Place {
  /** Translates what leaves by eth0. */
  readonly nat?: NatBehaviour;
  readonly forward?: readonly {
    readonly protocol: 'tcp' | 'udp';
    readonly port: number;
    readonly to: Endpoint;
  }[];
}

export class Internetwork extends Net {
  private readonly networks = new Map<string, NetworkId>();

  constructor(
    hosts: Readonly<Record<string, Place>>,
    routers: Readonly<Record<string, RouterPlace>>,
    seed = 1,
  ) {
    super({}, { seed });
    this.event(() => {
      for (const [name, place] of Object.entries(hosts)) this.join(name, place);
      for (const [name, place] of Object.entries(routers)) {
        const host = this.join(name, place);
        this.world.hosts.forwards.set(host, true);
        if (place.nat) addNat(this.world, host, 'eth0', place.nat);
        for (const rule of place.forward ?? [])
          addForward(this.world, host, { ...rule, address: place.on[0]?.[1] ?? '' });
      }
    });
  }

  private join(name: string, { on, via }: Place): HostId {
    const { world } = this;
    const host = world.hosts.rows.create();
    this.hosts.set(name, host);
    world.hosts.name.set(host, name);
    world.hosts.privilegedBelow.set(host, LINUX_PORTS.privilegedBelow);
    world.hosts.ephemeralLow.set(host, LINUX_PORTS.ephemeralLow);
    world.hosts.ephemeralHigh.set(host, LINUX_PORTS.ephemeralHigh);
    for (const [index, [network, address]] of on.entries())
      assignAddress(world, host, {
        address,
        prefix: 24,
        device: `eth${index}`,
        network: this.network(network),
      });
    if (via !== undefined) addRoute(world, host, { destination: '0.0.0.0', prefix: 0, via, device: '' });
    return host;
  }

  private network(name: string): NetworkId {
    const known = this.networks.get(name);
    if (known !== undefined) return known;
    const network = this.world.networks.rows.create();
    this.world.networks.name.set(network, name);
    this.world.networks.delay.set(network, MILLI);
    this.networks.set(name, network);
    return network;
  }

  /** A datagram, and everything that follows from it at once. */
  sendTo(from: Bound, address: string, port: number, text = 'x'): void {
    const { process, socket } = from;
    this.call(process, { call: 'sendto', socket, data: encodeText(text), address, port });
    this.settle();
  }

  /** What has come to a UDP socket since one looked last: `text from address:port`, errors as `!NAME`. */
  heard({ process, socket }: Bound): string[] {
    const heard: string[] = [];
    for (;;) {
      const { outcome, data, from } = this.call(process, { call: 'recvfrom', socket });
      if (outcome === 'pending') return heard;
      heard.push(
        outcome === 'ok'
          ? `${decodeText(data ?? encodeText(''))} from ${from?.address}:${from?.port}`
          : `!${outcome}`,
      );
    }
  }

  /** A UDP socket that is bound on a host. */
  udp(host: string, port: number): Bound {
    const process = this.process(host);
    return { process, socket: this.bound(process, 'udp', port) };
  }

  /** What connect() gives, all its time let run. */
  dial(host: string, address: string, port: number, from = 0): { outcome: string; after: number; at: Bound } {
    const start = this.now;
    const process = this.process(host);
    const { socket, call } = this.caller(process, address, port, from);
    this.settle();
    while (call.result === undefined && this.simulation.engine.step());
    const at = { process, socket };
    return { outcome: call.result?.outcome ?? 'pending', after: this.now - start, at };
  }
}

export interface Bound {
  readonly process: ProcessId;
  readonly socket: SocketId;
}
