// What the machine tells a connection to do, by name, in no order. Who does it: connection.ts.

export const ACTIONS = [
  'sendSyn',
  'sendSynAck',
  'sendAck',
  'sendText', // as much as the peer's window takes
  'sendFin', // after the last byte
  'deferFin', // the connection is not there yet: what waits to be sent goes first
  'sendRst',
  'challenge', // ACK for something unacceptable: RFC 5961 §3 to §5, and not too often, §7
  'rejectSegment', // RST for this segment: it acknowledges what was never sent, or may not be here
  'hurryRetry', // Linux: an old connection answered our SYN; it is sent again almost at once
  'resend', // the first segment that nobody acknowledged
  'repeatSynAck',
  'probeWindow', // may I send again?
  'probePeer', // are you there?
  'takeSyn',
  'takeAck',
  'noteAck', // nothing new, but perhaps another window, or a sign that something is missing
  'takeText',
  'keepText', // for later: something is missing before it
  'keepFin',
  'takeFin',
  'announce', // the connection is there: connect() returns, or the listener has one to accept
  'awaitFin', // Linux: nobody waits for ever for the FIN of a peer to whom nobody listens
  'startTimeWait',
  'tellUnreachable', // by what the ICMP error says
  'tellRefused',
  'tellReset',
  'tellTimedOut',
  'noteError', // not the end; told if nothing worse comes
  'dropQueued', // a listener goes: whoever waits to be accepted is reset
  'returnToListener', // the half-open connection vanishes, its listener never noticed
  'release', // the control block goes
] as const;
export type TcpAction = (typeof ACTIONS)[number];
