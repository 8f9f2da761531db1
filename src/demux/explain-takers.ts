// Why these sockets each got a copy of a broadcast or multicast datagram, and the others none: socket by socket, from the
// same question that takers.ts asks. There is no best one here: whoever fits is a match.
import type { FourTuple } from '../wire/packet.js';
import type { HostId, World } from '../world/tables.js';
import { type Candidate, socketsWithPort } from './explain.js';
import { isHeardHere, obstacleOf } from './takers.js';

/** In order of creation; those with the verdict `match` are what `findTakers` gives, each under its own question. */
export function explainTakers(
  world: World,
  host: HostId,
  tuple: FourTuple,
  device: string,
): readonly Candidate[] {
  const isHeard = isHeardHere(world, host, tuple, device);
  return [...socketsWithPort(world, host)].map((socket): Candidate => {
    const { sockets } = world;
    const reject = (
      question: Candidate['question'],
      field: Candidate['field'],
      expected: string,
      got: string,
    ) => ({ socket, question, verdict: 'reject', field, expected, got, rule: undefined }) as const;
    const protocol = sockets.protocol.get(socket);
    if (protocol !== 'udp') return reject('protocol', 'protocol', 'udp', protocol);
    const port = sockets.localPort.get(socket);
    if (port !== tuple.localPort)
      return reject('local port', 'local port', String(tuple.localPort), String(port));
    const obstacle = isHeard
      ? obstacleOf(world, socket, tuple, device)
      : ({ field: 'local address', expected: tuple.localAddress, got: 'not joined' } as const);
    if (obstacle === undefined)
      return {
        socket,
        question: 'member',
        verdict: 'match',
        field: undefined,
        expected: '',
        got: '',
        rule: undefined,
      };
    const isAboutPeer = obstacle.field === 'remote address' || obstacle.field === 'remote port';
    return reject(
      isAboutPeer ? 'conversation' : 'local port',
      obstacle.field,
      obstacle.expected,
      obstacle.got,
    );
  });
}
