// What is between hosts: packets that wait for their link, are on their way, or have nobody to go to. Each is an event of the
// engine and comes out as a piece of work; what is done with it then is simulation.ts. What networks do on the way:
// faults.ts, hold-back.ts. How long packets wait: link-queue.ts, resolution.ts.
import type { Nanos } from '../base/time.js';
import type { Choices } from '../engine/choices.js';
import type { Engine, Handler } from '../engine/engine.js';
import type { Sent } from '../world/facts.js';
import type { HostId, World } from '../world/tables.js';
import type { About } from './complaint.js';
import { FaultPlan } from './faults.js';
import { HoldBack } from './hold-back.js';
import { Lateness } from './lateness.js';
import { enqueue } from './link-queue.js';
import type { Hop } from './path.js';
import { awaitAddress } from './resolution.js';
import { streamOf, type Work } from './work.js';

export class Wire {
  /** What was ordered to happen to the next packets of a network. */
  readonly faults = new FaultPlan();
  private readonly world: World;
  private readonly engine: Engine;
  private readonly holdBack: HoldBack;
  /** What is still to be carried out, by numbers that are given again once it is. */
  private readonly works: (Work | undefined)[] = [];
  private readonly spareNumbers: number[] = [];
  private readonly soon: Handler;
  private readonly late: Handler;
  private readonly lateness: Lateness | undefined;

  constructor(world: World, engine: Engine, carryOut: (work: Work) => void, choices?: Choices) {
    this.world = world;
    this.engine = engine;
    const takeUp = (number: number) => {
      const work = this.works[number];
      if (work === undefined) return;
      this.works[number] = undefined;
      this.spareNumbers.push(number);
      carryOut(work);
    };
    this.holdBack = new HoldBack(world, engine, takeUp);
    this.lateness = choices && new Lateness(world, choices);
    this.soon = engine.handler(takeUp, { stream: (number) => streamOf(this.works[number]) });
    this.late = engine.handler(takeUp, { timer: true });
  }

  /** One copy on each link, however many hear it. Where too many wait already, it ends here. */
  send(hops: readonly Hop[], sent: Sent): void {
    const { host, packet } = sent;
    const network = hops.find((hop) => hop.network !== 0)?.network ?? 0;
    const wait = network === 0 ? 0 : enqueue(this.world, host, network, packet);
    if (wait === undefined) this.schedule(0, { kind: 'loss', host, sent, why: 'queue' });
    for (const hop of hops)
      if (hop.network === 0) this.carry(hop, sent, 0);
      else if (wait !== undefined) this.carry(hop, sent, wait);
  }

  /** Nobody on the link has the address: the first packet for it is complained about, those that came meanwhile are lost with it. */
  sendToNobody(host: HostId, sent: Sent, about: About): void {
    const { after, isFirst } = awaitAddress(this.world, host, sent.packet.destination);
    this.schedule(after, { kind: 'absent', host, sent, about: isFirst ? about : undefined });
  }

  /** Something to be said after a while; nobody waits for it. */
  complainAfter(after: Nanos, host: HostId, about: About): void {
    this.engine.after(after, this.late, this.numbered({ kind: 'complaint', host, about }));
  }

  /** Over the link to one host, after a wait, with what may happen there; inside a host nothing does. A loss shows half-way. */
  private carry({ host, network, delay: usual, device }: Hop, sent: Sent, wait: Nanos): void {
    const arrival: Work = { kind: 'arrival', host, sent, device };
    if (network === 0) return this.schedule(usual, arrival);
    const delay = usual + (this.lateness?.of(sent.host, host, network, usual) ?? 0);
    const fate = this.faults.fateOf(this.world, network, delay, sent.packet);
    if (fate.kind === 'lost')
      return this.schedule(wait + Math.floor(delay / 2), {
        kind: 'loss',
        host: undefined,
        sent,
        why: fate.why,
      });
    if (fate.isHeld && this.holdBack.holds(network) === undefined)
      return this.holdBack.hold(network, wait, this.numbered(arrival));
    for (const after of fate.after) this.schedule(wait + after, arrival);
    const held = this.holdBack.release(network);
    if (held !== undefined) this.engine.after(wait + (fate.after[0] ?? delay) + 1, this.soon, held);
  }

  private schedule(after: Nanos, work: Work): void {
    this.engine.after(after, this.soon, this.numbered(work));
  }

  private numbered(work: Work): number {
    const number = this.spareNumbers.pop() ?? this.works.length;
    this.works[number] = work;
    return number;
  }
}
