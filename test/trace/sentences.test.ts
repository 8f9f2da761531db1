// One sentence for each verb that a script can play. Provoked: a script with every call, once. What would be seen if it were
// wrong: a step that says nothing, says the wrong reason, or a verb that is passed over.
import { describe, expect, it } from 'vitest';
import { explainTakers } from '../../src/demux/explain-takers.js';
import { findTakers } from '../../src/demux/takers.js';
import { openRun } from '../../src/scenario/run.js';
import { readAt } from '../../src/trace/recording.js';
import { fourTupleOf } from '../../src/wire/packet.js';

const EVERY_CALL = `fourtuple: 1
title: Every call
hosts:
  desk: { ip: [10.1.0.1, "2001:db8::a"], runs: { caller: ana, watcher: ana } }
  rack: { ip: [10.1.0.2, "2001:db8::b"], runs: { keeper: root, helper: root } }
script:
  - keeper: { socket: tcp, as: door }
  - keeper: { setsockopt: { reuseaddr: true }, using: door }
  - keeper: { bind: any:8000, using: door }
  - keeper: { listen: door, backlog: 2 }
  - keeper: { fork: child }
  - caller: { socket: tcp, as: line }
  - caller: { setsockopt: { bind_address_no_port: true, local_port_range: 50000-50010 }, using: line }
  - caller: { bind: 10.1.0.1:0, using: line }
  - caller: { getsockname: line, reads: desk:0 }
  - caller: { connect: rack:8000, using: line }
  - caller: { getpeername: line, reads: rack:8000 }
  - child: { accept: door }
  - caller: { send: ping, using: line }
  - child: { poll: line, reads: IN OUT }
  - child: { recv: line, max: 2, reads: pi }
  - child: { dup: line, as: spare, into: keeper }
  - child: { close: line }
  - keeper: { drain: spare }
  - caller: { shutdown: line, how: write }
  - keeper: { recv: spare, gives: eof }
  - keeper: { acceptall: door }
  - keeper: { getsockopt: error, using: spare, reads: "" }
  - child: { kill: TERM }
  - helper: { setuid: ana }
  - helper: { bind: 81, gives: EACCES }
  - helper: { exit: 0 }
  - keeper: { socket: udp6, as: six }
  - keeper: { setsockopt: { v6only: true }, using: six }
  - keeper: { bind: "udp6 [::]:5353", using: six }
  - caller: { sendto: hi, to: "udp6 [2001:db8::b]:5353", from: "udp6 any:5354" }
  - keeper: { recvfrom: six, reads: hi }
  - watcher: { connect: udp rack:9, as: knock }
  - watcher: { disconnect: knock }
  - watcher: { bind: udp 9999, as: ears }
  - watcher: { setsockopt: { join: { group: 224.0.0.251, interface: 10.1.0.1 } }, using: ears }
  - caller: { socket: udp, as: mouth }
  - caller: { setsockopt: { multicast_if: 10.1.0.1, broadcast: true }, using: mouth }
  - caller: { sendto: to the group, to: udp 224.0.0.251:9999, using: mouth }
  - caller: { sendto: to all, to: udp 10.1.0.255:9999, using: mouth }
  - keeper: { serve: [http, udp 7000], reply: hello }
  - caller: { request: GET /, to: rack:80, reads: hello }
  - caller: { request: what?, to: udp rack:7000, reads: hello, keep: true, as: kept }
  - caller: { request: again, to: udp rack:7000, using: kept, reads: hello }
  - keeper: { stop: http }
  - caller: { request: GET /, to: rack:80, gives: ECONNREFUSED }
`;

const opened = openRun(EVERY_CALL);
if (opened.run === undefined) throw new Error(JSON.stringify(opened.problems));
const { run } = opened;
const said = run.steps.map(({ plain }) => plain);

describe('every call', () => {
  it('is played as it is written', () => {
    expect(opened.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(run.lines.filter(({ act }) => act?.outcome === 'stuck')).toEqual([]);
  });

  it('has one sentence, which ends with a full stop', () => {
    for (const sentence of said) expect(sentence).toMatch(/^\S.*\.$/);
    expect(said.filter((sentence) => /undefined|its its|\.\./.test(sentence))).toEqual([]);
  });

  it.each([
    'keeper sets SO_REUSEADDR = on for its new socket: it may take a port that another holds with the same option, unless that one listens.',
    'keeper forks: child runs beside it and shares one socket.',
    'caller takes the address 10.1.0.1 and no port yet: connect will choose one.',
    'caller asks for the name of its new socket: it has no port yet.',
    'caller asks who is at the other end of ●: it is 10.1.0.2:8000.',
    'child asks what ● is ready for: IN OUT.',
    'child hands ● to keeper: two processes, one socket.',
    'child closes its copy of ●. keeper still holds the socket, so nothing is sent and nothing ends.',
    'keeper reads until nothing is left: one message, “ng”.',
    'caller says that it will send no more on ●.',
    'keeper accepts until nobody waits: no connections.',
    'keeper asks ● for its pending error: there is none.',
    'child is ended from outside; the system closes all its descriptors.',
    'helper is user ana from here on.',
    'helper asks for *:81 and is refused: EACCES, ports below 1024 are for privileged users.',
    'keeper takes UDP port 5353 on every address for IPv6.',
    'watcher takes the peer off ■: anybody may write to it again.',
    'keeper closes the listener on TCP port 80. Port 80 is free again.',
  ])('says: %s', (sentence) => {
    expect(said).toContain(sentence);
  });
});

// Engine and explanation read one rule: whoever got a copy is a match, and nobody else.
it('a copy goes to exactly the sockets that the explanation calls a match', () => {
  const { world } = run.recording;
  let copies = 0;
  for (const step of run.recording.steps)
    for (const fact of step.facts) {
      if (fact.kind !== 'delivered' || fact.sent.packet.protocol !== 'udp') continue;
      if (fact.rule !== 'broadcast' && fact.rule !== 'multicast') continue;
      const tuple = fourTupleOf(fact.sent.packet);
      readAt(world, step.before, () => {
        const matches = explainTakers(world, fact.host, tuple, 'eth0').filter(
          ({ verdict }) => verdict === 'match',
        );
        expect(matches.map(({ socket }) => socket)).toEqual(findTakers(world, fact.host, tuple, 'eth0'));
        expect(matches.map(({ socket }) => socket)).toContain(fact.socket);
      });
      copies++;
    }
  expect(copies).toBe(2);
});
