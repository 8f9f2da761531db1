// A NAT's row lives as long as packets come: each one sets its timer anew. How long: idle-times.ts.
// A row goes when its time is up, when a first answer is a RST (Linux), or when the router forgets.
import type { Nanos } from '../base/time.js';
import type { Packet, Protocol, TcpSegment, UdpDatagram } from '../wire/packet.js';
import { has, RST } from '../wire/packet.js';
import type { Fact } from '../world/facts.js';
import { bindingsOf, type Found, removeFlow } from '../world/flows.js';
import type { Kernel } from '../world/kernel.js';
import { runOf } from '../world/sockets.js';
import type { ConversationId, FlowId, HostId } from '../world/tables.js';
import { firstState, IDLE_TIMES, nextState } from './idle-times.js';
import { natOf } from './nat-behaviour.js';

export interface NatKernel extends Kernel {
  /** Sets the row's only timer; returns its event number. */
  setFlowTimer(flow: FlowId, after: Nanos): number;
}
type Change = Extract<Fact, { kind: 'mapping' }>['change'];

/** The first packet of a row. */
export function begin(
  kernel: NatKernel,
  flow: FlowId,
  packet: TcpSegment | UdpDatagram,
  conversation: ConversationId | undefined,
): void {
  const { flows } = kernel.world;
  flows.state.set(flow, firstState(packet) ?? 'UNREPLIED');
  flows.conversation.set(flow, conversation ?? 0);
  startTimer(kernel, flow);
}

/** One more packet of a row. */
export function touch(kernel: NatKernel, { flow, direction }: Found, packet: Packet): void {
  const { flows } = kernel.world;
  if (packet.protocol === 'icmp') return;
  const isReset = packet.protocol === 'tcp' && has(packet, RST);
  if (isReset && direction === 'reply' && !flows.isReplied.get(flow)) return endRow(kernel, flow, 'reset');
  if (direction === 'reply') flows.isReplied.set(flow, true);
  if (packet.protocol === 'tcp') flows.state.set(flow, nextState(flows.state.get(flow), packet));
  else if (direction === 'reply') flows.state.set(flow, 'REPLIED');
  startTimer(kernel, flow);
}

/** Does this event still count? Asked before a step is made of it. */
export function isFlowTimerDue({ world: { flows } }: Kernel, flow: number, event: number): boolean {
  return flows.rows.has(flow) && flows.timer.get(flow) === event;
}

/** The row is gone: what comes for it comes for nobody. */
export function endRow(kernel: Kernel, flow: FlowId, change: Exclude<Change, 'created'>): void {
  announce(kernel, flow, change);
  removeFlow(kernel.world, flow);
}

/** Tells of a row that speaks for somebody inside; of others nobody needs to know. */
export function announce({ world, log }: Kernel, flow: FlowId, change: Change): void {
  const host = world.flows.host.get(flow);
  if (!host) return;
  const protocol: Protocol = world.flows.protocol.get(flow);
  for (const binding of bindingsOf(world, flow, () => false))
    log.add({ kind: 'mapping', host, flow, change, protocol, ...binding });
}

/** How long a row is kept without a packet, as it stands. */
export function idleNanos({ world }: Kernel, host: HostId, flow: FlowId): Nanos {
  const { nats, flows } = world;
  const nat = natOf(world, host);
  const state = flows.state.get(flow);
  const plan = IDLE_TIMES[nat === undefined ? 'linux' : nats.idlePlan.get(nat)];
  if (nat === undefined) return plan[state];
  if (flows.protocol.get(flow) === 'udp') return nats.idleUdp.get(nat) || plan[state];
  return (state === 'ESTABLISHED' && nats.idleTcp.get(nat)) || plan[state];
}

function startTimer(kernel: NatKernel, flow: FlowId): void {
  const { flows, run } = kernel.world;
  const host = flows.host.get(flow);
  if (!host) return;
  const after = idleNanos(kernel, host, flow);
  flows.timer.set(flow, kernel.setFlowTimer(flow, after));
  flows.expires.set(flow, run.now.get(runOf(kernel.world)) + after);
}
