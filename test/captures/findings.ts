// What Wireshark's experts may find in the captures of our scenarios, and why it is meant to be there. A scenario that is
// not here must give no finding; one that is must give just these, so many times.

export interface Intended {
  /** As tshark words it, with its severity. */
  readonly finding: string;
  readonly times: number;
  readonly why: string;
}

const RETRANSMISSION = 'Note: This frame is a (suspected) retransmission';

export const INTENDED: Readonly<Record<string, readonly Intended[]>> = {
  'both-call-at-once': [
    { finding: RETRANSMISSION, times: 6, why: 'each SYN ACK repeats its SYN; seen in three networks' },
    { finding: 'Note: Duplicate ACK (#1)', times: 6, why: 'the SYN ACK has acknowledged the SYN already' },
  ],
  'knock-on-8080': [
    {
      finding: RETRANSMISSION,
      times: 4,
      why: 'the router is silent about port 80, so the SYN is sent again',
    },
  ],
  'who-says-no': [
    {
      finding: RETRANSMISSION,
      times: 4,
      why: 'the firewall swallows every SYN for port 23, so it is sent again',
    },
  ],
  'lost-beyond-the-router': [
    {
      finding: RETRANSMISSION,
      times: 2,
      why: 'the segment is lost outside, so the laptop sends it again; seen at the laptop and at the router',
    },
  ],
  'a-lost-segment': [
    { finding: 'Note: Duplicate ACK (#1)', times: 2, why: 'text behind a gap, and text that comes twice' },
    { finding: RETRANSMISSION, times: 2, why: 'a segment is lost, and later an ACK' },
    {
      finding: 'Note: This frame is a (suspected) spurious retransmission',
      times: 1,
      why: 'only the ACK was lost: the text comes a second time',
    },
  ],
  'no-room': [
    { finding: 'Chat: TCP window update', times: 2, why: 'reading makes room' },
    { finding: 'Note: TCP keep-alive segment', times: 3, why: 'a window probe of Linux looks like one' },
    { finding: 'Warning: TCP Zero Window segment', times: 3, why: 'nobody reads, so there is no room' },
    {
      finding: 'Warning: TCP window specified by the receiver is now completely full',
      times: 1,
      why: 'the first text fills the buffer',
    },
  ],
  'closed-port-three-answers': [
    { finding: RETRANSMISSION, times: 4, why: 'a firewall swallows every SYN, so it is sent again' },
  ],
  'connected-but-nobody-picked-up': [
    { finding: RETRANSMISSION, times: 1, why: 'the accept queue is full, so the SYN has to come again' },
  ],
  'icmp-has-no-port': [
    {
      finding: 'Chat: Possible traceroute: hop #1, attempt #1',
      times: 2,
      why: 'a datagram to the port where traceroute begins, seen at both ends',
    },
  ],
};
