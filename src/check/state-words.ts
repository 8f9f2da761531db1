// What a state fact finds at the position where the world stands, in words beside the expected ones; and for a row of the
// socket table the one that differs in the fewest columns, each column asked alone of ../scenario/holds/holds.ts.
import { unreachable } from '../base/invariant.js';
import type { RowPattern, RowSide } from '../scenario/atoms/rows.js';
import { SOCKET_STATES } from '../scenario/atoms/words.js';
import {
  comparedValue,
  holdsNow,
  portOf,
  rowsLike,
  type StateValue,
  socketsLike,
} from '../scenario/holds/holds.js';
import type { Fact } from '../scenario/schema/facts.js';
import type { SocketId } from '../world/tables.js';
import type { Evidence } from './evidence.js';
import { rowWords } from './log-words.js';

/** How many rows a failure lists. */
const MOST_ROWS = 4;

/** What there is instead. `spelt`: the fact as the author wrote it. */
export function actualState(evidence: Evidence, fact: StateValue, spelt: Fact): string {
  const { world, directory } = evidence;
  switch (fact.kind) {
    case 'state':
      return (
        SOCKET_STATES.find((state) => holdsNow(world, directory, { ...fact, state })) ?? 'no such socket'
      );
    case 'port':
      return String(portOf(world, directory, fact.of) ?? 'no such socket');
    case 'sockets':
      return listed(evidence, socketsLike(world, directory, fact), 'socket', 'sockets');
    case 'row':
      return listed(evidence, rowsLike(world, directory, fact), 'row like it', 'rows like it');
    case 'same':
    case 'different': {
      const names: readonly (string | number)[] = spelt[fact.kind] ?? [];
      return fact.values
        .map((value, index) => {
          const found = comparedValue(world, directory, value)?.replace(/^:/, '');
          return `${names[index]} is ${found ?? 'not there'}`;
        })
        .join(', ');
    }
    case 'mapping':
      return 'no mapping';
    default:
      return unreachable(fact);
  }
}

function listed(evidence: Evidence, found: readonly SocketId[], noun: string, nouns: string): string {
  if (found.length === 0) return `no ${noun}`;
  const rows = found.slice(0, MOST_ROWS).map((socket) => rowWords(evidence, socket));
  const more = found.length > rows.length ? `; and ${found.length - rows.length} more` : '';
  return `${found.length} ${found.length === 1 ? noun : nouns}: ${rows.join('; ')}${more}`;
}

const ANY: RowSide = { place: { kind: 'any' }, port: { kind: 'any' } };

/** The row that differs in the fewest columns, oldest first; undefined where no row has a column in common. */
export function nearestRow(
  evidence: Evidence,
  fact: Extract<StateValue, { kind: 'row' }>,
  spelt: Fact,
): string | undefined {
  const { world, directory } = evidence;
  const { row } = fact;
  const like = (pattern: RowPattern) => new Set(rowsLike(world, directory, { ...fact, row: pattern }));
  const [, , local = '', remote = ''] = String(spelt.row).split(' ');
  const exact = like(row);
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const protocol of ['tcp', 'udp'] as const) {
    const open: RowPattern = { protocol, state: '*', local: ANY, remote: ANY, process: undefined };
    const columns = [
      {
        name: 'protocol',
        expected: row.protocol,
        fits: row.protocol.startsWith(protocol) ? like(open) : new Set(),
      },
      { name: 'state', expected: row.state, fits: like({ ...open, state: row.state }) },
      { name: 'local', expected: local, fits: like({ ...open, local: row.local }) },
      { name: 'remote', expected: remote, fits: like({ ...open, remote: row.remote }) },
      { name: 'process', expected: row.process ?? '*', fits: like({ ...open, process: row.process }) },
    ];
    for (const socket of like(open)) {
      const wrong = columns.filter(({ fits }) => !fits.has(socket));
      if (exact.has(socket) || wrong.length >= Math.min(fewest, columns.length)) continue;
      fewest = wrong.length;
      const differences = wrong.map(({ name, expected }) => `${name} is not ${expected}`);
      best = `${rowWords(evidence, socket)}; ${differences.join(', ')}`;
    }
  }
  return best;
}
