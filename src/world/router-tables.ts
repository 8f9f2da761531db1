// Tables of what lies between hosts: ways, translation, port forwarding, firewalls, and what routers remember.
// Part of tables.ts, which explains how addresses and times are written. No rules.
import { choice, flag, link, text, time, uint32 } from '../store/columns.js';

/** How many of the peer's two numbers a NAT looks at beside the inside endpoint: RFC 4787 §4.1, §5. */
export const DEPENDENCES = [
  'endpoint-independent',
  'address-dependent',
  'address-and-port-dependent',
] as const;
export type Dependence = (typeof DEPENDENCES)[number];
/** Where a NAT takes outside ports from: the sender's own if it is free, the next of a row, or any. */
export const PORT_WAYS = ['preserve', 'sequential', 'random'] as const;
/** What a packet gets that nobody inside asked for: nothing, an ICMP error after a while, or what the router's own sockets say. */
export const UNSOLICITED = ['silent', 'icmp', 'rst'] as const;
/** How long a row of a NAT outlives its last packet; the numbers are in ../net/idle-times.ts. */
export const IDLE_PLANS = ['linux', 'rfc', 'home'] as const;
/** A row of a NAT's table. UDP: one way only, or answered; TCP: where the connection stands as seen from between. */
export const FLOW_STATES = [
  'UNREPLIED',
  'REPLIED',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT',
  'CLOSE-WAIT',
  'LAST-ACK',
  'TIME-WAIT',
  'CLOSED',
] as const;
export type FlowState = (typeof FLOW_STATES)[number];

/** What a firewall does with what fits: nothing is said, or its sender is told. As netfilter's `reject with`. */
export const FILTER_ACTIONS = ['drop', 'port-unreachable', 'admin-prohibited', 'rst'] as const;

export const routerTables = {
  /** Ways beyond a host's own networks. `via`: the router to hand it to, 0 if the destination is on the link itself. */
  routes: {
    host: link('hosts'),
    destination: uint32,
    prefix: uint32,
    via: uint32,
    device: text,
  },
  /** A router translates what leaves by this device. How, in the words of RFC 4787; times in nanoseconds, 0: as planned. */
  nats: {
    host: link('hosts'),
    device: text,
    mapping: choice(...DEPENDENCES),
    filtering: choice(...DEPENDENCES),
    ports: choice(...PORT_WAYS),
    /** The range that ports are taken from, both ends included; 0: every one of the sender's class. */
    portLow: uint32,
    portHigh: uint32,
    nextPort: uint32,
    /** Instead of a range: handed out in this order, as text 62001,62005. */
    portList: text,
    /** Two inside endpoints may have one outside endpoint at once, towards different peers: Linux. */
    mayOverload: flag,
    hairpins: flag,
    unsolicited: choice(...UNSOLICITED),
    idlePlan: choice(...IDLE_PLANS),
    idleUdp: time,
    idleTcp: time,
  },
  /** Port forwarding: what is for this port goes to another address and port. */
  forwards: {
    host: link('hosts'),
    protocol: choice('tcp', 'udp'),
    /** 0: whatever address it was for. */
    address: uint32,
    port: uint32,
    toAddress: uint32,
    toPort: uint32,
    /** Also for packets of the router's own processes. */
    isForOwn: flag,
  },
  /** Firewalls. Port ranges are low << 16 | high. */
  filters: {
    host: link('hosts'),
    action: choice(...FILTER_ACTIONS),
    /** `incoming`: in or forward. */
    direction: choice('incoming', 'in', 'out', 'forward'),
    protocol: choice('tcp', 'udp', 'icmp'),
    /** What a segment mainly does, or what an ICMP error says; '' for all of them. */
    word: text,
    /** An address, or whichever a host has; everybody's where it says neither. */
    source: uint32,
    sourceHost: link('hosts'),
    sourcePorts: uint32,
    destination: uint32,
    destinationHost: link('hosts'),
    destinationPorts: uint32,
    isNewOnly: flag,
    /** For so many packets more; 0: for ever. */
    left: uint32,
  },
  /** What a router remembers of those that pass: the four numbers they come with, and those of their answers. */
  flows: {
    host: link('hosts'),
    protocol: choice('tcp', 'udp'),
    source: uint32,
    destination: uint32,
    /** source << 16 | destination. */
    ports: uint32,
    answerSource: uint32,
    answerDestination: uint32,
    answerPorts: uint32,
    state: choice(...FLOW_STATES),
    isReplied: flag,
    /** Event number of the timer that counts. */
    timer: uint32,
    expires: time,
    conversation: link('conversations'),
    nextOfFlow: link('flows'),
    nextOfAnswer: link('flows'),
    previousOfFlow: link('flows'),
    previousOfAnswer: link('flows'),
  },
};
