// Random programs over small networks. Whatever processes do: nothing throws, time can be walked both ways, the lookup can
// explain itself at every arrival, and no packet reaches two.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cast } from '../../src/trace/cast.js';
import { readReason, viewStep } from '../../src/trace/read-scene.js';
import type { Recording } from '../../src/trace/recording.js';
import type { SocketId } from '../../src/world/tables.js';
import { tupleOf } from '../builders/crowd.js';
import { type Played, type Program, play, programs } from '../builders/random-program.js';
import { fuzz } from './share.js';

/** At so many places of a run digests are compared; at the end in any case. */
const LOOKS = 16;
const count = fuzz.share(500, 100_000);

test(`${count} random programs of socket calls`, { timeout: fuzz.timeout }, () => {
  const seen = new Map<string, number>();
  const add = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times);
  let programsPlayed = 0;
  fc.assert(
    fc.property(programs, (program) => {
      const played = play(program);
      const flaws = [...flawsOf(played)];
      if (flaws.length > 0) expect.fail(flaws.slice(0, 5).join('\n'));
      if (programsPlayed++ % 10 === 0) expectSameAgain(program, played);
      for (const [what, times] of played.outcomes) add(what, times);
      for (const { facts } of played.steps)
        for (const fact of facts) {
          add(fact.kind === 'delivered' || fact.kind === 'refused' ? `${fact.kind} ${fact.rule}` : fact.kind);
          if (fact.kind === 'state') add(`state ${fact.to}`);
        }
    }),
    fuzz.settings('programs', count),
  );
  // The programs are worth playing: conversations come about, in every state, and calls fail in many ways.
  for (const what of [
    'connect ok',
    'connect waits',
    'connect ECONNREFUSED',
    'accept ok',
    'send ok',
    'send EPIPE',
    'recv ok',
    'recv eof',
    'bind EADDRINUSE',
    'bind EACCES',
    'delivered exact',
    'delivered listener-any',
    'delivered connected',
    'delivered bound-any',
    'refused undefined',
    'state ESTABLISHED',
    'state CLOSE-WAIT',
    'state TIME-WAIT',
    'state LAST-ACK',
    'dropped',
    'told',
  ])
    expect(seen.get(what) ?? 0, `${what} in ${JSON.stringify([...seen])}`).toBeGreaterThan(5);
});

function* flawsOf({ net, steps }: Played): Generator<string> {
  const { memory } = net.world;
  const places = Array.from({ length: LOOKS }, (_, look) => Math.round((memory.end * look) / (LOOKS - 1)));
  const there = places.map((position) => {
    memory.seek(position);
    return memory.digest();
  });
  for (const position of places) {
    memory.seek(position);
    for (const twins of twinsOf(net)) yield `at ${position} two sockets have ${twins}`;
  }
  memory.seek(0);
  if (memory.firstLeak() !== undefined) yield `cell ${memory.firstLeak()} was written around the journal`;
  for (const [look, position] of places.entries()) {
    memory.seek(position);
    if (memory.digest() !== there[look]) yield `at ${position} the world differs on the way forward`;
  }
  yield* deliveryFlaws(net, steps);
  memory.seek(memory.end);
}

/** The reason, read before each arrival, names the socket and rule that the lookup then took; every step has its words. */
function* deliveryFlaws({ world, simulation }: Played['net'], steps: Played['steps']): Generator<string> {
  const recording: Recording = { world, log: simulation.log, steps, start: 0 };
  const cast = new Cast(recording);
  const fates = new Map<number, Set<SocketId | 'nobody'>>();
  for (const step of steps) {
    const decisions = step.facts.filter((fact) => fact.kind === 'delivered' || fact.kind === 'refused');
    for (const { sent, socket = 'nobody', rule } of decisions) {
      const known = fates.get(sent.number) ?? new Set();
      const isCopy = rule === 'broadcast' || rule === 'multicast';
      if (known.has(socket) || (known.size > 0 && !isCopy)) yield `packet ${sent.number} has two fates`;
      fates.set(sent.number, known.add(socket));
    }
    const { plain } = viewStep(recording, cast, step, {});
    if (!/\S.*[.”]$/s.test(plain)) yield `step ${step.index} says “${plain}”`;
    if (/undefined|NaN|\[object/.test(plain)) yield `step ${step.index} says “${plain}”`;
    const [first] = decisions;
    if (first === undefined || decisions.length > 1) continue;
    const reason = readReason(recording, cast, step);
    const about = `packet ${first.sent.number} at step ${step.index}, “${plain}”`;
    if (reason?.kind !== 'delivery') yield `${about} has no reason`;
    else {
      if (reason.winner !== first.socket || reason.rule !== first.rule)
        yield `${about} went to ${first.socket} by ${first.rule}, explained as ${reason.winner} by ${reason.rule}`;
      const ids = reason.candidates.map((each) => each.socket.id);
      if (new Set(ids).size !== ids.length) yield `${about}: a candidate twice`;
    }
  }
}

/** Four numbers by one interface that two sockets of a host have, though neither shares. */
function twinsOf(net: Played['net']): string[] {
  const { sockets } = net.world;
  const known = new Map<string, SocketId>();
  const twins: string[] = [];
  for (const socket of sockets.rows) {
    const tuple = tupleOf(net, socket);
    if (tuple.localPort === 0 || tuple.remoteAddress === '' || sockets.state.get(socket) === 'CLOSED')
      continue;
    const by = sockets.device.get(socket);
    const key = `${sockets.host.get(socket)} ${sockets.protocol.get(socket)} ${by} ${JSON.stringify(tuple)}`;
    const other = known.get(key);
    const mayShare = (each: SocketId) => sockets.mayRebind.get(each) || sockets.sharesPort.get(each);
    const isShared =
      sockets.protocol.get(socket) === 'udp' && other !== undefined && mayShare(socket) && mayShare(other);
    if (other !== undefined && !isShared) twins.push(key);
    known.set(key, socket);
  }
  return twins;
}

function expectSameAgain(program: Program, played: Played): void {
  const again = play(program);
  expect(again.net.world.memory.end).toBe(played.net.world.memory.end);
  expect(again.net.world.memory.digest()).toBe(played.net.world.memory.digest());
}
