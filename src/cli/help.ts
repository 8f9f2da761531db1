// What `fourtuple --help` prints.
import { DEFAULT_LINK } from '../check/verdicts.js';

export const HELP = `fourtuple: why does this packet reach that process?

  fourtuple check PATHS…                 judge every expectation of these files and directories
                [--reporter pretty|json|junit|tap] [--output FILE] [--shard I/N] [--link BASE]
                [--orders N [--keep DIR]] [--watch] [--update] [--key FILE]
  fourtuple run FILE [--json]            the transcript, or the whole run as JSON
                [--pcapng OUT [--at HOST]]  and its packets as a capture for Wireshark
  fourtuple explain FILE --step N        why this step went as it did
  fourtuple expand FILE                  the calls that each dialogue stands for, as lines of a script
  fourtuple lint PATHS… [--reporter pretty|json]
                                         problems of these files, and what would make better lessons of them
  fourtuple new NAME                     a first scenario to change, with a comment at each part
  fourtuple reference                    every word of the language, as Markdown
  fourtuple schema [--report]            the JSON Schema of a scenario for editors, or of the JSON report
  fourtuple --help, --version

A directory stands for every .yaml, .yml and .json file in it, without those that others include: *.part.yaml.
--at HOST     what a capture on this host sees; without it each packet is there once, where it is sent
--output FILE the report goes into this file, and what people read to the terminal
--shard I/N   only part I of N: the parts of one call check each file exactly once
--orders N    also in N other orders of what happens at one instant, and with other delays; in all if there are no more
--keep DIR    writes a scenario that fails in another order into DIR, with that order, to step through it
--watch       again whenever a file changes, until Ctrl-C
--update      writes what run tells of NAME.yaml into NAME.transcript.txt beside it; check compares where there is one
--key FILE    judges by expect, params, order and pinned of this file, whatever the scenarios themselves say
--link BASE   address of the app in links to a step (default ${DEFAULT_LINK})

Exit codes: 0 everything holds · 1 an expectation failed · 2 a problem of the file or of the call · 3 a defect of ours.
Of several, the highest.
`;
