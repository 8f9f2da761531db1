// How two sides differ, without hosts, labels, addresses and ports: what the failures of a family have in common reads the
// same. For the summary only; whether something differs is compare.ts.

type Blur = (line: string) => string;

/** What the two sides are like; as they are, but for ports, where that would tell nothing. */
export function kindOf(expected: readonly string[], got: readonly string[], blur: Blur): string {
  const [one, other] = [expected, got].map((lines) => lines.map(blur).join(', ') || 'none');
  if (one !== other) return `${one} → ${other}`;
  return [expected, got].map((lines) => lines.map(withoutPorts).join(', ') || 'none').join(' → ');
}

/** Lines of `got` begin with who got it. */
export function kindOfGot(expected: readonly string[], got: readonly string[]): string {
  const what = (line: string) => line.replace(/^\S+ (\S+\.\d+ )?/, '');
  const [one, other] = [expected, got].map((lines) => lines.map(what).sort().join());
  return one === other ? 'to other sockets' : kindOf(expected.map(what), got.map(what), blurText);
}

function withoutPorts(line: string): string {
  return line.replace(/(\]|\.\d+):(?:eph#|unk#)?[1-9]\d*/g, '$1:P');
}

export function blurText(line: string): string {
  return line
    .replace(/\[::ffff:[\d.]+\]/g, 'M')
    .replace(/\[[0-9a-f:]*\]/g, (address) => (address === '[::]' ? '*' : address === '[::1]' ? 'lo' : 'V6'))
    .replace(/\b\d+\.\d+\.\d+\.\d+\b/g, (address) =>
      address === '0.0.0.0' ? '*' : address.startsWith('127.') ? 'lo' : 'IP',
    )
    .replace(/:(?:eph#|unk#)?\d+/g, (port) => (port === ':0' ? ':0' : ':P'));
}

/** `A tcp 10.0.0.1:80 10.0.0.9:eph#0 ESTAB s1` */
export function blurRow(line: string): string {
  const [, protocol, local = '', remote = '', state, owner, ...queue] = line.split(' ');
  const ends = [local, remote].map(blurText).join(' ');
  return `[${[protocol, ends, state, owner === '-' ? 'unowned' : 'owned', ...queue].join(' ')}]`;
}

/** `s1 ESTAB` */
export function blurState(line: string): string {
  return line.split(' ')[1] ?? '';
}

/** `A> tcp 10.0.0.1:80>10.0.0.9:eph#0 SA` */
export function blurPacket(line: string): string {
  const [, protocol = '', , what = ''] = line.split(' ');
  return `${protocol} ${what.replace(/D\d+/, 'D')}`;
}
