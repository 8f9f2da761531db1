// Facts that are long past, as words instead of objects: a packet from sender to socket takes 100 bytes where its facts took
// some 700. What comes in numbers (segments, datagrams, states) has a form of its own; whatever has none stays as it is.
// It only keeps and gives back. Which facts are long past is fact-log.ts; what they are, facts.ts.
import { invariant } from '../base/invariant.js';
import { Words } from '../base/words.js';
import type { Bytes } from '../wire/bytes.js';
import type { Packet } from '../wire/packet.js';
import { type Fact, SEND_REASONS, type Sent } from './facts.js';
import type { ConversationId, HostId, SocketId, SocketState } from './tables.js';

/** How a fact was packed: the low bits of its first word. */
const WHOLE = 0;
const SEGMENT = 1;
const DATAGRAM = 2;
const ARRIVED = 3;
const DELIVERED = 4;
const DELIVERED_TO_NEW = 5;
const STATE = 6;
const KIND_BITS = 3;
/** Words that the system knows (rules, events, states, devices) are few: three fit beside the kind. */
const NAME_BITS = 9;
const MOST_NAMES = 1 << NAME_BITS;

type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

export class PackedFacts {
  private readonly words = new Words();
  /** Where the words of each fact begin; and by number those of a packet's `sent`, plus 1, or 0. */
  private readonly starts = new Words();
  private readonly sentAt = new Words();
  private readonly wholes: Fact[] = [];
  private readonly texts = new Codes();
  private readonly names = new Codes();

  get length(): number {
    return this.starts.length;
  }

  add(fact: Fact): void {
    const start = this.words.length;
    this.starts.push(start);
    if (this.addInWords(fact, start)) return;
    this.words.push(WHOLE);
    this.words.push(this.wholes.push(fact) - 1);
  }

  private addInWords(fact: Fact, start: number): boolean {
    switch (fact.kind) {
      case 'sent':
        return this.addSent(fact, start);
      case 'arrived':
        return this.addArrived(fact);
      case 'delivered':
        return this.addDelivered(fact);
      case 'state':
        return this.addState(fact);
      default:
        return false;
    }
  }

  /** Those from number `from` up to `to`, in order. What is one packet in several of them is one object. */
  between(from: number, to: number): Fact[] {
    const packets = new Map<number, Sent>();
    return Array.from({ length: Math.max(0, to - from) }, (_, index) =>
      this.read(this.starts.at(from + index), packets),
    );
  }

  /** Gives those from number `from` on, and keeps them no longer. */
  takeBack(from: number): Fact[] {
    const facts = this.between(from, this.length);
    if (facts.length > 0) this.words.truncate(this.starts.at(from));
    this.starts.truncate(from);
    return facts;
  }

  /** Only a packet as its sender made it, and as they usually are. */
  private addSent({ host, sent, to, isRetry, why }: FactOf<'sent'>, start: number): boolean {
    const { packet, owners, number } = sent;
    const isUsual = sent.passage === undefined && sent.host === host && owners.source === host;
    if (!isUsual || packet.protocol === 'icmp' || packet.ttl !== undefined) return false;
    const isTcp = packet.protocol === 'tcp';
    if (isTcp && packet.mss === 0) return false;
    while (this.sentAt.length <= number) this.sentAt.push(0);
    this.sentAt.set(number, start + 1);
    const { words, texts } = this;
    const reason = why === undefined ? 0 : SEND_REASONS.indexOf(why) + 1;
    const flags = isTcp ? packet.flags : 0;
    words.push((isTcp ? SEGMENT : DATAGRAM) | (Number(isRetry) << 3) | (reason << 4) | (flags << 8));
    words.push(number);
    words.push(host);
    words.push(to ?? 0);
    words.push(sent.socket ?? 0);
    words.push(sent.conversation ?? 0);
    words.push(owners.destination ?? 0);
    words.push(texts.codeOf(packet.source));
    words.push(texts.codeOf(packet.destination));
    words.push((packet.sourcePort << 16) | packet.destinationPort);
    words.push(texts.codeOf(packet.payload));
    if (!isTcp) return true;
    words.push(packet.sequence);
    words.push(packet.acknowledgment);
    words.push((packet.window << 16) | (packet.mss ?? 0));
    return true;
  }

  private addArrived({ host, sent }: FactOf<'arrived'>): boolean {
    if (!this.isPacked(sent)) return false;
    this.words.push(ARRIVED);
    this.words.push(host);
    this.words.push(sent.number);
    return true;
  }

  private addDelivered({ host, sent, device, socket, rule, created, heard }: FactOf<'delivered'>): boolean {
    if (!this.isPacked(sent) || heard?.length === 0) return false;
    const named = this.named(device, rule, heard?.join());
    if (named === undefined) return false;
    this.words.push((created === undefined ? DELIVERED : DELIVERED_TO_NEW) | named);
    this.words.push(host);
    this.words.push(sent.number);
    this.words.push(socket);
    if (created !== undefined) this.words.push(created);
    return true;
  }

  private addState({ socket, from, to, event }: FactOf<'state'>): boolean {
    const named = this.named(from, to, event);
    if (named === undefined) return false;
    this.words.push(STATE | named);
    this.words.push(socket);
    return true;
  }

  /** A packet that a router has written anew is another object under the same number. */
  private isPacked({ number, passage }: Sent): boolean {
    return passage === undefined && number < this.sentAt.length && this.sentAt.at(number) !== 0;
  }

  private read(start: number, packets: Map<number, Sent>): Fact {
    const { words } = this;
    const head = words.at(start);
    const host = words.at(start + 1) as HostId;
    const kind = head & ((1 << KIND_BITS) - 1);
    switch (kind) {
      case SEGMENT:
      case DATAGRAM: {
        const sent = this.packet(words.at(start + 1), packets);
        const to = (words.at(start + 3) || undefined) as HostId | undefined;
        const why = SEND_REASONS[((head >> 4) & 15) - 1];
        return { kind: 'sent', host: sent.host, sent, to, isRetry: ((head >> 3) & 1) === 1, why };
      }
      case ARRIVED:
        return { kind: 'arrived', host, sent: this.packet(words.at(start + 2), packets) };
      case DELIVERED:
      case DELIVERED_TO_NEW: {
        const [device = '', rule = '', heard] = this.namesOf(head);
        return {
          kind: 'delivered',
          host,
          sent: this.packet(words.at(start + 2), packets),
          device,
          socket: words.at(start + 3) as SocketId,
          rule,
          created: kind === DELIVERED ? undefined : (words.at(start + 4) as SocketId),
          heard: heard?.split(','),
        };
      }
      case STATE: {
        const [from, to, event] = this.namesOf(head) as [SocketState, SocketState, string | undefined];
        const fact = { kind: 'state', socket: words.at(start + 1) as SocketId, from, to } as const;
        return event === undefined ? fact : { ...fact, event };
      }
      default: {
        const fact = this.wholes[words.at(start + 1)];
        invariant(fact !== undefined, 'a fact that was kept whole is there');
        return fact;
      }
    }
  }

  /** The packet of this number, made anew unless that was done in the same look. */
  private packet(number: number, packets: Map<number, Sent>): Sent {
    const known = packets.get(number);
    if (known !== undefined) return known;
    const { words } = this;
    const start = this.sentAt.at(number) - 1;
    const host = words.at(start + 2) as HostId;
    const sent: Sent = {
      number,
      packet: this.packetAt(start),
      host,
      socket: (words.at(start + 4) || undefined) as SocketId | undefined,
      conversation: (words.at(start + 5) || undefined) as ConversationId | undefined,
      owners: { source: host, destination: (words.at(start + 6) || undefined) as HostId | undefined },
      passage: undefined,
    };
    packets.set(number, sent);
    return sent;
  }

  private packetAt(start: number): Packet {
    const { words, texts } = this;
    const head = words.at(start);
    const ports = words.at(start + 9);
    const ported = {
      source: texts.textOf(words.at(start + 7)),
      destination: texts.textOf(words.at(start + 8)),
      sourcePort: ports >>> 16,
      destinationPort: ports & 0xffff,
      payload: texts.textOf(words.at(start + 10)) as Bytes,
    };
    if ((head & ((1 << KIND_BITS) - 1)) === DATAGRAM) return { protocol: 'udp', ...ported };
    const window = words.at(start + 13);
    return {
      protocol: 'tcp',
      ...ported,
      sequence: words.at(start + 11),
      acknowledgment: words.at(start + 12),
      flags: (head >> 8) & 0xff,
      window: window >>> 16,
      mss: window & 0xffff || undefined,
    };
  }

  /** Three names, the last perhaps none, above the kind; undefined if there is no room for a name as rare as that. */
  private named(one: string, two: string, three: string | undefined): number | undefined {
    let bits = three === undefined ? 0 : this.names.codeOf(three) + 1;
    for (const name of [two, one]) bits = bits * MOST_NAMES + this.names.codeOf(name);
    return this.names.size < MOST_NAMES ? bits << KIND_BITS : undefined;
  }

  private namesOf(head: number): [string, string, string | undefined] {
    const [one, two, three] = [0, 1, 2].map(
      (place) => (head >>> (KIND_BITS + NAME_BITS * place)) % MOST_NAMES,
    );
    const name = (code = 0) => this.names.textOf(code);
    return [name(one), name(two), three ? name(three - 1) : undefined];
  }
}

/** Texts by small numbers, in order of first sight. */
class Codes {
  private readonly texts: string[] = [];
  private readonly codes = new Map<string, number>();

  get size(): number {
    return this.texts.length;
  }

  codeOf(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    this.codes.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  textOf(code: number): string {
    const text = this.texts[code];
    invariant(text !== undefined, 'a text that was kept is there');
    return text;
  }
}
