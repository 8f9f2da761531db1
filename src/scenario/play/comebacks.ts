// What a host remembers over a restart: which of its processes listened where, as their `serve` and `listen` lines said. Each
// says it again, with the same label; what else they did is forgotten.
import { localAddressOf } from '../../world/sockets.js';
import type { HostId, SocketId, World } from '../../world/tables.js';
import type { NamedProcess } from '../cast/directory.js';
import type { Actor } from '../deeds/actor.js';
import type { Program } from '../deeds/program.js';
import type { Act } from '../schema/calls.js';
import type { Verb } from '../schema/verb-names.js';
import { programOf } from './acts.js';

interface Opening {
  readonly who: NamedProcess;
  readonly verb: Verb;
  readonly act: Act;
}

export class Comebacks {
  /** By who opened what: the same said twice counts once. */
  private readonly openings = new Map<string, Opening>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** A line that came off. `socket`: the listener that it gave. */
  note(who: NamedProcess, verb: Verb, act: Act, socket: SocketId | undefined): void {
    if (verb !== 'serve' && verb !== 'listen') return;
    const again = verb === 'listen' && socket !== undefined ? { ...act, ...this.placeOf(socket) } : act;
    const key = JSON.stringify([who.process, verb, again[verb]]);
    this.openings.delete(key);
    this.openings.set(key, { who, verb, act: again });
  }

  /** Every process of the host opens again what it had opened, one after another. Ends with the first refusal. */
  *of(host: HostId, actorOf: (who: NamedProcess) => Actor): Program {
    for (const { who, verb, act } of [...this.openings.values()]) {
      if (who.host !== host || this.world.processes.isForked.get(who.process)) continue;
      const program = programOf(actorOf(who), verb, act);
      if (program === undefined || typeof program === 'string') continue;
      const result = yield* program;
      if (result.outcome !== 'ok') return result;
    }
    return { outcome: 'ok' };
  }

  /** A listener that was bound before, or had its port picked, comes back by its place and not by its label. */
  private placeOf(socket: SocketId): Partial<Act> {
    const { sockets } = this.world;
    const address = localAddressOf(this.world, socket);
    const type = sockets.isV6.get(socket) ? 'tcp6' : 'tcp';
    const place = address === '' ? 'any' : address.includes(':') ? `[${address}]` : address;
    return {
      listen: `${type} ${place}:${sockets.localPort.get(socket)}`,
      reuseaddr: sockets.mayRebind.get(socket),
      reuseport: sockets.sharesPort.get(socket),
    };
  }
}
