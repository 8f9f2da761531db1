// The TCP connections of a run as the simulator has them: how many, and how far each came, in the bits that Wireshark calls
// tcp.completeness. From the fact log: what was sent, and which states the sockets went through.
import type { Run } from '../../src/scenario/run.js';
import { isPassedOn } from '../../src/trace/capture.js';
import { readAt } from '../../src/trace/recording.js';
import { ACK, FIN, has, RST, SYN } from '../../src/wire/packet.js';
import { localAddressOf, remoteAddressOf, remotePortOf } from '../../src/world/sockets.js';
import type { SocketId } from '../../src/world/tables.js';

export interface Stream {
  readonly ends: string;
  /** SYN 1, SYN ACK 2, ACK 4, data 8, FIN 16, RST 32. */
  completeness: number;
  /** States that sockets of this four-tuple went to while it lasted. */
  readonly states: Set<string>;
  /** Who has said SYN: both, where two call each other at once. */
  readonly openers: Set<string>;
}

/** In order of their first segment. The same two ends that say SYN anew are another connection. */
export function streamsOf({ recording }: Run): readonly Stream[] {
  const { world, steps } = recording;
  const streams: Stream[] = [];
  const open = new Map<string, Stream>();
  const keyOf = (...ends: readonly string[]) => [...ends].sort().join(' ');
  const endsOf = (socket: SocketId, position: number) =>
    readAt(world, position, () => {
      if (!world.sockets.rows.has(socket)) return undefined;
      const own = `${localAddressOf(world, socket)}|${world.sockets.localPort.get(socket)}`;
      return keyOf(own, `${remoteAddressOf(world, socket)}|${remotePortOf(world, socket)}`);
    });
  const waiting: (() => void)[] = [];
  for (const step of steps) {
    for (const fact of step.facts) {
      if (fact.kind === 'state') {
        // Where the socket was when it went there: a new one has no peer before the step, a gone one none after it.
        for (const position of [step.before, step.after]) {
          const ends = endsOf(fact.socket, position);
          if (ends !== undefined) waiting.push(() => open.get(ends)?.states.add(fact.to));
        }
      }
      if (fact.kind !== 'sent' || fact.sent.packet.protocol !== 'tcp' || isPassedOn(fact.sent)) continue;
      const { packet } = fact.sent;
      const ends = keyOf(
        `${packet.source}|${packet.sourcePort}`,
        `${packet.destination}|${packet.destinationPort}`,
      );
      const opener = `${packet.source}|${packet.sourcePort}`;
      const isOpening = has(packet, SYN) && !has(packet, ACK) && !fact.isRetry;
      let stream = open.get(ends);
      if (stream === undefined || (isOpening && stream.openers.has(opener))) {
        stream = { ends, completeness: 0, states: new Set(), openers: new Set() };
        streams.push(stream);
        open.set(ends, stream);
      }
      if (isOpening) stream.openers.add(opener);
      if (has(packet, SYN)) stream.completeness |= has(packet, ACK) ? 2 : 1;
      else if (has(packet, ACK)) stream.completeness |= 4;
      if (packet.payload.length > 0) stream.completeness |= 8;
      if (has(packet, FIN)) stream.completeness |= 16;
      if (has(packet, RST)) stream.completeness |= 32;
    }
    for (const note of waiting.splice(0)) note();
  }
  return streams;
}
