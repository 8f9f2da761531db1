// A run written by hand: nine steps that between them show everything a picture of the stage can hold.
// It stands in for the simulator in the tests of present/ and decides nothing. Who takes part: cast.ts. Why: reasons.ts.
import type { EndpointView, LaneView, Part, Scene, StepView } from '../../src/trace/scene.js';
import {
  asking,
  at,
  circle,
  door,
  host,
  laptop,
  laptopHost,
  names,
  nginx,
  ourCircle,
  ourSquare,
  ourTriangle,
  owner,
  process,
  refused,
  shell,
  socket,
  square,
  tabletHost,
  triangle,
  web,
  webHost,
  wildcard,
} from './cast.js';
import {
  asked,
  atTheFork,
  exact,
  fourNumbers,
  get,
  knock,
  nobody,
  query,
  rst,
  syn,
  synAck,
} from './reasons.js';

function step(
  number: number,
  host: number,
  glyph: StepView['glyph'],
  sentence: readonly Part[],
  more: Partial<StepView> = {},
): StepView {
  const plain = sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('chip' in part) return `${part.chip.address}:${part.chip.port}`;
      if ('mark' in part) return part.mark;
      return 'strong' in part ? part.strong : part.code;
    })
    .join('');
  return {
    number,
    at: number * 1_000_000,
    kind: 'call',
    glyph,
    phase: undefined,
    said: { id: 'call.unknown', args: {} },
    sentence,
    plain,
    say: undefined,
    host,
    process: undefined,
    sockets: [],
    mark: undefined,
    packet: undefined,
    isDelivery: false,
    changesState: false,
    ask: undefined,
    ...more,
  };
}
const arrival = { kind: 'arrival', isDelivery: true } as const;

export const steps: readonly StepView[] = [
  step(
    1,
    3,
    'listen',
    ['nginx listens on ', { chip: wildcard(80) }, ': ', { strong: 'it takes newcomers' }, '.'],
    {
      process: 3,
      sockets: [10],
      changesState: true,
      say: 'sshd and named are there as well.',
    },
  ),
  step(2, 1, 'syn', ['firefox asks for ', { chip: web(80) }, ' and ', { strong: 'a SYN leaves' }, '.'], {
    process: 1,
    sockets: [30],
    mark: '●',
    packet: syn,
    changesState: true,
  }),
  step(
    3,
    3,
    'syn',
    ['A SYN from ', { chip: laptop(51004) }, ' reaches web: ', { strong: 'nginx is asked' }, '.'],
    {
      ...arrival,
      process: 3,
      sockets: [10, 20],
      mark: '●',
      packet: syn,
      changesState: true,
    },
  ),
  step(
    4,
    1,
    'ack',
    ['The answer finds ', { chip: laptop(51004) }, ' and firefox ', { strong: 'is connected' }, '.'],
    {
      ...arrival,
      process: 1,
      sockets: [30],
      mark: '●',
      packet: synAck,
      changesState: true,
    },
  ),
  step(5, 1, 'data', ['firefox sends 5 bytes on ', { mark: '●' }, ' to ', { chip: web(80) }, '.'], {
    process: 1,
    sockets: [30],
    mark: '●',
    packet: get,
  }),
  step(
    6,
    3,
    'data',
    [
      'A segment from ',
      { chip: laptop(51004) },
      ' reaches web. ',
      { strong: 'Four sockets use port 80' },
      ', so the port alone cannot decide: web compares all four numbers.',
    ],
    { ...arrival, process: 3, sockets: [20], mark: '●', packet: get },
  ),
  step(7, 3, 'rst', ['A SYN asks for port 8081, and ', { strong: 'web answers RST' }, '.'], {
    ...arrival,
    packet: knock,
  }),
  step(
    8,
    3,
    'datagram',
    ['A datagram from ', { chip: laptop(40112) }, ' reaches ', { strong: 'named' }, '.'],
    {
      ...arrival,
      process: 5,
      sockets: [12],
      packet: query,
    },
  ),
  step(
    9,
    3,
    'error',
    ['sshd asks for ', { chip: wildcard(80) }, ' and gets ', { strong: 'EADDRINUSE' }, '.'],
    {
      process: 4,
      sockets: [11],
    },
  ),
];

const listening = [door, shell, names];
const everyone = [laptopHost([ourCircle, ourTriangle]), tabletHost([ourSquare])];
const serving = webHost([door, shell, names, circle, triangle, square]);
const calling = laptopHost([{ ...ourCircle, state: 'SYN-SENT' }]);
const isBusy = {
  kind: 'call',
  host: 3,
  headline: ['Port 80 is taken.'],
  lines: [['nginx holds ', { chip: wildcard(80) }, ' and listens there.']],
  holders: [door],
  errno: 'EADDRINUSE',
} as const;

type Moment = Pick<Scene, 'hosts'> & Partial<Pick<Scene, 'reason' | 'inFlight'>>;
const moments: readonly Moment[] = [
  { hosts: [laptopHost([]), tabletHost([]), webHost([])] },
  { hosts: [laptopHost([]), tabletHost([]), webHost(listening)] },
  { hosts: [calling, tabletHost([]), webHost(listening)], inFlight: [syn] },
  {
    hosts: [
      calling,
      tabletHost([]),
      webHost([
        ...listening,
        { ...circle, state: 'SYN-RECEIVED', process: undefined, descriptor: undefined },
      ]),
    ],
    reason: atTheFork,
    inFlight: [synAck],
  },
  { hosts: [laptopHost([ourCircle]), tabletHost([]), webHost([...listening, circle])], reason: exact },
  { hosts: [...everyone, serving], inFlight: [get] },
  { hosts: [...everyone, serving], reason: fourNumbers },
  {
    hosts: [laptopHost([ourCircle, ourTriangle, refused]), tabletHost([ourSquare]), serving],
    reason: nobody,
    inFlight: [rst],
  },
  {
    hosts: [laptopHost([ourCircle, ourTriangle, asking]), tabletHost([ourSquare]), serving],
    reason: asked,
  },
  { hosts: [...everyone, serving], reason: isBusy },
];

export const lanes: readonly LaneView[] = [
  {
    mark: '●',
    endpoint: laptop(51004),
    steps: [2, 3, 4, 5, 6].map((number) => ({ number, glyph: steps[number - 1]?.glyph ?? 'data' })),
  },
  { mark: undefined, endpoint: web(8081), steps: [{ number: 7, glyph: 'rst' }] },
  { mark: undefined, endpoint: web(53), steps: [{ number: 8, glyph: 'datagram' }] },
];

/** The scene after `t` steps, 0 … 9. */
export function sceneAt(t: number): Scene {
  const moment = moments[t];
  if (moment === undefined) throw new Error(`the hand-made run has no step ${t}`);
  return {
    t,
    total: steps.length,
    at: t * 1_000_000,
    step: steps[t - 1],
    reason: moment.reason,
    hosts: moment.hosts,
    inFlight: moment.inFlight ?? [],
  };
}

/** Four hosts, eight sockets on the server, with one host opened: the most that a stage shows box by box. */
export function crowded(opened: number): Scene {
  const C = owner('phone', 'D', 'D');
  const phone = (port: number): EndpointView => at('10.0.0.11', port, C);
  const safari = process(6, 'safari', 1200, 'eve');
  const more = [
    socket(40, nginx, 12, 'ESTABLISHED', web(80), phone(51004), { mark: '◆' }),
    socket(41, nginx, 13, 'TIME-WAIT', web(80), phone(51005), { mark: '★' }),
  ];
  const hosts = [
    laptopHost([ourCircle, ourTriangle]),
    tabletHost([ourSquare]),
    host(
      4,
      'phone',
      C,
      '10.0.0.11',
      [safari],
      [socket(42, safari, 7, 'ESTABLISHED', phone(51004), web(80), { mark: '◆' })],
    ),
    webHost([door, shell, names, circle, triangle, square, ...more]),
  ];
  const scene = sceneAt(6);
  if (opened === 3) return { ...scene, hosts };
  return { ...scene, hosts, reason: exact, step: steps[3] };
}
