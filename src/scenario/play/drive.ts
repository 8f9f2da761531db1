// Plays a script: one line after another, the next when the network is quiet. A line's call that waits lets time run
// until it returns, unless the author expects `pending`. What each line gave is kept; judging it is ../check/.
// Not compiled to times: the driver looks at the running network and issues the next line (LANGUAGE: lines and steps).
import { InvariantViolation } from '../../base/invariant.js';
import type { Nanos } from '../../base/time.js';
import type { Simulation } from '../../net/simulation.js';
import { Recorder } from '../../trace/recording.js';
import { formatEndpoint } from '../../wire/address.js';
import { decodeText } from '../../wire/bytes.js';
import type { Outcome } from '../../world/facts.js';
import { runOf } from '../../world/sockets.js';
import { orderNetwork } from '../acts/act-network.js';
import { changeOf } from '../acts/changes.js';
import { fillIn, type ParamValues } from '../atoms/params.js';
import { parseTime } from '../atoms/quantities.js';
import type { OutcomeWord } from '../atoms/words.js';
import type { Directory, NamedProcess } from '../cast/directory.js';
import { type Actor, endpointOf } from '../deeds/actor.js';
import { type Ended, type Program, type Running, Scheduler } from '../deeds/program.js';
import { factsOf, fitsCount, holdsNow, isEvent, matchesEvent } from '../holds/holds.js';
import { readFact } from '../schema/fact-values.js';
import { type ActLine, readLine } from '../schema/lines.js';
import type { Scenario } from '../schema/schema.js';
import type { Step, Wait } from '../schema/steps.js';
import { accepted } from '../text/parsed.js';
import type { ProblemCode } from '../text/problems.js';
import { programOf } from './acts.js';
import { Comebacks } from './comebacks.js';
import { linesTogether } from './together.js';

/** A line of the script as it was played; a line inside `repeat` is played several times, after the `repeat` itself. */
export interface PlayedLine {
  readonly path: readonly (string | number)[];
  readonly step: Step;
  /** Its steps are from `first` up to `last`, the latter not included. */
  readonly first: number;
  last: number;
  readonly act: PlayedAct | undefined;
  /** A moment inside another line: moments.ts. */
  readonly isMoment?: true;
}
/** What the author expected of the call, and what it gave. */
export interface PlayedAct {
  readonly line: ActLine;
  readonly expected: readonly OutcomeWord[];
  outcome: Outcome | 'timeout' | 'stuck';
  /** What recv read, as text. */
  read: string | undefined;
  /** recvfrom: who sent it, `address:port`, and whom the author expected. */
  sender?: { readonly got: string | undefined; readonly expected: string };
}
/** Something in the file that cannot be played: told at its place. */
export interface Obstacle {
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
}

/** More steps than any lesson or test has: a script that goes on like this never ends. */
const MOST_STEPS = 20_000;

export class Driver {
  readonly lines: PlayedLine[] = [];
  readonly obstacles: Obstacle[] = [];
  readonly recorder: Recorder;
  readonly simulation: Simulation;
  readonly directory: Directory;
  private readonly scheduler: Scheduler;
  private readonly comebacks: Comebacks;
  private readonly fragments: NonNullable<Scenario['fragments']>;

  constructor(simulation: Simulation, directory: Directory, scenario: Scenario) {
    this.simulation = simulation;
    this.directory = directory;
    this.fragments = scenario.fragments ?? {};
    this.scheduler = new Scheduler(simulation);
    this.comebacks = new Comebacks(simulation.world);
    this.recorder = new Recorder(simulation.world, simulation.log);
    simulation.engine.onStep = () => this.recorder.note();
  }

  /** Plays all lines; stops early at an obstacle, since what follows it would be another story. */
  play(script: readonly Step[]): void {
    this.playAll(script, ['script'], new Map());
    this.settle();
  }

  private playAll(steps: readonly Step[], path: readonly (string | number)[], params: ParamValues): void {
    for (const [index, step] of steps.entries()) {
      if (this.obstacles.length > 0) return;
      this.playLine(params.size === 0 ? step : fillIn(step, params), [...path, index], params);
    }
  }

  private playLine(step: Step, path: readonly (string | number)[], params: ParamValues): void {
    const line = readLine(step);
    if (step.after !== undefined) this.pass(timeOf(step.after));
    if (step.at !== undefined) this.pass(Math.max(0, timeOf(step.at) - this.now()));
    const played: PlayedLine = {
      path,
      step,
      first: this.recorder.steps.length,
      last: this.recorder.steps.length,
      act:
        line.kind === 'act'
          ? { line, expected: expectedOf(line), outcome: 'stuck', read: undefined }
          : undefined,
    };
    this.recorder.line = this.lines.push(played) - 1;
    if (line.kind === 'wait') this.wait(line.wait, path);
    else if (line.kind === 'together') this.playTogether(line.steps, [...path, 'together'], params);
    else if (line.kind === 'use')
      this.playAll(this.fragments[line.fragment] ?? [], ['fragments', line.fragment], params);
    else if (line.kind === 'repeat')
      for (let n = 1; n <= Number(line.times); n++)
        this.playAll(line.steps, [...path, 'steps'], new Map([...params, ['n', n]]));
    else if (played.act !== undefined) {
      const running = this.start(played.act.line, path);
      if (running !== undefined) this.finish(running, played.act);
      else if (this.obstacles.length === 0) played.act.outcome = 'ok';
    }
    played.last = this.recorder.steps.length;
  }

  /**
   * All start at one instant, in the order of the file, or so long after it as they say. It is over when every call has
   * returned and every `wait` in it, counted from that instant, is over too.
   */
  private playTogether(
    steps: readonly Step[],
    path: readonly (string | number)[],
    params: ParamValues,
  ): void {
    const begin = this.now();
    const from = this.recorder.steps.length;
    const begun: { readonly played: PlayedLine; running: Running | undefined }[] = [];
    const waits: { readonly wait: Wait; readonly path: readonly (string | number)[] }[] = [];
    for (const { step, path: place } of linesTogether(steps, path, params, this.fragments)) {
      const line = readLine(step);
      const first = this.recorder.steps.length;
      const act: PlayedAct | undefined =
        line.kind === 'act'
          ? { line, expected: expectedOf(line), outcome: 'stuck', read: undefined }
          : undefined;
      const played: PlayedLine = { path: place, step, first, last: first, act };
      this.lines.push(played);
      const each = { played, running: undefined as Running | undefined };
      begun.push(each);
      const start = () => {
        if (act === undefined || this.obstacles.length > 0) return;
        each.running = this.start(act.line, place);
        if (each.running === undefined && this.obstacles.length === 0) act.outcome = 'ok';
      };
      const after = step.after === undefined ? 0 : timeOf(step.after);
      const delay = step.at === undefined ? after : Math.max(0, timeOf(step.at) - begin);
      if (delay === 0) start();
      else this.scheduler.later(delay, start);
      if (line.kind === 'wait') waits.push({ wait: line.wait, path: place });
    }
    if (begun.some(({ played }) => played.step.after !== undefined || played.step.at !== undefined))
      this.settle();
    for (const each of begun) {
      if (each.running !== undefined && each.played.act !== undefined)
        this.finish(each.running, each.played.act);
      each.played.last = this.recorder.steps.length;
    }
    for (const { wait, path: place } of waits) this.wait(wait, place, { step: from, time: begin });
  }

  private start(line: ActLine, path: readonly (string | number)[]): Running | undefined {
    const key = [...path, line.key];
    const network = this.directory.networks.get(line.actor.name);
    if (network !== undefined && orderNetwork(this, network, line.verb, line.act)) return undefined;
    const who = this.directory.findProcess(line.actor);
    const { simulation, directory, scheduler } = this;
    if (who === undefined) {
      const change = changeOf(simulation, directory, line);
      const work = () => {
        const flaw = change?.();
        if (flaw !== undefined) this.obstacles.push({ path: [...key, line.verb], atKey: false, ...flaw });
      };
      if (change !== undefined) return scheduler.once(work, this.afterwards(line));
      const message = `\`${line.verb}\` names an end of a socket that is not there at this point`;
      return this.obstruct([...key, line.verb], true, 'unknown-label', message);
    }
    const program = programOf(this.actor(who), line.verb, line.act);
    if (program === undefined) throw new InvariantViolation(`nobody plays the verb ${line.verb}`);
    if (typeof program === 'string')
      return this.obstruct([...key, line.verb], false, 'unknown-label', program);
    return scheduler.start(program);
  }

  /** After a restart, the processes of the host listen again. */
  private afterwards({ verb, actor }: ActLine): (() => Program) | undefined {
    const host = this.directory.hosts.get(actor.name);
    if (verb !== 'restart' || host === undefined) return undefined;
    return () => this.comebacks.of(host, (who) => this.actor(who));
  }

  private actor(who: NamedProcess): Actor {
    const { simulation, directory, scheduler } = this;
    return { world: simulation.world, simulation, directory, scheduler, who };
  }

  private finish(running: Running, act: PlayedAct): void {
    this.settle();
    const mayWait = !act.expected.includes('pending');
    while (running.result === undefined && mayWait && this.step());
    this.settle();
    const result: Ended | undefined = running.result;
    act.outcome = result?.outcome ?? (mayWait ? 'stuck' : 'pending');
    const who = this.directory.findProcess(act.line.actor);
    if (who !== undefined && act.outcome === 'ok')
      this.comebacks.note(who, act.line.verb, act.line.act, result?.socket);
    if (act.line.verb === 'recvfrom' && act.line.act.from !== undefined && who !== undefined) {
      const from = endpointOf(this.actor(who), act.line.act.from);
      const shown = (end: { address: string; port: number } | undefined) =>
        end && formatEndpoint(end.address, end.port);
      act.sender = { got: shown(result?.from), expected: shown(from) ?? String(act.line.act.from) };
    }
    act.read = result?.data === undefined ? undefined : decodeText(result.data);
  }

  /** `since`: from when on, if other lines were begun at the same instant. */
  private wait(
    wait: Wait,
    path: readonly (string | number)[],
    since: { readonly step: number; readonly time: Nanos } = {
      step: this.recorder.steps.length,
      time: this.now(),
    },
  ): void {
    if (typeof wait === 'string') return this.pass(Math.max(0, since.time + timeOf(wait) - this.now()));
    const until = readFact(wait.until);
    const from = since.step;
    const end = since.time + timeOf(wait.atMost);
    const holds = () => {
      const { world } = this.simulation;
      if (!isEvent(until)) return holdsNow(world, this.directory, until);
      const fitting = [...factsOf(this.recorder.steps.slice(from))].filter(({ fact }) =>
        matchesEvent(world, this.directory, until, fact),
      );
      return fitsCount(until.times, fitting.length);
    };
    while (!holds()) {
      const next = this.simulation.engine.nextTime;
      if (next === undefined || next > end || !this.step())
        return this.obstruct(
          [...path, 'wait', 'until'],
          false,
          'stuck',
          `this did not come within \`${wait.atMost}\``,
        );
    }
  }

  /** Lets this much time go by, with every timer in it. */
  private pass(nanos: Nanos): void {
    if (nanos === 0) return;
    this.scheduler.later(nanos, () => {});
    this.settle();
  }

  /** Until nothing is on its way and nobody is about to act; timers do not count. */
  private settle(): void {
    while (this.step('until quiet'));
  }

  private step(until?: 'until quiet'): boolean {
    if (this.recorder.steps.length > MOST_STEPS) {
      if (this.obstacles.length === 0)
        this.obstruct(
          ['script'],
          true,
          'too-long',
          `the run has more than ${MOST_STEPS} steps and would not end`,
        );
      return false;
    }
    const { engine } = this.simulation;
    return until === undefined ? engine.step() : engine.stepUntilQuiet();
  }

  private now(): Nanos {
    const { run } = this.simulation.world;
    return run.now.get(runOf(this.simulation.world));
  }

  private obstruct(
    path: Obstacle['path'],
    atKey: boolean,
    code: Obstacle['code'],
    message: string,
  ): undefined {
    this.obstacles.push({ path, atKey, code, message });
    return undefined;
  }
}

function expectedOf({ act }: ActLine): readonly OutcomeWord[] {
  if (act.gives === undefined) return ['ok'];
  return Array.isArray(act.gives) ? act.gives : [act.gives];
}

function timeOf(text: string): Nanos {
  const time = accepted(parseTime(text));
  return time.kind === 'time' ? time.nanos : 0;
}
