// 64 bits that stand for a world, so that two of them can be compared without holding both.
// Made of 32-bit integer arithmetic only: the same on every machine and in every browser. No protection against intent.

/** Takes in words one after another, order matters. Two lanes, each a bijection of its state for every word. */
export class Digest {
  private high: number;
  private low: number;

  /** Starts afresh, or where another digest stands. */
  constructor(start?: Digest) {
    this.high = start?.high ?? 0x243f6a88;
    this.low = start?.low ?? 0x13198a2e;
  }

  /** The first `count` words, each a signed 32-bit number. */
  absorb(words: Int32Array, count: number): void {
    let { high, low } = this; // variables while it lasts: faster than the fields
    for (let index = 0; index < count; index++) {
      const word = words[index] as number;
      high = Math.imul(high ^ word, 0x9e3779b1);
      high ^= high >>> 15;
      low = Math.imul((low + word) | 0, 0x85ebca77);
      low = (low << 13) | (low >>> 19);
    }
    this.high = high;
    this.low = low;
  }

  absorbText(text: string): void {
    const words = new Int32Array(text.length + 1);
    for (let unit = 0; unit < text.length; unit++) words[unit] = text.charCodeAt(unit);
    words[text.length] = ~text.length;
    this.absorb(words, words.length);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    const left = scatter(this.high ^ scatter(this.low));
    return hex(left) + hex(scatter(this.low + left));
  }
}

function scatter(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return twice ^ (twice >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
