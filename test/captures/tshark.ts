// tshark reads a capture: every frame as rows of what it found, checksums validated, payload taken as plain data. It is an
// oracle: nothing of ours is asked here. Payload is the author's text and no protocol, so no port is taken for one.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Seen {
  /** By field name of Wireshark; a field that stands twice in a frame (an ICMP error quotes a header) has two values. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly comments: readonly string[];
  /** What Wireshark's experts say beside our comments and the mere course of a connection: `Note: message`. */
  readonly findings: readonly string[];
}

const FIELDS = [
  'frame.interface_name',
  'frame.comment',
  'frame.time_relative',
  'ip.checksum.status',
  'tcp.checksum.status',
  'udp.checksum.status',
  'icmp.checksum.status',
  'icmpv6.checksum.status',
  'tcp.stream',
  'tcp.completeness',
  'tcp.flags',
  'tcp.srcport',
  '_ws.expert',
  '_ws.malformed',
];
const OPTIONS = ['ip', 'tcp', 'udp'].flatMap((each) => ['-o', `${each}.check_checksum:TRUE`]);
const AS_DATA = ['tcp', 'udp'].flatMap((each) => ['-d', `${each}.port==1-65535,data`]);
/** Said of every connection that closes or is reset, so it finds nothing. */
const COURSE =
  /^\w+: (Connection (establish|finish|reset)|This frame (initiates|undergoes) the connection closing)/;

const run = promisify(execFile);

/** Two passes (-2), so that what is said of a connection holds for all of it. */
export async function readWithTshark(capture: Uint8Array): Promise<readonly Seen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fourtuple-'));
  try {
    const file = join(folder, 'capture.pcapng');
    writeFileSync(file, capture);
    const fields = FIELDS.flatMap((field) => ['-e', field]);
    const args = ['-2', '-n', '-r', file, ...OPTIONS, ...AS_DATA, '-T', 'json', ...fields];
    const { stdout } = await run('tshark', args, { maxBuffer: 1e8 });
    const frames: readonly { readonly _source: { readonly layers: Seen['fields'] } }[] = JSON.parse(
      stdout || '[]',
    );
    return frames.map(({ _source: { layers } }) => {
      const comments = layers['frame.comment'] ?? [];
      const said = (layers['_ws.expert'] ?? []).map((each) =>
        each.replace(/^Expert Info \((\w+)\/[^)]*\): /, '$1: '),
      );
      const findings = said.filter((each) => !each.startsWith('Comment: ') && !COURSE.test(each));
      return { fields: layers, comments, findings };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
