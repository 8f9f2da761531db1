// The thirteen conversations of RFC 9293's figures (rfc9293-transitions.json, `scenarios`) between two real hosts: each step
// is a call, or the arrival of the next segment, or a timeout; after it both states, and what was put on the wire, are as
// written. Numbers are the figures' own: each side's are shifted by a constant.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { receivePacket } from '../../src/host/deliver.js';
import { closeDescriptor } from '../../src/host/descriptors.js';
import { setSystem } from '../../src/ports/profiles.js';
import { release } from '../../src/tcp/release.js';
import { NO_BYTES } from '../../src/wire/bytes.js';
import { PSH, RST, SYN, type TcpSegment } from '../../src/wire/packet.js';
import { distance, plus } from '../../src/wire/sequence.js';
import { removeSocket } from '../../src/world/sockets.js';
import type { ConnectionId, ProcessId, SocketId } from '../../src/world/tables.js';
import { FLAGS, type FlagName } from '../builders/half.js';
import { Net } from '../builders/network.js';

type Who = 'A' | 'B';
interface Step {
  readonly who: Who;
  readonly event: string;
  readonly A: string;
  readonly B: string;
  readonly note?: string;
  readonly wire?: {
    readonly from: Who;
    readonly flags: readonly FlagName[];
    readonly seq: number;
    readonly ack?: number;
    readonly len?: number;
  };
}
interface Story {
  readonly id: string;
  readonly start?: Partial<Record<Who, string>>;
  readonly steps: readonly Step[];
}
const { scenarios }: { scenarios: Story[] } = JSON.parse(
  readFileSync(new URL('rfc9293-transitions.json', import.meta.url), 'utf8'),
);

const ADDRESS = { A: '10.0.0.1', B: '10.0.0.2' } as const;
const PORT = { A: 5000, B: 80 } as const;
const other = (who: Who): Who => (who === 'A' ? 'B' : 'A');

/** Segments that come from nowhere: old duplicates and forgeries, by story and step. */
const STRAYS: Readonly<Record<string, Readonly<Record<number, { flags: number; seq: number }>>>> = {
  'old-duplicate-syn': { 2: { flags: SYN, seq: 90 } },
  'old-duplicate-syn-two-passive': { 0: { flags: SYN, seq: 60 } },
  'challenge-ack-for-in-window-rst': { 0: { flags: RST, seq: 400 }, 1: { flags: RST, seq: 300 } },
};

class Stage {
  readonly net = new Net({ A: ADDRESS.A, B: ADDRESS.B });
  private readonly process: Record<Who, ProcessId>;
  private readonly socket: Partial<Record<Who, SocketId>> = {};
  /** What to add to a figure's number of this side to get the one on the wire. */
  private readonly shifts: Record<Who, number[]> = { A: [], B: [] };

  constructor(story: Story) {
    for (const who of ['A', 'B'] as const)
      this.net.event(() => setSystem(this.net.world, this.net.host(who), 'textbook'));
    this.process = { A: this.net.process('A'), B: this.net.process('B') };
    const start = story.start ?? {};
    for (const who of ['A', 'B'] as const) if (start[who] === 'LISTEN') this.listen(who);
    const isTogether = /ESTABLISHED|TIME_WAIT/.test(`${start.A} ${start.B}`);
    if (isTogether) this.establish(start, story.id);
    this.cut();
  }

  /** An ESTABLISHED pair, or what became of it; numbers as the story's start gives them. */
  private establish(start: Partial<Record<Who, string>>, id: string): void {
    const { net } = this;
    this.listen('B');
    this.connect('A');
    net.settle();
    const listener = this.socket.B as SocketId;
    this.socket.B = net.accepted(this.process.B, listener);
    net.call(this.process.B, { call: 'close', socket: listener });
    for (const who of ['A', 'B'] as const) {
      const [, sent, got] = /SND\.NXT=(\d+) RCV\.NXT=(\d+)/.exec(start[who] ?? '') ?? [];
      if (sent === undefined || got === undefined) continue;
      const numbers = this.numbers(who);
      this.shifts[who] = [distance(numbers.next, Number(sent))];
      this.shifts[other(who)] = [distance(numbers.receive, Number(got))];
    }
    if (id === 'lost-final-ack') {
      // A closes first; its last ACK is lost.
      this.shifts.A = [distance(this.numbers('A').next, 100)];
      this.shifts.B = [distance(this.numbers('B').next, 300)];
      this.call('A', 'CLOSE');
      net.settle();
      this.call('B', 'CLOSE');
      net.pass(1e6);
      const anyone = { address: undefined, ports: undefined };
      const block = { host: net.host('B'), protocol: 'tcp', source: anyone, destination: anyone } as const;
      net.block(block);
      net.settle();
      net.unblock('B');
    }
    if (/crashed/.test(start.A ?? '')) {
      const lost = this.socket.A as SocketId;
      net.call(this.process.A, { call: 'setsockopt', socket: lost, options: { linger: 0 } });
      net.event(() => {
        release(net.simulation, lost);
        for (const descriptor of [...net.world.descriptors.rows])
          if (net.world.descriptors.socket.get(descriptor) === lost) closeDescriptor(net.world, descriptor);
        removeSocket(net.world, lost);
      });
      this.socket.A = undefined as never;
    }
  }

  private listen(who: Who): void {
    this.socket[who] = this.net.listener(this.process[who], PORT[who]);
  }

  private connect(who: Who): void {
    const socket = this.net.bound(this.process[who], 'tcp', PORT[who]);
    this.socket[who] = socket;
    const to = other(who);
    this.net.call(this.process[who], { call: 'connect', socket, address: ADDRESS[to], port: PORT[to] });
  }

  private numbers(who: Who) {
    const { sockets, connections } = this.net.world;
    const row = this.rowOf(who) as SocketId;
    const connection = sockets.connection.get(row) as ConnectionId;
    return {
      next: connections.sendNext.get(connection),
      receive: connections.receiveNext.get(connection),
    };
  }

  private rowOf(who: Who): SocketId | undefined {
    const all = this.net.socketsOn(who);
    return all.find((each) => this.net.stateOf(each) !== 'LISTEN') ?? all[0];
  }

  stateOf(who: Who): string {
    const row = this.rowOf(who);
    if (row === undefined) return 'CLOSED';
    const { sockets, connections } = this.net.world;
    const state = this.net.stateOf(row);
    if (state !== 'SYN-RECEIVED') return state.replaceAll('-', '_');
    const connection = sockets.connection.get(row) as ConnectionId;
    return connections.isOpenedPassively.get(connection) ? 'SYN_RCVD_PASSIVE' : 'SYN_RCVD_ACTIVE';
  }

  private call(who: Who, event: string, bytes = 0): void {
    const { net } = this;
    const process = this.process[who];
    if (event === 'OPEN_PASSIVE') return this.listen(who);
    if (event === 'OPEN_ACTIVE') return this.connect(who);
    const row = this.rowOf(who) as SocketId;
    if (net.world.sockets.descriptors.get(row) === 0)
      this.socket[who] = net.accepted(process, this.socket[who] as SocketId);
    const socket = this.socket[who] as SocketId;
    if (event === 'SEND') net.send(process, socket, 'x'.repeat(bytes || 1));
    else if (net.stateOf(row) === 'SYN-SENT') net.call(process, { call: 'close', socket });
    else net.call(process, { call: 'shutdown', socket, how: 'write' });
  }

  /** Does one step; gives what the side concerned has sent in it. */
  play(step: Step, stray: { flags: number; seq: number } | undefined): TcpSegment[] {
    const { net } = this;
    const before = net.segmentsFrom(step.who).length;
    if (/^(OPEN|SEND|CLOSE)/.test(step.event)) this.call(step.who, step.event, step.wire?.len);
    else if (step.event === 'RETRANSMISSION_TIMEOUT' || step.event === 'TIME_WAIT_TIMEOUT') {
      net.settle();
      net.pass((net.simulation.engine.nextTime ?? 0) - net.now);
    } else if (stray !== undefined) this.inject(step.who, stray);
    else this.nextArrival(step.who, step.event.startsWith('RST'));
    return net.segmentsFrom(step.who).slice(before);
  }

  private inject(who: Who, { flags, seq }: { flags: number; seq: number }): void {
    const from = other(who);
    if (this.shifts[from].length === 0) this.shifts[from].push(0);
    this.deliver(who, {
      protocol: 'tcp',
      source: ADDRESS[from],
      sourcePort: PORT[from],
      destination: ADDRESS[who],
      destinationPort: PORT[who],
      sequence: plus(seq, this.shifts[from][0] ?? 0),
      acknowledgment: 0,
      flags,
      window: 1000,
      payload: NO_BYTES,
    });
  }

  /** The oldest segment that is on its way to this side arrives; a RST may overtake. */
  private nextArrival(who: Who, isReset: boolean): void {
    const from = this.net.host(other(who));
    const waiting = this.net.facts('sent').filter(({ sent: { host, number, packet } }) => {
      const isOnItsWay = host === from && packet.protocol === 'tcp' && !this.arrived.has(number);
      return isOnItsWay && ((packet.flags & RST) !== 0) === isReset;
    });
    const [first] = waiting;
    if (first === undefined || first.sent.packet.protocol !== 'tcp') throw new Error('nothing is on its way');
    this.arrived.add(first.sent.number);
    this.deliver(who, first.sent.packet);
  }
  private readonly arrived = new Set<number>();

  private deliver(who: Who, packet: TcpSegment): void {
    const { net } = this;
    const sent = {
      number: 0,
      packet,
      host: net.host(other(who)),
      socket: undefined,
      conversation: undefined,
      owners: { source: net.host(other(who)), destination: net.host(who) },
    };
    net.event(() => receivePacket(net.simulation, net.host(who), sent, 'eth0'));
  }

  /** From now on the wire carries nothing: the story says what arrives, and when. */
  private cut(): void {
    const { net } = this;
    net.settle();
    for (const { sent } of net.facts('sent')) this.arrived.add(sent.number);
    const anyone = { address: undefined, ports: undefined };
    for (const who of ['A', 'B'] as const)
      net.block({ host: net.host(who), protocol: 'tcp', source: anyone, destination: anyone });
  }

  /** A number of this side in the figure's terms; a side that opened twice has two ways to count. */
  private figures(who: Who, number: number): number[] {
    return this.shifts[who].map((shift) => distance(number, shift) >>> 0);
  }

  /** Does the segment say what the figure says? */
  expectWire(got: TcpSegment | undefined, wanted: NonNullable<Step['wire']>): void {
    if (got === undefined) throw new Error(`nothing was sent, wanted ${JSON.stringify(wanted)}`);
    const flags = wanted.flags.reduce((sum, flag) => sum | FLAGS[flag], 0);
    expect(got.flags & ~PSH).toBe(flags);
    const { from } = wanted;
    if (wanted.flags.includes('SYN') || this.shifts[from].length === 0)
      this.shifts[from].unshift(distance(got.sequence, wanted.seq));
    const isPlainReset = wanted.flags.includes('RST') && wanted.seq === 0;
    if (isPlainReset) expect(got.sequence).toBe(0);
    else expect(this.figures(from, got.sequence)).toContain(wanted.seq);
    if (wanted.ack !== undefined) expect(this.figures(other(from), got.acknowledgment)).toContain(wanted.ack);
    if (wanted.len !== undefined) expect(got.payload).toHaveLength(wanted.len);
  }
}

describe('RFC 9293, figures and walkthroughs', () => {
  test('there are thirteen', () => {
    expect(scenarios).toHaveLength(13);
  });

  test.each(scenarios.map((story) => [story.id, story] as const))('%s', (id, story) => {
    const stage = new Stage(story);
    for (const [index, step] of story.steps.entries()) {
      const sent = stage.play(step, STRAYS[id]?.[index]);
      const where = `step ${index + 1}, ${step.who} ${step.event}`;
      if (step.wire !== undefined) stage.expectWire(sent[0], step.wire);
      else expect(sent, where).toEqual([]);
      expect(sent.length, where).toBeLessThanOrEqual(1);
      expect(stage.stateOf('A'), where).toBe(step.A);
      if (step.B !== undefined && story.start?.B !== 'attacker')
        expect(stage.stateOf('B'), where).toBe(step.B);
    }
  });
});
