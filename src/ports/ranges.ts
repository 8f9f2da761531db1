// Port numbers: 0 to 65535, and the three ranges of RFC 6335 §6. Zero is nobody's port: in bind() it asks for a choice.
// Which number is picked then: ephemeral.ts. Who may take it: bind.ts. What it usually serves: services.ts.

export const MAX_PORT = 65535;
export type PortRange = 'reserved' | 'system' | 'user' | 'dynamic';

/** RFC 6335 §6. `reserved` is port 0 alone. Linux's own automatic range (32768-60999) is another matter: profiles.ts. */
export function rangeOf(port: number): PortRange {
  if (port === 0) return 'reserved';
  if (port <= 1023) return 'system';
  return port <= 49151 ? 'user' : 'dynamic';
}

export function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_PORT;
}
