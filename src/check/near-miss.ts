// The nearest miss: of everything that happened, what differs from an expected event in the fewest fields. Each field is
// asked alone, of the same rules that judge the whole (../scenario/holds/holds.ts), with every other field left open.

import { type EventValue, matchesEvent } from '../scenario/holds/holds.js';
import type { Fact } from '../scenario/schema/facts.js';
import { flagWord } from '../wire/notation.js';
import { ERRNOS } from '../world/errno.js';
import type { Fact as LogFact } from '../world/facts.js';
import { type Evidence, type Stretch, walk } from './evidence.js';
import { logWords, nameOfSource, payloadOf, processWords, ruleWord, socketWords } from './log-words.js';
import { anyPacket, type Field, packetFields } from './packet-fields.js';

export interface Miss {
  /** 1 … total. */
  readonly step: number;
  /** What happened there, and each field that differs with both values. */
  readonly words: string;
}

/**
 * The first of those that differ in the fewest fields; undefined if nothing has a field in common. For a delivery
 * that never came: where its packet was refused or lost, if it was. `spelt`: the fact as the author wrote it.
 */
export function nearestMiss(
  evidence: Evidence,
  stretch: Stretch,
  fact: EventValue,
  spelt: Fact,
): Miss | undefined {
  let best: Miss | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  let isOtherText = true;
  walk(evidence, stretch, ({ step, log }) => {
    const fields = fieldsOf(evidence, fact, spelt, log);
    const wrong = fields.filter((field) => !field.fits);
    const isNear = wrong.length > 0 && (wrong.length < fields.length || fields.length === 1);
    const isOther = wrong.some(({ name }) => name === 'text');
    // Of two that differ in as many fields, the one that carries what was asked for is nearer.
    const distance = wrong.length + (isOther ? 0.5 : 0);
    if (!isNear || distance >= fewest) return undefined;
    fewest = distance;
    isOtherText = isOther;
    const differences = wrong.map(({ name, expected, got }) => `${name} is ${got}, not ${expected}`);
    best = { step, words: `${logWords(evidence, log)}; ${differences.join(', ')}` };
    return undefined;
  });
  const lost = isOtherText && fact.kind === 'delivered' ? notDelivered(evidence, stretch, fact) : undefined;
  return lost ?? best;
}

/** The fields that the author asked for, each with what this happening has there; none if the two cannot be compared. */
function fieldsOf(evidence: Evidence, fact: EventValue, spelt: Fact, log: LogFact): readonly Field[] {
  const { world, directory } = evidence;
  const fits = (alone: EventValue) => matchesEvent(world, directory, alone, log);
  switch (fact.kind) {
    case 'packet':
    case 'dropped':
      return packetFields(evidence, fact, spelt, log, fits);
    case 'error': {
      if (log.kind !== 'called' && log.kind !== 'returned') return [];
      const errno = ERRNOS.find((each) => each === log.outcome);
      if (errno === undefined) return [];
      const to = processWords(evidence, log.process);
      return [
        { name: 'error', fits: fits({ ...fact, to: undefined }), expected: fact.errno, got: errno },
        ...asked('receiver', spelt.to, fits({ ...fact, errno }), to),
      ];
    }
    case 'delivered': {
      if (log.kind !== 'delivered') return [];
      const { packet } = log.sent;
      const open = { ...fact, text: 'any', to: undefined, from: undefined, by: undefined };
      const word = packet.protocol === 'tcp' ? flagWord(packet) : packet.protocol;
      const text = payloadOf(packet) === '' ? word : `“${payloadOf(packet)}”`;
      return [
        ...asked('text', textAsked(fact.text), fits({ ...open, text: fact.text }), text),
        ...asked('receiver', spelt.to, fits({ ...open, to: fact.to }), socketWords(evidence, log.socket)),
        ...asked('sender', spelt.from, fits({ ...open, from: fact.from }), nameOfSource(evidence, packet)),
        ...asked('rule', fact.by, fits({ ...open, by: fact.by }), ruleWord(log.rule)),
      ];
    }
  }
}

/** Payload in quotation marks; SYN is a flag, and `any` asks for nothing. */
function textAsked(text: string): string | undefined {
  if (text === 'any') return undefined;
  return text === 'SYN' ? text : `“${text}”`;
}

/** One field, if the author asked for it. */
function asked(
  name: string,
  expected: string | number | undefined,
  fits: boolean,
  got: string,
): readonly Field[] {
  return expected === undefined ? [] : [{ name, fits, expected: String(expected), got }];
}

/** A packet with the expected text that was refused or lost. */
function notDelivered(
  evidence: Evidence,
  stretch: Stretch,
  fact: Extract<EventValue, { kind: 'delivered' }>,
): Miss | undefined {
  if (fact.text === 'any') return undefined;
  const { world, directory } = evidence;
  let found: Miss | undefined;
  walk(evidence, stretch, ({ step, log }) => {
    if (log.kind !== 'refused' && log.kind !== 'dropped') return undefined;
    const { sent, host } = log;
    const isSyn = fact.text === 'SYN';
    const isFlag = isSyn && sent.packet.protocol === 'tcp' ? ({ flag: 'SYN' } as const) : {};
    const packet = { ...anyPacket(sent.packet), ...isFlag };
    const alike: EventValue = {
      kind: 'packet',
      packet,
      where: undefined,
      text: isSyn ? undefined : fact.text,
      times: fact.times,
    };
    const asSent: LogFact = { kind: 'sent', host: host ?? sent.host, sent, to: host, isRetry: false };
    if ((isSyn && sent.packet.protocol !== 'tcp') || !matchesEvent(world, directory, alike, asSent))
      return undefined;
    found = { step, words: logWords(evidence, log) };
    return true;
  });
  return found;
}
