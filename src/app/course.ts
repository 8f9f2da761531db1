// The course: which scenarios of a group come in which order. A file that is not named here stands behind those of its group.
// Who reads the files: library.ts. That each is there: test/library.test.ts.
import { words } from './words/speech.js';

export interface Chapter {
  /** The folder below scenarios/. */
  readonly folder: string;
  /** What stands on the gallery's filter. */
  readonly title: string;
  /** Names of files without their ending, in the order in which one follows from the other. */
  readonly ids: readonly string[];
}

export const COURSE: readonly Chapter[] = [
  {
    folder: 'ports',
    title: words`Ports and processes`,
    ids: [
      'two-programs-one-address',
      'your-browsers-own-port',
      'tcp-53-and-udp-53',
      'picked-for-you-and-zero',
      'who-may-sit-on-80',
      'the-port-you-did-not-type',
    ],
  },
  {
    folder: 'conversations',
    title: words`One port, many conversations`,
    ids: [
      'three-conversations-one-port',
      'the-same-number-twice',
      'the-door-and-the-desk',
      'four-workers-one-port',
      'connected-udp-hears-one-peer',
      'same-door-out',
    ],
  },
  {
    folder: 'services',
    title: words`Services you know`,
    ids: [
      'the-server-phones-you-back',
      'passive-please',
      'two-ways-in',
      'a-letters-day',
      'a-question-too-big-for-udp',
      'asking-before-you-have-an-address',
      'what-time-is-it',
      'old-friends',
      'one-site-two-doors',
    ],
  },
  {
    folder: 'failures',
    title: words`When it fails`,
    ids: [
      'closed-port-three-answers',
      'address-in-use',
      'why-cant-i-restart',
      'out-of-numbers',
      'a-ghost-calls',
      'connected-but-nobody-picked-up',
    ],
  },
  {
    folder: 'routers',
    title: words`Through a router`,
    ids: ['two-laptops-one-address', 'knock-on-8080', 'nobody-can-call-my-laptop'],
  },
  {
    folder: 'beyond',
    title: words`What books leave out`,
    ids: [
      'works-here-not-from-my-phone',
      'everything-leaves-by-one-wire',
      'icmp-has-no-port',
      'wildcard-against-specific',
      'every-taker-gets-a-copy',
      'a-phone-book-is-not-a-census',
      'one-socket-two-processes',
      'close-wait-is-our-own-fault',
    ],
  },
];
