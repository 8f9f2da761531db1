// Other programs that carry TCP segments, measured on this machine in the same run: their sources are in peers/.
// Each is compiled when first asked for; what cannot be built here is left out by name, with the reason.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Peer {
  readonly name: string;
  /** Why it cannot be measured here; '' if it can. */
  readonly missing: string;
  /** Median nanoseconds of `open+close` or `message+ACK` with so many connections open. */
  nanos(what: string, connections: number): number;
}

const SOURCES = fileURLToPath(new URL('../../../../test/bench/peers/', import.meta.url));
const BUILT = fileURLToPath(new URL('../../../../out/bench/', import.meta.url));
/** What the kernel lets one process have open. */
const MOST_FILES = 9000;
const NS3 = ['point-to-point', 'internet', 'bridge', 'traffic-control', 'network', 'stats', 'core'];

export function peers(): readonly Peer[] {
  return [
    peer('linux', ['cc', 'linux.c'], MOST_FILES),
    peer('lwip', ['cc', 'lwip.c', '-I/usr/include/lwip', '-llwip', '-lpthread'], 20_000),
    peer('ns3', ['c++', 'ns3.cc', '-std=c++17', ...NS3.map((part) => `-lns3-${part}`)], 20_000),
  ];
}

function peer(name: string, [compiler = '', source = '', ...flags]: readonly string[], most: number): Peer {
  mkdirSync(BUILT, { recursive: true });
  const built = spawnSync(compiler, ['-O2', '-o', `${BUILT}${name}`, `${SOURCES}${source}`, ...flags], {
    encoding: 'utf8',
  });
  const isBuilt = built.status === 0;
  const why = built.error?.message ?? built.stderr.split('\n').find((line) => line.includes('error')) ?? '';
  return {
    name,
    missing: isBuilt ? '' : `it cannot be built (${why.trim() || 'no C compiler'})`,
    nanos(what, connections) {
      const ran = spawnSync(`${BUILT}${name}`, [what, String(Math.min(connections, most))], {
        encoding: 'utf8',
      });
      if (ran.status !== 0) return Number.NaN;
      return Number(ran.stdout.trim());
    },
  };
}
