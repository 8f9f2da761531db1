// Every step of every scenario: one endpoint has one owner, and so one letter and one colour, in caption, packets, sockets,
// reasons, headers and table; and at a decision the packet's four numbers are those of the row that got it, while every
// row that was put aside has its differing half struck.
import { describe, expect, it } from 'vitest';
import { type Chip, chipOf } from '../../src/app/present/chip.js';
import { tableOf } from '../../src/app/present/table.js';
import { whyRows } from '../../src/app/present/why.js';
import { openRun } from '../../src/scenario/run.js';
import type { EndpointView, Scene } from '../../src/trace/scene.js';
import { scenarioFiles } from '../builders/scenarios.js';

const look = ({ ep, hue, letter, address, port }: Chip) => ({ ep, hue, letter, address, port });

/** Everything with an address and a port that hangs anywhere on a value. */
function* endpointsIn(value: unknown): Generator<EndpointView> {
  if (typeof value !== 'object' || value === null) return;
  if ('address' in value && 'port' in value && 'owner' in value) yield value as EndpointView;
  else for (const inner of Object.values(value)) yield* endpointsIn(inner);
}

/** Hosts behind different routers may have the same address: then it is its owner that tells them apart. */
function ambiguous({ hosts }: Scene): ReadonlySet<string> {
  const all = hosts.flatMap(({ addresses }) => addresses);
  return new Set(['127.0.0.1', '::1', ...all.filter((address, at) => all.indexOf(address) !== at)]);
}

describe.each(scenarioFiles())('$id', ({ source }) => {
  const { run } = openRun(source);
  if (run === undefined) throw new Error('cannot be played');
  const scenes = Array.from({ length: run.total + 1 }, (_, t) => run.sceneAt(t));

  it('gives each endpoint one letter and one colour wherever it stands', () => {
    const seen = new Map<string, string>();
    for (const scene of scenes) {
      const twice = ambiguous(scene);
      for (const endpoint of endpointsIn([scene, run.headersAt(scene.t)?.packet])) {
        if (twice.has(endpoint.address)) continue;
        const { ep, hue, letter } = chipOf(endpoint);
        const coat = `${letter} ${hue}`;
        expect(seen.get(ep) ?? coat, `${ep} at step ${scene.t}`).toBe(coat);
        seen.set(ep, coat);
      }
    }
  });

  it('shows the packet’s ends in the row that got it, and strikes what differs in every other', () => {
    for (const scene of scenes) {
      const { reason, t } = scene;
      if (reason?.kind !== 'delivery') continue;
      const { packet } = reason;
      const ours = chipOf(packet.quoted?.source ?? packet.destination);
      const theirs = chipOf(packet.quoted?.destination ?? packet.source);
      const rows = tableOf(scene, reason.host, scenes[t - 1])?.rows ?? [];
      for (const row of rows) {
        const where = `step ${t}: ${row.netid} ${row.local.ep} ${row.remote.ep}`;
        const candidate = reason.candidates.find(({ socket }) => socket.id === row.id);
        if (candidate?.verdict === 'match' && candidate.socket.remote.port !== 0) {
          expect(look(row.remote), where).toEqual(look(theirs));
          if (row.local.hue !== undefined) expect(look(row.local), where).toEqual(look(ours));
        }
        if (candidate?.verdict !== 'reject') continue;
        const [side, half] = (candidate.field ?? '').split(' ');
        expect(row.local.struck, where).toBe(side === 'local' ? half : 'none');
        expect(row.remote.struck, where).toBe(side === 'remote' ? half : 'none');
        // The struck half does differ from the packet's, and the panel strikes the same.
        if (side === 'remote')
          expect(row.remote[half === 'port' ? 'port' : 'address'], where).not.toBe(
            theirs[half === 'port' ? 'port' : 'address'],
          );
        if (side === 'local' && half === 'port') expect(row.local.port, where).not.toBe(ours.port);
      }
      const told = whyRows(reason, undefined).questions.flatMap(({ isLarge, candidates }) =>
        isLarge ? candidates : [],
      );
      for (const { id, chip, verdict } of told) {
        const field = reason.candidates.find(({ socket }) => socket.id === id)?.field ?? '';
        const half = /^(remote|local) (port|address)$/.exec(field)?.[2] ?? 'none';
        if (verdict === 'reject') expect(chip.struck, `step ${t}: socket ${id}, ${field}`).toBe(half);
      }
    }
  });
});
