// The checksum of IP, TCP, UDP and ICMP: the one's complement of the one's complement sum of 16-bit words, RFC 1071.
// It is taken in words of 32 bits: 2^16 and 2^32 leave the same remainder modulo 2^16 - 1, so the halves may be added last.
// Which bytes it covers: ip-bytes.ts (header alone) and packet-bytes.ts (pseudo-header and everything behind it).

/**
 * Sum of the bytes from `from` up to `to` as 16-bit words in network order, folded to 16 bits; an odd last byte counts as
 * the upper half of a word. `sum`: words to go on from, folded or not. 0 only if every byte is 0.
 */
export function sumWords(bytes: Uint8Array, from = 0, to = bytes.length, sum = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = sum;
  let at = from;
  for (; at + 4 <= to; at += 4) total += view.getUint32(at); // exact up to 2^53: two million words
  if (at + 2 <= to) {
    total += view.getUint16(at);
    at += 2;
  }
  if (at < to) total += view.getUint8(at) << 8;
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return total;
}

/** What is written into the field: 0 to 65535. */
export function checksumOf(sum: number): number {
  return ~sum & 0xffff;
}

/** A sum over bytes that contain their own right checksum. RFC 1071 §1 (3). */
export function isGoodSum(sum: number): boolean {
  return sum === 0xffff;
}
