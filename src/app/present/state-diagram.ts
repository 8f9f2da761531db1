// The eleven states in one fixed layout, with the tokens of both ends and the way just taken, as shapes without a DOM.
// Only places are written here; which ways exist and what they say comes from the machine that the engine runs.
// Ways that only an accident takes (RST, a timeout) are drawn when one has been taken. Who draws it: ../panels/state.ts.
import type { TcpEvent } from '../../tcp/machine.js';
import { type Outcome, ways } from '../../tcp/outcomes.js';
import type { Lifecycle } from '../../trace/lifecycle.js';
import type { Owner } from '../../trace/scene.js';
import { TCP_STATES, type TcpState } from '../../world/tables.js';
import { edgeLabel } from '../words/state.js';

export const DIAGRAM = { width: 360, height: 480, nodeHeight: 27 } as const;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

/** Centres and widths. */
const PLACES: Readonly<Record<TcpState, Place>> = {
  CLOSED: { x: 180, y: 22, w: 66 },
  LISTEN: { x: 68, y: 84, w: 66 },
  'SYN-SENT': { x: 288, y: 84, w: 82 },
  'SYN-RECEIVED': { x: 68, y: 164, w: 108 },
  ESTABLISHED: { x: 192, y: 222, w: 102 },
  'FIN-WAIT-1': { x: 68, y: 302, w: 94 },
  'CLOSE-WAIT': { x: 292, y: 302, w: 94 },
  CLOSING: { x: 190, y: 346, w: 74 },
  'FIN-WAIT-2': { x: 68, y: 384, w: 94 },
  'LAST-ACK': { x: 292, y: 384, w: 82 },
  'TIME-WAIT': { x: 146, y: 452, w: 86 },
};

interface Route {
  readonly from: TcpState;
  readonly to: TcpState;
  /** The event of its label. */
  readonly by: TcpEvent;
  readonly d: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The ways of an orderly life, with the course of each line and the place of its label. */
export const ROUTES: readonly Route[] = [
  route('CLOSED', 'LISTEN', 'OPEN_PASSIVE', 'M147 28 C112 34 84 46 76 68', 116, 47, 'middle'),
  route('CLOSED', 'SYN-SENT', 'OPEN_ACTIVE', 'M213 28 C248 34 274 46 281 68', 262, 47, 'middle'),
  route('LISTEN', 'SYN-SENT', 'OPEN_ACTIVE', 'M103 84 H245', 174, 81, 'middle'),
  route('LISTEN', 'SYN-RECEIVED', 'SYN', 'M82 98 V148', 88, 124, 'start'),
  route('SYN-RECEIVED', 'LISTEN', 'RST_EXACT', 'M54 150 V100', 48, 128, 'end'),
  route('SYN-SENT', 'SYN-RECEIVED', 'SYN', 'M262 98 C220 126 170 148 125 160', 202, 131, 'middle'),
  route('SYN-SENT', 'ESTABLISHED', 'SYN_ACK_GOOD', 'M292 98 C288 150 264 190 236 206', 280, 172, 'middle'),
  route('SYN-RECEIVED', 'ESTABLISHED', 'ACK_NEW', 'M96 178 C108 196 122 206 139 214', 112, 204, 'middle'),
  route('SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSE', 'M44 178 V286', 40, 242, 'start'),
  route('ESTABLISHED', 'FIN-WAIT-1', 'CLOSE', 'M164 236 C146 262 124 276 100 286', 146, 266, 'middle'),
  route('ESTABLISHED', 'CLOSE-WAIT', 'FIN', 'M222 236 C240 262 256 276 270 287', 256, 266, 'middle'),
  route('FIN-WAIT-1', 'FIN-WAIT-2', 'ACK_OF_FIN', 'M58 316 V368', 50, 345, 'middle'),
  route('FIN-WAIT-1', 'CLOSING', 'FIN', 'M116 306 C138 312 158 320 170 330', 150, 311, 'middle'),
  route('FIN-WAIT-2', 'TIME-WAIT', 'FIN', 'M74 398 C80 418 96 432 112 438', 78, 424, 'middle'),
  route('CLOSING', 'TIME-WAIT', 'ACK_OF_FIN', 'M188 360 C186 390 172 420 160 437', 186, 404, 'middle'),
  route('CLOSE-WAIT', 'LAST-ACK', 'CLOSE', 'M292 316 V368', 290, 345, 'middle'),
  route(
    'LAST-ACK',
    'CLOSED',
    'ACK_OF_FIN',
    'M330 376 C360 350 352 60 350 44 C348 24 280 22 216 22',
    320,
    240,
    'middle',
  ),
  route(
    'TIME-WAIT',
    'CLOSED',
    'TIME_WAIT_TIMEOUT',
    'M103 452 C20 456 10 440 10 400 V64 C10 26 80 22 144 22',
    52,
    470,
    'middle',
  ),
];

function route(
  from: TcpState,
  to: TcpState,
  by: TcpEvent,
  d: string,
  x: number,
  y: number,
  anchor: Route['anchor'],
): Route {
  return { from, to, by, d, x, y, anchor };
}

export interface StateNode extends Place {
  readonly state: TcpState;
  /** Who is in it, in the order of the ends. */
  readonly tokens: readonly Owner[];
  readonly isNow: boolean;
  readonly isVisited: boolean;
}

export interface StateEdge {
  readonly key: string;
  readonly d: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: Route['anchor'];
  readonly isTaken: boolean;
  readonly isVisited: boolean;
  /** Taken by an accident: it has no place of its own. */
  readonly isAccident: boolean;
}

export interface StateDiagram {
  readonly nodes: readonly StateNode[];
  /** In order of drawing: what was just taken comes last. */
  readonly edges: readonly StateEdge[];
}

export function stateDiagram({ ends, visited }: Lifecycle): StateDiagram {
  const taken = ends.flatMap((end) => end.taken);
  const nodes = TCP_STATES.map((state) => ({
    state,
    ...PLACES[state],
    tokens: ends.filter((end) => end.state === state).map(({ owner }) => owner),
    isNow: taken.some(({ to }) => to === state),
    isVisited: visited.has(state),
  }));
  const regular = ROUTES.map((each): StateEdge => {
    const move = taken.find(({ from, to }) => from === each.from && to === each.to);
    return {
      ...each,
      key: `${each.from} ${each.to}`,
      label: labelOf(each.from, each.to, move?.event ?? each.by),
      isTaken: move !== undefined,
      isVisited: visited.has(each.from) && visited.has(each.to),
      isAccident: false,
    };
  });
  const accidents = taken.filter(
    ({ from, to }) => !ROUTES.some((each) => each.from === from && each.to === to),
  );
  const edges = [...regular, ...accidents.map(({ from, to, event }) => accident(from, to, event))];
  return {
    nodes,
    edges: [...edges.filter((each) => !each.isTaken), ...edges.filter((each) => each.isTaken)],
  };
}

/** All that the machine has, read once. */
const WAYS = ways();

function labelOf(from: TcpState, to: TcpState, event: string): string {
  const way = WAYS.find((each) => each.from === from && each.to === to);
  const outcome: Outcome | undefined = way?.by.find((each) => each.event === event) ?? way?.by[0];
  return outcome === undefined ? '' : edgeLabel(outcome.event, outcome.actions);
}

/** A straight line between the two states, with its label in the middle. */
function accident(from: TcpState, to: TcpState, event: string): StateEdge {
  const [start, end] = [PLACES[from], PLACES[to]];
  const down = Math.sign(end.y - start.y) * (DIAGRAM.nodeHeight / 2 + 2);
  return {
    key: `${from} ${to}`,
    d: `M${start.x} ${start.y + down} L${end.x} ${end.y - down}`,
    label: labelOf(from, to, event),
    x: (start.x + end.x) / 2,
    y: (start.y + end.y) / 2,
    anchor: 'middle',
    isTaken: true,
    isVisited: true,
    isAccident: true,
  };
}
