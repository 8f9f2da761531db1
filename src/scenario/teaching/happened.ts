// Every word that a run has used, and since which step: states that sockets were in, what calls gave, ports and addresses on the wire and at home.
import { type Recording, readAt } from '../../trace/recording.js';
import type { Packet } from '../../wire/packet.js';
import type { Fact } from '../../world/facts.js';

/** Each word with the number of the first step that uses it, 1 … total. */
export function wordsOf({ world, steps, start }: Recording): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (all: readonly (string | number | undefined)[], step: number) => {
    for (const each of all) if (each !== undefined && !words.has(String(each))) words.set(String(each), step);
  };
  for (const step of steps) for (const fact of step.facts) add(wordsOfFact(fact), step.index + 1);
  readAt(world, steps.at(-1)?.after ?? start, () => {
    for (const socket of world.sockets.rows)
      add([world.sockets.localPort.get(socket), world.sockets.state.get(socket)], steps.length);
  });
  return words;
}

function wordsOfFact(fact: Fact): readonly (string | number | undefined)[] {
  switch (fact.kind) {
    case 'called':
    case 'returned':
      return [fact.outcome, fact.port, fact.address];
    case 'told':
      return [fact.errno];
    case 'state':
      return [fact.from, fact.to];
    case 'freed':
      return [fact.port];
    case 'mapping':
      return [fact.inside, fact.outside, fact.peer].flatMap(({ address, port }) => [address, port]);
    case 'sent':
      return wordsOfPacket(fact.sent.packet);
    default:
      return [];
  }
}

function wordsOfPacket(packet: Packet): readonly (string | number)[] {
  const ends = [packet.source, packet.destination];
  return packet.protocol === 'icmp' ? ends : [...ends, packet.sourcePort, packet.destinationPort];
}
