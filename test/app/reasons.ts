// The packets of the hand-made run and why each went where it went: copied from what the field says, not computed.
import type {
  CandidateView,
  DeliveryReason,
  PacketView,
  Part,
  Question,
  SocketView,
} from '../../src/trace/scene.js';
import { circle, door, laptop, names, ourCircle, packet, shell, square, triangle, web } from './cast.js';

export const syn = packet(1, 'tcp', laptop(51004), web(80), 'SYN', '', { host: 1, socket: 30 }, 3, '●');
export const synAck = packet(
  2,
  'tcp',
  web(80),
  laptop(51004),
  'SYN ACK',
  '',
  { host: 3, socket: 20 },
  1,
  '●',
);
export const get = packet(
  3,
  'tcp',
  laptop(51004),
  web(80),
  'PSH ACK',
  'GET /',
  { host: 1, socket: 30 },
  3,
  '●',
);
export const knock = packet(4, 'tcp', laptop(51006), web(8081), 'SYN', '', { host: 1, socket: 34 }, 3);
export const rst = packet(
  5,
  'tcp',
  web(8081),
  laptop(51006),
  'RST ACK',
  '',
  { host: 3, socket: undefined },
  1,
);
export const query = packet(6, 'udp', laptop(40112), web(53), '', 'A web?', { host: 1, socket: 33 }, 3);

export const candidate = (
  view: SocketView,
  question: Question,
  verdict: CandidateView['verdict'],
  words: string,
  field?: CandidateView['field'],
  expected = '',
  got = '',
): CandidateView => ({ socket: view, question, verdict, field, expected, got, words });

export function delivery(
  arrived: PacketView,
  candidates: readonly CandidateView[],
  answers: Readonly<Partial<Record<Question | 'deliver', readonly Part[]>>>,
  rest: Pick<DeliveryReason, 'headline' | 'rule' | 'winner' | 'answer'> & { readonly host?: number },
): DeliveryReason {
  const titles = {
    protocol: 'Which protocol?',
    'local port': 'Which local port?',
    conversation: 'Whose conversation?',
    member: 'Which member?',
    willing: 'Is it willing?',
    deliver: rest.answer === 'delivered' ? 'Deliver' : 'Refuse',
  };
  const order = ['protocol', 'local port', 'conversation', 'member', 'willing', 'deliver'] as const;
  return {
    kind: 'delivery',
    host: rest.host ?? 3,
    packet: arrived,
    headline: rest.headline,
    questions: order.flatMap((id) => {
      const answer = answers[id];
      if (answer === undefined) return [];
      return [
        { id, title: titles[id], answer, candidates: candidates.filter(({ question }) => question === id) },
      ];
    }),
    candidates,
    rule: rest.rule,
    winner: rest.winner,
    answer: rest.answer,
  };
}

export const quietOnes = [
  candidate(shell, 'local port', 'reject', 'port 22 ≠ 80', 'local port', '80', '22'),
  candidate(names, 'protocol', 'reject', 'UDP', 'protocol', 'tcp', 'udp'),
];
export const atTheFork = delivery(
  syn,
  [candidate(door, 'conversation', 'match', 'LISTEN'), ...quietOnes],
  {
    protocol: ['IP says ', { strong: '6 = TCP' }, '. UDP sockets are a separate set and are not asked.'],
    'local port': ['Destination port ', { code: '80' }, ': one socket of nginx uses it. sshd uses 22.'],
    conversation: ['No conversation has these four numbers, so the listening socket takes it.'],
    deliver: ['nginx gets a new connection, in SYN-RECEIVED.'],
  },
  {
    headline: ['A SYN opens a conversation. The listening socket takes it.'],
    rule: 'listener',
    winner: 10,
    answer: 'delivered',
  },
);
export const exact = delivery(
  synAck,
  [candidate({ ...ourCircle, state: 'SYN-SENT' }, 'conversation', 'match', 'all four')],
  {
    protocol: ['IP says ', { strong: '6 = TCP' }, '.'],
    'local port': ['Destination port ', { code: '51004' }, ' was picked for Firefox.'],
    conversation: ['All four numbers are the same.'],
    deliver: ['Firefox is connected.'],
  },
  { headline: ['The answer comes back to 51004.'], rule: 'exact', winner: 30, answer: 'delivered', host: 1 },
);
export const fourNumbers = delivery(
  get,
  [
    candidate(circle, 'conversation', 'match', 'all four'),
    candidate(triangle, 'conversation', 'reject', 'port 51005 ≠ 51004', 'remote port', ':51004', ':51005'),
    candidate(square, 'conversation', 'reject', 'other host', 'remote address', '10.0.0.7', '10.0.0.9'),
    candidate(door, 'conversation', 'fallback', 'LISTEN · fallback'),
    ...quietOnes,
  ],
  {
    protocol: ['IP says ', { strong: '6 = TCP' }, '. UDP sockets are a separate set and are not asked.'],
    'local port': ['Destination port ', { code: '80' }, ': four sockets of nginx use it. sshd uses 22.'],
    conversation: ['One socket has the same four numbers.'],
    deliver: [
      'The bytes join the receive queue of nginx, fd 9. The listener is not involved: it is for ',
      { strong: 'new' },
      ' conversations.',
    ],
  },
  {
    headline: ['The segment carries four numbers. Only one socket has the same four.'],
    rule: 'exact',
    winner: 20,
    answer: 'delivered',
  },
);
export const nobody = delivery(
  knock,
  [
    candidate(door, 'local port', 'reject', 'port 80 ≠ 8081', 'local port', '8081', '80'),
    candidate(circle, 'local port', 'reject', 'port 80 ≠ 8081', 'local port', '8081', '80'),
    candidate(triangle, 'local port', 'reject', 'port 80 ≠ 8081', 'local port', '8081', '80'),
    candidate(square, 'local port', 'reject', 'port 80 ≠ 8081', 'local port', '8081', '80'),
    candidate(shell, 'local port', 'reject', 'port 22 ≠ 8081', 'local port', '8081', '22'),
    candidate(names, 'protocol', 'reject', 'UDP', 'protocol', 'tcp', 'udp'),
  ],
  {
    protocol: ['IP says ', { strong: '6 = TCP' }, '.'],
    'local port': ['Nothing holds TCP port ', { code: '8081' }, ' on web.'],
    deliver: ['web answers with ', { strong: 'RST' }, ': nobody is there.'],
  },
  {
    headline: ['Nobody holds port 8081, so web refuses.'],
    rule: undefined,
    winner: undefined,
    answer: 'rst',
  },
);
export const asked = delivery(
  query,
  [
    candidate(names, 'conversation', 'match', 'any peer'),
    ...[door, circle, triangle, square, shell].map((view) =>
      candidate(view, 'protocol', 'reject', 'TCP', 'protocol', 'udp', 'tcp'),
    ),
  ],
  {
    protocol: ['IP says ', { strong: '17 = UDP' }, '. TCP sockets are not asked.'],
    'local port': ['Destination port ', { code: '53' }, ' is held by named.'],
    conversation: ['An unconnected UDP socket takes datagrams from anybody.'],
    deliver: ['named can read one datagram.'],
  },
  {
    headline: ['A datagram needs no conversation.'],
    rule: 'unconnected',
    winner: 12,
    answer: 'delivered',
  },
);
