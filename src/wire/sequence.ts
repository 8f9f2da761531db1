// Arithmetic of TCP sequence numbers: 32 bits that wrap, compared by signed difference. RFC 9293 §3.4.
// It knows no connection; which number means what stands in ../tcp/connection.ts.

/** a + b, wrapped to 0 … 2^32-1. */
export function plus(a: number, b: number): number {
  return (a + b) >>> 0;
}

/** How far `a` lies after `b`: negative if before. Exact while they are less than 2^31 apart. */
export function distance(a: number, b: number): number {
  return (a - b) | 0;
}

export function isBefore(a: number, b: number): boolean {
  return distance(a, b) < 0;
}

export function isAtMost(a: number, b: number): boolean {
  return distance(a, b) <= 0;
}
