// What a step looks like to people: the scene at each step of one small story, sentence, marks, and what is on the wire.
import { describe, expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { type DeliveryReason, plainText } from '../../src/trace/scene.js';

const STORY = `fourtuple: 1
title: Two callers and a closed door
teaches: One port serves two callers.
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004, 51005, 51006] }
  web: { ip: 10.0.0.80, runs: [nginx, named] }
script:
  - phase: Doors
  - nginx: { listen: any:80, as: door, backlog: 3 }
  - named: { bind: udp 80 }
  - phase: Calls
  - firefox: { connect: web:80, as: ● }
    say: The first call.
  - nginx: { accept: door }
  - firefox: { connect: web:80, as: ▲ }
  - firefox: { send: GET /, using: ▲ }
  - firefox: { connect: web:81, gives: ECONNREFUSED }
`;
const { run, problems } = openRun(STORY);
if (run === undefined) throw new Error(JSON.stringify(problems));
const plain = run.steps.map((step) => step.plain);
const stepAt = (pattern: RegExp) => {
  const place = plain.findIndex((each) => pattern.test(each));
  if (place < 0) throw new Error(`no step says ${pattern}: ${plain.join('\n')}`);
  return place + 1;
};

describe('the scene', () => {
  test('begins with the cast, nobody talking and nothing on the wire', () => {
    const scene = run.sceneAt(0);
    expect(scene.step).toBeUndefined();
    expect(scene.reason).toBeUndefined();
    expect(scene.inFlight).toEqual([]);
    expect(scene.hosts.map(({ name, sockets }) => [name, sockets.length])).toEqual([
      ['laptop', 0],
      ['web', 0],
    ]);
    expect(scene.hosts.map(({ owner }) => owner.letter)).toEqual(['A', 'S']); // S: where a door is opened first
  });

  test('ends with a listener, two conversations on one port, and the datagram socket beside them', () => {
    const web = run.sceneAt(run.total).hosts.find(({ name }) => name === 'web');
    expect(
      web?.sockets.map(({ protocol, state, local, mark }) => [protocol, state, local.port, mark]),
    ).toEqual([
      ['tcp', 'LISTEN', 80, undefined],
      ['udp', 'UNCONNECTED', 80, undefined],
      ['tcp', 'ESTABLISHED', 80, '●'],
      ['tcp', 'ESTABLISHED', 80, '▲'],
    ]);
    const [listener, , accepted, waiting] = web?.sockets ?? [];
    expect([listener?.queued, listener?.backlog]).toEqual([1, 3]);
    expect([accepted?.process?.name, accepted?.descriptor]).toEqual(['nginx', 4]);
    expect([waiting?.process, waiting?.unread]).toEqual([undefined, 5]);
  });

  test('has a packet on the wire from the step that sends it to the step in which it arrives', () => {
    for (const step of run.recording.steps) {
      const flying = run.sceneAt(step.index + 1).inFlight.map(({ id }) => id);
      const before = run.sceneAt(step.index).inFlight.map(({ id }) => id);
      for (const fact of step.facts) {
        if (fact.kind === 'sent') expect(flying).toContain(fact.sent.number);
        if (fact.kind !== 'arrived') continue;
        expect(before).toContain(fact.sent.number);
        expect(flying).not.toContain(fact.sent.number);
      }
    }
    expect(run.sceneAt(run.total).inFlight).toEqual([]);
  });
});

describe('steps', () => {
  test('go by call, arrival and timer, with the author’s words at the first step of a line', () => {
    expect(run.steps[0]).toMatchObject({ kind: 'call', glyph: 'listen', phase: 'Doors', at: 0 });
    const call = run.steps[stepAt(/^firefox calls 10.0.0.80:80 from 10.0.0.7:51004/) - 1];
    expect(call).toMatchObject({
      kind: 'call',
      glyph: 'syn',
      phase: 'Calls',
      say: 'The first call.',
      mark: '●',
    });
    expect(run.steps.filter(({ say }) => say !== undefined)).toHaveLength(1);
    expect(run.steps.map(({ at }) => at)).toEqual([...run.steps.map(({ at }) => at)].sort((a, b) => a - b));
  });

  test('that decide about a packet are deliveries', () => {
    for (const step of run.steps) expect(step.isDelivery).toBe(step.kind === 'arrival');
  });
});

describe('reasons', () => {
  const reasonAt = (t: number) => run.sceneAt(t).reason as DeliveryReason;

  test('a newcomer’s SYN: the listener, since nobody has the four numbers', () => {
    const { rule, candidates, questions, winner } = reasonAt(
      stepAt(/^A SYN from 10.0.0.7:51005 reaches web/),
    );
    expect(rule).toBe('listener-any');
    expect(candidates.map(({ verdict, field, words }) => [verdict, field, words])).toEqual([
      ['match', undefined, 'takes newcomers'],
      ['reject', 'protocol', 'other protocol'],
      ['reject', 'remote port', 'port 51004 ≠ 51005'],
    ]);
    expect(candidates[0]?.socket.id).toBe(winner);
    expect(questions.map(({ id }) => id)).toEqual(['protocol', 'local port', 'conversation', 'deliver']);
  });

  test('a segment of a conversation: all four, the listener stands back', () => {
    const { rule, candidates } = reasonAt(stepAt(/^A segment from 10.0.0.7:51005/));
    expect(rule).toBe('exact');
    expect(candidates.map(({ verdict, words }) => [verdict, words])).toEqual([
      ['fallback', 'LISTEN · fallback'],
      ['reject', 'other protocol'],
      ['reject', 'port 51004 ≠ 51005'],
      ['match', 'all four'],
    ]);
  });

  test('a closed port: nobody, and the answer is RST', () => {
    const { rule, winner, answer, candidates } = reasonAt(stepAt(/^A SYN from 10.0.0.7:51006 reaches web/));
    expect([rule, winner, answer]).toEqual([undefined, undefined, 'rst']);
    expect(candidates.every(({ verdict }) => verdict === 'reject')).toBe(true);
  });
});

test('lanes: one for each conversation, in order of opening, with its steps ascending', () => {
  expect(run.lanes.slice(0, 2).map(({ mark, endpoint }) => [mark, endpoint.port])).toEqual([
    ['●', 51004],
    ['▲', 51005],
  ]);
  for (const { steps, mark } of run.lanes) {
    expect(steps.map(({ number }) => number)).toEqual(
      run.steps.filter((step) => step.mark === mark).map(({ number }) => number),
    );
  }
});

// RFC 9293 §3.6.1: a SYN for four numbers that are in TIME-WAIT opens anew if somebody listens.
test('a SYN that meets a TIME-WAIT goes to the listener, and the explanation says so', () => {
  const { run: again } = openRun(`fourtuple: 1
title: The same four numbers again
teaches: TIME-WAIT makes room for a new call.
hosts:
  laptop: { ip: 10.0.0.7, runs: firefox }
  web: { ip: 10.0.0.80, runs: nginx }
script:
  - nginx: { listen: any:80, as: door }
  - firefox: { connect: web:80, from: 51004, as: first }
  - nginx: { accept: door, as: one }
  - nginx: { close: one }
  - firefox: { close: first }
  - firefox: { connect: web:80, from: 51004, as: second }
`);
  if (again === undefined) throw new Error('no run');
  const syns = again.recording.steps.filter(({ facts }) =>
    facts.some((fact) => fact.kind === 'delivered' && fact.created !== undefined),
  );
  expect(syns).toHaveLength(2);
  const last = syns.at(-1);
  const fact = last?.facts.find((each) => each.kind === 'delivered');
  const { reason, hosts } = again.sceneAt((last?.index ?? 0) + 1);
  expect(
    again.sceneAt(last?.index ?? 0).hosts.flatMap(({ sockets }) => sockets.map(({ state }) => state)),
  ).toContain('TIME-WAIT');
  expect(fact).toMatchObject({ rule: 'listener-any' });
  expect(reason).toMatchObject({
    kind: 'delivery',
    rule: 'listener-any',
    winner: fact?.kind === 'delivered' ? fact.socket : 0,
  });
  expect(hosts.flatMap(({ sockets }) => sockets.map(({ state }) => state))).not.toContain('TIME-WAIT');
});

// The error itself has no ports; what is compared are those of the datagram that it quotes, turned round.
test('an ICMP error is decided by what it quotes: the own port is the quoted source, their end the quoted destination', () => {
  const { run: asked } = openRun(`fourtuple: 1
title: An error without a port
hosts:
  laptop: { ip: 10.0.0.7, runs: probe }
  web: 10.0.0.80
script:
  - probe: { connect: udp web:33434, from: 40002, as: ● }
  - probe: { send: anyone?, using: ● }
`);
  const { reason } = asked?.sceneAt(asked.total) ?? {};
  expect(reason?.kind).toBe('delivery');
  const answers = (reason as DeliveryReason).questions.map(({ answer }) => plainText(answer));
  expect(answers[1]).toMatch(/^The quoted source port 40002:/);
  expect(answers[2]).toContain('10.0.0.80:33434');
});
