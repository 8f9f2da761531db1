// What a process does, as a program: it makes one deed after another, or sleeps until a socket has news.
// A deed is one step of the run: a socket call, or several that belong together (socket, bind and listen in one).
// Programs are generators; the Scheduler carries their deeds out as events of the engine, so nobody runs ahead of time.
import type { Nanos } from '../../base/time.js';
import type { Handler } from '../../engine/engine.js';
import type { Call, Result } from '../../host/call.js';
import { perform } from '../../host/perform.js';
import { isWaitingCall } from '../../host/waiting.js';
import type { Simulation } from '../../net/simulation.js';
import type { Fact } from '../../world/facts.js';
import type { ProcessId, SocketId } from '../../world/tables.js';

type Called = Extract<Fact, { kind: 'called' | 'returned' }>;
/** What the log says about a deed, beside its outcome. */
export type Account = Pick<Called, 'call'> & Partial<Omit<Called, 'kind' | 'call' | 'process' | 'outcome'>>;

export interface Deed {
  readonly process: ProcessId;
  readonly account: Account;
  /** Makes the calls; the last result is the deed's. What it learns on the way goes into the account. */
  readonly act: (ask: (call: Call) => Result) => Result & { readonly account?: Partial<Account> };
}
/** Sleeps until `isReady` holds; asked whenever one of the sockets is woken. No step of its own: a program that polls. */
export interface Watch {
  readonly watch: readonly SocketId[];
  readonly isReady: () => boolean;
}
/**
 * Sleeps in recv(), recvfrom() or accept() already when the news come, so that the call returns within their arrival. If they
 * are there (`isReady`), it is a deed like any other. After `within` it gives EAGAIN, as SO_RCVTIMEO makes it.
 */
export interface Hearing {
  readonly hears: Deed & { readonly call: HearingCall };
  readonly isReady: () => boolean;
  readonly within?: Nanos;
  /** What else ends the sleep; the result then is EAGAIN, and nobody was told. */
  readonly unless?: Watch;
}
/** Something done to the host from outside of any socket, as an event of its own. It tells the log what it did. */
export interface Work {
  readonly work: () => void;
}
type HearingCall = { readonly call: 'recv' | 'recvfrom' | 'accept'; readonly socket: SocketId };
/** A dialogue may also end because nobody answered in time. */
export type Ended = Omit<Result, 'outcome'> & { readonly outcome: Result['outcome'] | 'timeout' };
/** A part of a program, and what it gives to the rest. */
export type Part<Value> = Generator<Deed | Watch | Hearing | Work, Value, Result>;
/** Gives its last result. */
export type Program = Part<Ended>;

export interface Running {
  /** The result once the program has ended. */
  result: Ended | undefined;
  /** Results of its deeds so far, in order. */
  readonly results: Result[];
}

export class Scheduler {
  private readonly simulation: Simulation;
  private readonly handler: Handler;
  /** Ends of patience: timers, which the network does not wait for. */
  private readonly alarms: Handler;
  private readonly agenda: (() => void)[] = [];
  private readonly overdue = new Map<number, () => void>();

  constructor(simulation: Simulation) {
    this.simulation = simulation;
    this.handler = simulation.engine.handler((number) => this.agenda[number]?.());
    this.alarms = simulation.engine.handler((number) => this.overdue.get(number)?.(), {
      timer: true,
      isDue: (number) => this.overdue.has(number),
    });
  }

  /** Begins a program; its first deed is done in the next event at this time. */
  start(program: Program): Running {
    const running: Running = { result: undefined, results: [] };
    this.resume(program, running, undefined);
    return running;
  }

  /** Something done to the world from outside, as an event of its own; then what it makes processes do. */
  once(work: () => void, after?: () => Program): Running {
    const running: Running = { result: undefined, results: [] };
    this.later(0, () => {
      work();
      if (after === undefined) running.result = { outcome: 'ok' };
      else this.resume(after(), running, undefined);
    });
    return running;
  }

  /** Runs something at a later time, as an event that the network waits for. */
  later(after: number, work: () => void): void {
    this.simulation.engine.after(after, this.handler, this.agenda.push(work) - 1);
  }

  private resume(program: Program, running: Running, result: Result | undefined): void {
    const next = result === undefined ? program.next() : program.next(result);
    if (next.done) {
      running.result = next.value;
      return;
    }
    const wish = next.value;
    if ('watch' in wish) return this.watch(wish, program, running);
    if ('work' in wish)
      return this.later(0, () => {
        wish.work();
        this.resume(program, running, { outcome: 'ok' });
      });
    if ('hears' in wish && !wish.isReady()) return this.hear(wish, program, running);
    const deed = 'hears' in wish ? wish.hears : wish;
    this.later(0, () => this.carryOut(deed, program, running));
  }

  private hear({ hears, within, unless }: Hearing, program: Program, running: Running): void {
    const { simulation, overdue } = this;
    const others: (() => void)[] = [];
    const finish = (result: Result) => {
      for (const stop of others) stop();
      overdue.delete(alarm);
      simulation.log.add({
        kind: 'returned',
        process: hears.process,
        outcome: result.outcome,
        ...hears.account,
        ...(result.socket === undefined ? {} : { accepted: result.socket }),
        socket: hears.call.socket,
      });
      running.results.push(result);
      this.resume(program, running, result);
    };
    const alarm = this.agenda.push(() => {}) - 1;
    const stop = simulation.calls.sleep(hears.process, hears.call, finish);
    for (const socket of unless?.watch ?? [])
      others.push(
        simulation.calls.watch(socket, () => {
          if (unless?.isReady() !== true || !stop()) return;
          for (const each of others) each();
          overdue.delete(alarm);
          this.resume(program, running, { outcome: 'EAGAIN' });
        }),
      );
    if (within === undefined) return;
    overdue.set(alarm, () => {
      if (stop()) finish({ outcome: 'EAGAIN' });
    });
    simulation.engine.after(within, this.alarms, alarm);
  }

  private carryOut(deed: Deed, program: Program, running: Running): void {
    const { simulation } = this;
    const place = simulation.log.length;
    let last: Call | undefined;
    const done = deed.act((call) => {
      last = call;
      return perform(simulation, deed.process, call);
    });
    const account = { ...deed.account, ...done.account };
    const socket = account.socket ?? done.socket;
    simulation.log.insert(place, {
      kind: 'called',
      process: deed.process,
      outcome: done.outcome,
      socket,
      ...rest(account),
      ...(done.holder ? { holder: done.holder } : {}),
      ...(done.taken === undefined ? {} : { count: done.taken }),
    });
    const finish = (result: Result) => {
      running.results.push(result);
      this.resume(program, running, result);
    };
    const left = done.rest ?? last;
    if (done.outcome !== 'pending' || left === undefined || !isWaitingCall(left)) return finish(done);
    simulation.calls.sleep(deed.process, left, (result) => {
      simulation.log.add({
        kind: 'returned',
        process: deed.process,
        outcome: result.outcome,
        socket,
        ...rest(account),
        ...(result.taken === undefined ? {} : { count: result.taken }),
      });
      finish(result);
    });
  }

  private watch(wish: Watch, program: Program, running: Running): void {
    const { calls } = this.simulation;
    const go = () => this.resume(program, running, { outcome: 'ok' });
    if (wish.isReady()) return go();
    const stops = wish.watch.map((socket) =>
      calls.watch(socket, () => {
        if (!wish.isReady()) return;
        for (const stop of stops) stop();
        go();
      }),
    );
  }
}

function rest(account: Account): Omit<Account, 'socket'> {
  const { socket: _, ...others } = account;
  return others;
}
