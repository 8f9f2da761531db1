// Every sentence and label of the interface, in one typed table; functions where something is filled in, their own words
// marked by `words`. Sentences about steps are not here: they come with the scene (../trace/words/). Protocol words are
// never translated. It refuses to know the DOM, so that present/ may use it too.
import type { CandidateView } from '../trace/scene.js';
import { breakpoints, share } from './words/breakpoints.js';
import { besideKey, keyWords, withKey } from './words/keys.js';
import { names } from './words/names.js';
import { port, ports } from './words/ports.js';
import { predict } from './words/predict.js';
import { problem } from './words/problem.js';
import { present, print, transcript } from './words/room.js';
import { plural, spelled, words } from './words/speech.js';
import { table } from './words/table.js';

function verdict(candidate: CandidateView): string {
  if (candidate.verdict === 'fallback')
    return candidate.question === 'member' ? words`not picked` : words`fallback`;
  switch (candidate.field) {
    case 'remote port':
      return words`port ≠`;
    case 'remote address':
      return words`host ≠`;
    case 'local address':
      return words`address ≠`;
    case 'state':
      return words`unwilling`;
    default:
      return candidate.question === 'member' ? words`not picked` : words`no`;
  }
}

const english = {
  product: 'Fourtuple',
  title: (scenario: string) => words`${scenario} · Fourtuple`,
  named: names,
  keys: {
    says: keyWords,
    besideKey,
    withKey,
    button: 'Keys and settings (?)',
    title: 'Keys and settings',
    settings: 'Settings of this device',
    letters: 'Single letters are keys',
    contrast: 'More contrast',
    forget: 'Forget my progress and answers',
    close: 'Close',
    stageHint:
      'In the stage: Enter goes in, the arrows move between hosts, programs and sockets, Esc leaves.',
    where: { stage: 'In a scenario', present: 'Presenting', gallery: 'In the gallery' },
  },
  stage: {
    name: (title: string) => words`Network picture: ${title}`,
    role: 'network picture',
    host: 'host',
    lookingInside: 'looking inside',
    keptOpen: 'kept open',
    pid: (pid: number) => words`pid ${pid}`,
    descriptor: (fd: number) => words`fd ${fd}`,
    noSocket: 'no socket',
    noSocketShort: 'none',
    gone: 'closed',
    others: 'others',
    more: (count: number) => `+${count}`,
    moreName: (count: number, host: string) =>
      words`${count} more ${plural(count, { one: words`socket`, other: words`sockets` })} on ${host}`,
    groupTitle: (title: 'queue' | 'kernel' | 'more' | undefined, count: number) => {
      if (title === 'queue') return words`in queue`;
      return title === 'kernel' ? words`no program` : `+${count}`;
    },
    processName: (name: string, pid: number, host: string) => words`Program ${name}, pid ${pid}, on ${host}`,
    portName: (protocol: string, port: number | undefined, count: number) =>
      words`${protocol.toUpperCase()} port ${port ?? words`others`}, ${count} ${plural(count, { one: words`socket`, other: words`sockets` })}`,
    protocolName: (protocol: string, count: number) =>
      words`Protocol ${protocol.toUpperCase()}, ${count} ${plural(count, { one: words`socket`, other: words`sockets` })}`,
    verdict,
    nobodyHere: 'nobody here',
    holdsIt: 'already holds it',
    network: ['the', 'network'],
    home: (name: string, range: string) => words`${name} network ${range}`.trim(),
    moreInFlight: (count: number) => words`+${count} on the wire`,
    inFlight: (count: number) => words`${count} in flight`,
    swarm: (count: number) => words`${count} packets in flight; the ladder lists them`,
    layers: {
      processes: 'processes',
      sockets: 'sockets',
      transport: 'transport',
      demultiplexer: 'demultiplexer',
      multiplexer: 'transport · multiplexer',
      ip: (address: string) => words`IP layer · ${address}`,
      ipCompact: 'IP · adds source & destination address',
    },
    tree: {
      whose: '3 whose?',
      whoseHint: 'all four',
      port: '2 local port?',
      portHint: 'dest. port',
      protocol: '1 protocol?',
      protocolHint: 'IP header',
    },
  },
  top: {
    home: 'Fourtuple, all scenarios',
    toDark: 'Dark theme',
    toLight: 'Light theme',
    where: 'Where you are',
    menu: 'Menu',
    speed: (speed: number) => words`Speed ${speed}×`,
    present: 'Present',
    share: 'Share',
  },
  caption: {
    of: (total: number) => words`of ${total}`,
    start: 'Nothing has happened yet.',
    startHint: 'Press → or Step: one event at a time.',
    name: 'What happens in this step',
    go: (step: number) => words`Go to step ${step}`,
  },
  regions: {
    stage: 'Stage',
    ladder: 'Ladder',
    ports: 'Ports',
    states: 'States',
    table: 'Sockets',
    panel: 'Reasons and notes',
    transport: 'Steps',
    candidates: 'Candidates',
  },
  panel: {
    raise: 'Taller panel',
  },
  table,
  why: {
    tab: 'Why this socket?',
    tabShort: 'Why?',
    from: 'from',
    to: 'to',
    previous: '‹ Previous reason',
    next: 'Next reason ›',
    oneOf: (number: number, count: number, title: string) => words`${number} of ${count} · ${title}`,
    anyPeer: 'any peer',
    noneTitle: 'No packet was handed to a socket in this step.',
    noneBody: 'A reason stands here when one is delivered or refused.',
    toDelivery: 'Go to the next delivery',
    callTitle: 'Who holds it',
    reason: (title: string, answer: string) => `${title} ${answer}`,
  },
  notes: {
    tab: 'Notes',
    teaches: 'What this shows',
    takeaway: 'To take away',
    teacher: 'For the teacher',
    said: 'Said so far',
    breaks: 'You may have thought',
    truth: 'About the picture',
    truthBody:
      'A kernel does not walk a tree. It looks the four numbers up in a hash table, then the most specific listener, then the wildcard. The tree gives the same answer in an order one can follow.',
  },
  sockets: { tab: 'Sockets' },
  header: {
    tab: 'Header',
    title: (protocol: 'tcp' | 'udp' | 'icmp', number: number) =>
      `${{ tcp: 'Segment', udp: 'Datagram', icmp: 'ICMP error' }[protocol]} ${number}`,
    quoted: (name: string) => words`${name}, quoted`,
    size: (bytes: number) => words`${bytes} bytes`,
    was: (value: string | number, letter: string | undefined) =>
      letter === undefined ? words`was ${value}` : words`was ${letter} ${value}`,
    strip: 'numbers have the colour of the host that owns them',
    rows: {
      network: 'who carries it',
      ports: 'which socket',
      rest: '',
      flags: 'what it is',
    },
    flags: 'flags',
    lamp: (flag: string, isSet: boolean) => (isSet ? words`${flag} is set` : words`${flag} is not set`),
    isAsked: '· read by the demultiplexer',
    about: 'The chosen field',
    value: 'value',
    decimal: 'decimal',
    hex: 'hex',
    bits: 'bits',
    data: 'Data',
    bytesLong: (count: number) => `${count} ${plural(count, { one: words`byte`, other: words`bytes` })}`,
    asBytes: (count: number) => words`All ${count} bytes`,
    noneTitle: 'No packet in this step.',
    noneBody: 'The headers of the packet that is sent or arrives stand here.',
  },
  translations: {
    title: (host: string) => words`Translations on ${host}`,
    hint: 'inside is who really speaks, outside is what others see',
    none: 'No row yet: nothing has gone out through this router, and nothing was forwarded in.',
    stage: 'translation table',
    stageNone: 'translation table: no row yet',
    before: 'before the router',
    after: 'after the router',
    changed: (sides: readonly ('source' | 'destination')[]) =>
      sides.length > 1
        ? words`only the source and the destination changed`
        : sides[0] === 'source'
          ? words`only the source changed`
          : words`only the destination changed`,
    forwards: 'Rules that forward',
    rule: 'forwards',
    protocol: 'Netid',
    inside: 'Inside',
    outside: 'Outside',
    peer: 'Peer',
    state: 'State',
    left: 'Still lasts',
  },
  modes: { name: 'Mode', watch: 'Watch', predict: 'Predict', nothingAsked: 'This scenario asks nothing.' },
  predict,
  breakpoints,
  share,
  present,
  print,
  transcript,
  views: { name: 'View', stage: 'Stage', ladder: 'Ladder', ports: 'Ports', states: 'States' },
  ports,
  port,
  ladder: {
    name: 'Ladder: every step, and every packet between the ports',
    rails: 'one rail per port,',
    down: 'time runs down',
    more: (count: number) => words`${count} more`,
    others: (ports: readonly string[]) => words`Ports ${ports.join(', ')}: there is no room for a rail each`,
    picture: (hosts: number, packets: number) =>
      words`${hosts} ${plural(hosts, { one: words`host`, other: words`hosts` })}, ${packets} ${plural(packets, { one: words`packet`, other: words`packets` })}; the list of steps tells what each does.`,
  },
  states: {
    tab: 'State',
    title: 'Both ends of',
    picture: 'The eleven states of a TCP connection.',
    isIn: (host: string, state: string) => words`${host} is in ${state}.`,
    before: (state: string) => words`was ${state}`,
    next: 'What would happen next',
    event: 'if',
    answer: 'it answers',
    after: 'then',
    stays: 'stays',
    nothing: 'Nothing that could come would change anything.',
    pickEnd: 'Whose events are listed',
    pickConversation: 'Which conversation is shown',
    view: 'States of both ends',
    inFive: 'in five words',
    plain: {
      closed: { name: 'Closed', says: 'no connection; a listener waits here too' },
      opening: { name: 'Opening', says: 'SYN is out, not yet answered' },
      open: { name: 'Open', says: 'data goes both ways' },
      closing: { name: 'Closing', says: 'somebody has said FIN' },
      waiting: { name: 'Waiting', says: 'closed first, so the numbers rest' },
    },
    noneTitle: 'No TCP connection here',
    noneBody:
      'UDP keeps no states: each datagram stands for itself. Choose a TCP conversation, if there is one.',
  },
  transport: {
    first: 'First step',
    back: 'Step back',
    step: 'Step',
    play: 'Play',
    haltOpen: 'Answer first, or let it be shown.',
    haltQuestion: 'Stopped: a question waits here. Press P to answer, or go on.',
    pause: 'Pause',
    space: 'space',
    speed: (speed: number) => `${speed}×`,
    speedName: (speed: number) => words`Speed ${speed} times. Press for the next speed.`,
    skip: 'Skip to next',
    delivery: 'delivery',
    state: 'state change',
    event: 'event on',
    eventName: (mark: string) => words`Next event on ${mark}`,
    position: 'Step',
    positionText: (t: number, total: number, sentence: string) => words`Step ${t} of ${total}. ${sentence}`,
    lanes: (t: number, total: number) => words`Timeline, step ${t} of ${total}`,
    nextDelivery: 'Next delivery',
    otherLane: 'other',
  },
  gallery: {
    title: 'Scenarios',
    headline: 'One address, many programs. Who gets the data?',
    lead: 'A segment leaves the laptop for port 80. Step it across the wire and watch the transport layer find the one socket it belongs to.',
    search: (count: number) =>
      words`Search ${count} ${plural(count, { one: words`scenario`, other: words`scenarios` })}, a port, an error…`,
    searchName: 'Search scenarios by title, port, error or misconception',
    all: (count: number) => words`All ${count}`,
    groups: 'Groups',
    group: (name: string, count: number) => `${name} ${count}`,
    notKept: 'Progress is not kept: this browser does not let the page keep anything.',
    done: (count: number, total: number) => words`${count} of ${total} done on this device`,
    minutes: (count: number) => words`${count} min`,
    isDone: '✓ done',
    atStep: (t: number) => words`step ${t}`,
    noneTitle: (text: string) => words`Nothing has “${text}” in it.`,
    noneNear: 'These are nearest:',
    clear: 'Show all',
    open: 'Open the whole scenario',
    predict: 'or predict first',
    next: (title: string) => `Next: ${title}`,
    missing: 'There are no scenarios here yet.',
  },
  problem,
};

export type Messages = typeof english;

/** The table of the page's language. A second language is a second table of this type, chosen here by `tongue`. */
export const messages: Messages = spelled(english);
