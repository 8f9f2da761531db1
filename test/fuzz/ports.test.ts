// bind() and listen() on one host, at random: what the call gives, what the explanation says of it, and the rules of the
// kernel written here as one sentence each, must agree.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainBind } from '../../src/ports/explain.js';
import type { ProcessId, SocketId } from '../../src/world/tables.js';
import { claimOf } from '../builders/claim.js';
import { tupleOf } from '../builders/crowd.js';
import { Net } from '../builders/network.js';
import { fuzz } from './share.js';

const USERS = ['root', 'ann', 'bob'] as const;
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('bind'),
      protocol: fc.constantFrom<'tcp' | 'udp'>('tcp', 'tcp', 'udp'),
      user: fc.constantFrom(...USERS),
      address: fc.constantFrom('', '10.0.0.1', '10.0.0.2'),
      port: fc.constantFrom(5000, 5000, 5001),
      mayRebind: fc.constantFrom(true, true, false),
      sharesPort: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('listen'), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('close'), which: fc.nat(9) }) },
);

test('the call, its explanation and the rules in plain words agree', { timeout: fuzz.timeout }, () => {
  const tally: Record<string, number> = {};
  fc.assert(
    fc.property(fc.array(act, { minLength: 2, maxLength: 14 }), (acts) => {
      const net = new Net({ box: { addresses: ['10.0.0.1', '10.0.0.2'] } });
      const processes = new Map(USERS.map((user) => [user, net.process('box', user)]));
      const sockets: { socket: SocketId; process: ProcessId }[] = [];
      const memory: Memory = new Map();
      const count = (outcome: string) => {
        tally[outcome] = (tally[outcome] ?? 0) + 1;
      };
      /** Who is in the way, as the explanation has it. */
      const explained = (
        socket: SocketId,
        wish: { address?: string; port?: number; isListening?: boolean },
      ) => {
        const claim = { ...claimOf(net.world, socket), ...wish };
        return explainBind(net.world, net.host('box'), claim, socket)
          .filter(({ relation }) => relation === 'conflict')
          .map((each) => each.socket);
      };
      for (const each of acts) {
        if (!('user' in each)) {
          const place = each.which % Math.max(1, sockets.length);
          const chosen = sockets[place];
          if (chosen === undefined) continue;
          const { socket, process } = chosen;
          if (each.does === 'close') {
            sockets.splice(place, 1);
            net.call(process, { call: 'close', socket });
            continue;
          }
          const isFirst = net.stateOf(socket) !== 'LISTEN';
          const wanted = inTheWay(net, memory, socket, net.localAddressOf(socket), net.portOf(socket));
          if (isFirst) expect(explained(socket, { isListening: true })).toEqual(wanted);
          const { outcome } = net.call(process, { call: 'listen', socket, backlog: 1 });
          if (net.world.sockets.protocol.get(socket) === 'udp') expect(outcome).toBe('EOPNOTSUPP');
          else expect(outcome).toBe(isFirst && wanted.length > 0 ? 'EADDRINUSE' : 'ok');
          if (isFirst && outcome === 'ok') remember(net, memory, socket);
          count(`listen ${outcome}`);
          continue;
        }
        const process = processes.get(each.user) as ProcessId;
        const { protocol, address, port, mayRebind, sharesPort } = each;
        const socket = net.socket(process, protocol, { mayRebind, sharesPort });
        const wanted = inTheWay(net, memory, socket, address, port);
        expect(explained(socket, { address, port })).toEqual(wanted);
        const { outcome, holder } = net.call(process, { call: 'bind', socket, address, port });
        expect(outcome).toBe(wanted.length === 0 ? 'ok' : 'EADDRINUSE');
        if (wanted.length > 0) expect(wanted).toContain(holder);
        if (outcome === 'ok') {
          sockets.push({ socket, process });
          remember(net, memory, socket);
        } else net.call(process, { call: 'close', socket });
        count(outcome);
      }
    }),
    fuzz.settings('ports', fuzz.share(400, 20_000)),
  );
  for (const outcome of ['ok', 'EADDRINUSE', 'listen ok', 'listen EADDRINUSE'])
    expect(tally[outcome] ?? 0, outcome).toBeGreaterThan(4);
});

/** By port: user and address of the last TCP socket that came to hold it, if that one shares by SO_REUSEPORT. */
type Memory = Map<number, { readonly user: string; readonly address: string } | undefined>;

function remember(net: Net, memory: Memory, socket: SocketId): void {
  const { sockets } = net.world;
  if (sockets.protocol.get(socket) === 'udp') return;
  const own = { user: sockets.user.get(socket), address: net.localAddressOf(socket) };
  memory.set(net.portOf(socket), sockets.sharesPort.get(socket) ? own : undefined);
}

/** In order of creation: whoever overlaps, unless both allow it. Linux, TCP and UDP. */
function inTheWay(net: Net, memory: Memory, socket: SocketId, address: string, port: number): SocketId[] {
  const { sockets } = net.world;
  const isTcp = sockets.protocol.get(socket) === 'tcp';
  const isHeld = [...sockets.rows].some(
    (other) => other !== socket && net.portOf(other) === port && sockets.protocol.get(other) === 'tcp',
  );
  const known = isHeld || net.portOf(socket) === port ? memory.get(port) : undefined;
  // The kernel's short cut: it lets in who looks like the last one that shared, and asks nobody else.
  if (isTcp && sockets.sharesPort.get(socket) && known?.user === sockets.user.get(socket))
    if (known.address === '' || known.address === address) return [];
  return [...sockets.rows].filter((other) => {
    if (other === socket || sockets.protocol.get(other) !== sockets.protocol.get(socket)) return false;
    const held = tupleOf(net, other);
    const overlaps = held.localAddress === '' || address === '' || held.localAddress === address;
    if (held.localPort !== port || !overlaps) return false;
    const isListener = sockets.state.get(other) === 'LISTEN';
    const bothRebind = sockets.mayRebind.get(other) && sockets.mayRebind.get(socket) && !isListener;
    const bothShare = sockets.sharesPort.get(other) && sockets.sharesPort.get(socket);
    return !bothRebind && !(bothShare && sockets.user.get(other) === sockets.user.get(socket));
  });
}
