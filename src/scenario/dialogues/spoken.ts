// What client and server of a service say to each other over one connection, as data: the greeting, the turns, the farewell.
// Ports: ../../ports/services.ts. Who says it: speak.ts (client), converse.ts (server). FTP, DNS and DHCP need more than one
// socket or an answer that depends on the question: their files are beside this one.
// Sources of the order and the words: RFC 5321, 2920 and 3030 (SMTP), 4253 (SSH), 854 (Telnet), 1939 (POP3), 3977 (NNTP), 9051
// (IMAP), 2812 (IRC), 9112 (HTTP), 8446 (TLS, whose bytes are named and not modelled). Line ends are left out of the texts.

export interface Turn {
  readonly says: string;
  /** Left out: the server says nothing, and the client goes on. */
  readonly answers?: string;
}

export interface Spoken {
  /** The server speaks first, as soon as it has accepted. */
  readonly greets?: string;
  /** The few turns in which the service shows itself; what a client says unless it is to say everything. */
  readonly gist: readonly Turn[];
  /** A whole session, without its end; `gist` if left out. */
  readonly whole?: readonly Turn[];
  /** The end of a session: the server answers and closes first. */
  readonly ends?: Turn;
  /** Each command begins with a tag of the client's, and the answer bears it too. */
  readonly isTagged?: boolean;
  /** How an author's own reply stands in the last answer of the gist, at `…`; without it the reply answers everything. */
  readonly wraps?: string;
  /** The answer after which a relay passes on what it was given. */
  readonly relaysAfter?: string;
}

export const SPOKEN: Readonly<Record<string, Spoken>> = {
  ssh: {
    greets: 'SSH-2.0-sim_1.0',
    gist: [{ says: 'SSH-2.0-simclient_1.0' }, { says: '<encrypted session>' }],
    whole: [
      { says: 'SSH-2.0-simclient_1.0' },
      { says: '<KEXINIT>', answers: '<KEXINIT>' },
      { says: '<encrypted session>' },
    ],
  },
  telnet: {
    greets: 'login:',
    gist: [{ says: 'alice', answers: 'Password:' }, { says: 'secret' }],
    ends: { says: 'exit' },
  },
  smtp: {
    greets: '220 mail.example ESMTP',
    // Commands in one piece: RFC 2920, and BDAT instead of DATA, RFC 3030 §4.2.
    gist: [
      {
        says: 'MAIL FROM:<ana@example.org>\nRCPT TO:<ben@example.net>\nBDAT 5 LAST\nhello',
        answers: '250 queued',
      },
    ],
    whole: [
      { says: 'EHLO host.example', answers: '250 mail.example' },
      { says: 'MAIL FROM:<ana@example.org>', answers: '250 ok' },
      { says: 'RCPT TO:<ben@example.net>', answers: '250 ok' },
      { says: 'DATA', answers: '354 end with a dot' },
      { says: 'Subject: hi\n\nhello\n.', answers: '250 queued' },
    ],
    ends: { says: 'QUIT', answers: '221 bye' },
    relaysAfter: '250 queued',
  },
  http: { gist: [{ says: 'GET /', answers: '200 OK' }] },
  https: {
    gist: [
      { says: '<ClientHello>', answers: '<ServerHello, certificate, Finished>' },
      { says: '<Finished, app data: GET />', answers: '<app data: 200 OK>' },
    ],
    wraps: '<app data: …>',
  },
  pop3: {
    greets: '+OK ready',
    gist: [{ says: 'RETR 1', answers: '+OK hello' }],
    whole: [
      { says: 'USER ben', answers: '+OK' },
      { says: 'PASS secret', answers: '+OK 1 message' },
      { says: 'RETR 1', answers: '+OK hello' },
    ],
    ends: { says: 'QUIT', answers: '+OK bye' },
  },
  nntp: {
    greets: '200 ready',
    gist: [{ says: 'ARTICLE <1@example>', answers: '220 1 <1@example> body' }],
    whole: [
      { says: 'GROUP misc.test', answers: '211 1 1 1 misc.test' },
      { says: 'ARTICLE 1', answers: '220 1 <1@example> body' },
    ],
    ends: { says: 'QUIT', answers: '205 bye' },
  },
  imap: {
    greets: '* OK ready',
    gist: [{ says: 'a1 LOGIN ben secret', answers: 'a1 OK done' }],
    whole: [
      { says: 'a1 LOGIN ben secret', answers: 'a1 OK done' },
      { says: 'a2 SELECT INBOX', answers: '* 1 EXISTS\na2 OK [READ-WRITE] done' },
    ],
    ends: { says: 'a3 LOGOUT', answers: '* BYE\na3 OK done' },
    isTagged: true,
  },
  irc: {
    gist: [{ says: 'NICK ann\nUSER ann 0 * :Ann', answers: ':srv 001 ann :Welcome' }],
    whole: [
      { says: 'NICK ann\nUSER ann 0 * :Ann', answers: ':srv 001 ann :Welcome' },
      { says: 'JOIN #net', answers: ':ann JOIN #net' },
      { says: 'PRIVMSG #net :hi', answers: 'PING :srv' },
      { says: 'PONG :srv' },
    ],
    ends: { says: 'QUIT :bye', answers: 'ERROR :Closing link' },
  },
};

/** The service with an author's own reply in it; undefined if such a reply answers everything. */
export function withReply(spoken: Spoken, reply: string): Spoken | undefined {
  const { wraps, gist } = spoken;
  if (wraps === undefined) return undefined;
  const answers = wraps.replace('…', () => reply);
  return { ...spoken, gist: gist.map((turn, at) => (at === gist.length - 1 ? { ...turn, answers } : turn)) };
}

/** Every turn of the service, the end of its session last. */
export function turnsOf({ gist, whole, ends }: Spoken): readonly Turn[] {
  return [...(whole ?? []), ...gist, ...(ends ? [ends] : [])];
}

/** The command of a line: its first word, or the second behind a tag. */
export function commandOf({ isTagged }: Spoken, line: string): string {
  const [first = '', second = ''] = line.split(/\s/);
  return (isTagged === true ? second : first).toUpperCase();
}
