// The small sign of a step on its lane: what a reader skims for. One step, one glyph, the most telling of its facts.
import { flagWord } from '../wire/notation.js';
import type { Packet } from '../wire/packet.js';
import type { RecordedStep } from './recording.js';
import type { StepView } from './scene.js';

export function glyphOf(step: RecordedStep): StepView['glyph'] {
  for (const fact of step.facts) {
    if (fact.kind === 'dropped') return 'drop';
    if (fact.kind === 'arrived') return ofPacket(fact.sent.packet);
    if (
      fact.kind === 'called' &&
      fact.outcome !== 'ok' &&
      fact.outcome !== 'pending' &&
      fact.outcome !== 'eof'
    )
      return 'error';
    if (fact.kind === 'called' && fact.call === 'listen') return 'listen';
  }
  const sent = step.facts.find((fact) => fact.kind === 'sent');
  if (sent?.kind === 'sent') return ofPacket(sent.sent.packet);
  return step.kind === 'timer' ? 'timer' : 'call';
}

function ofPacket(packet: Packet): StepView['glyph'] {
  if (packet.protocol === 'udp') return 'datagram';
  if (packet.protocol === 'icmp') return 'icmp';
  const glyphs = { SYN: 'syn', 'SYN-ACK': 'syn', ACK: 'ack', FIN: 'fin', RST: 'rst', DATA: 'data' } as const;
  return glyphs[flagWord(packet)];
}
