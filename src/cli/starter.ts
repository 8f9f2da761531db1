// What `fourtuple new` writes: the smallest lesson that has everything a lesson has. A test keeps it free of warnings.

/** `my-first-lesson` becomes the title My first lesson. */
export function starter(name: string): string {
  const words = name.replace(/[-_]+/g, ' ').trim();
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return `# A scenario: who is there, what happens, and what must come of it.
#   fourtuple lint FILE     problems, with line and hint       fourtuple run FILE    what happens, step by step
#   fourtuple check FILE    are the expectations met?          fourtuple reference   every word of the language
fourtuple: 1
title: "${title}"
teaches: A host hands what arrives to the process that holds the destination port.
breaks: M3 # the misconception that it is against, by its code
takeaway: A port leads to a process.

hosts: # name: an address, and who runs there
  laptop: { ip: 10.0.0.7, runs: firefox, ephemeral: [51004] } # the port that firefox will be given
  web: { ip: 10.0.0.80, runs: [nginx, sshd] }

script: # one line: who does what
  - nginx: { serve: tcp 80 } # listens, accepts, reads
  - sshd: { listen: 22 }
  - phase: A call # a heading
  - firefox: { connect: web:80, as: ● } # ● is a name for this conversation, at both ends
    say: firefox calls port 80 of web. # told with the first step of this line
    ask: # asked before it; what then happens is the answer
      which: process
      because: The SYN says port 80, and nginx listens there.
      wrong: # a word to whoever answers otherwise
        sshd: It is on port 22.
        none: nginx listens on port 80.
  - firefox: { send: GET /, using: ● }
  - phase: A closed port
  - firefox: { connect: web:81, gives: ECONNREFUSED } # a call that shall fail says how

expect: # judged over the whole run
  - { delivered: SYN, to: nginx, times: 1 }
  - { delivered: GET /, to: ●@nginx, by: exact, points: 2, else: The socket that has all four numbers gets it. }
  - { error: ECONNREFUSED, to: firefox }
  - never: { delivered: any, to: sshd }
`;
}
