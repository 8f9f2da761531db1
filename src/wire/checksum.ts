// The checksum of IP, TCP, UDP and ICMP: the one's complement of the one's complement sum of 16-bit words, RFC 1071.
// Carries are added last: 2^16 leaves the remainder 1 modulo 2^16 - 1, wherever it is carried to.
// Which bytes it covers: ip-bytes.ts (header alone) and packet-bytes.ts (pseudo-header and everything behind it).

/**
 * Sum of the bytes from `from` up to `to` as 16-bit words in network order, folded to 16 bits; an odd last byte counts as
 * the upper half of a word. `sum`: words to go on from, folded or not. 0 only if every byte is 0.
 */
export function sumWords(bytes: Uint8Array, from = 0, to = bytes.length, sum = 0): number {
  let total = sum; // exact up to 2^53, and no packet has so many words
  let at = from;
  for (; at + 2 <= to; at += 2) total += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (at < to) total += (bytes[at] ?? 0) << 8;
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return total;
}

/** Writes a 16-bit word at byte `at`, in network order. */
export function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >> 8;
  bytes[at + 1] = word;
}

/** What is written into the field: 0 to 65535. */
export function checksumOf(sum: number): number {
  return ~sum & 0xffff;
}

/** A sum over bytes that contain their own right checksum. RFC 1071 §1 (3). */
export function isGoodSum(sum: number): boolean {
  return sum === 0xffff;
}
