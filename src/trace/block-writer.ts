// A growing file of blocks and options as pcapng lays them out: little-endian, padded to 32 bits, lengths before and behind.
// It knows the shape of blocks and nothing of what is in them: pcapng.ts.
import { encodeText } from '../wire/bytes.js';

const LONGEST_OPTION = 0xffff;

export class BlockWriter {
  private bytes = new Uint8Array(4096);
  private view = new DataView(this.bytes.buffer);
  private at = 0;
  private readonly texts = new Map<string, Uint8Array>();

  /** Type, length, what `fill` writes, and the length again. draft-ietf-opsawg-pcapng §3.1. */
  block(type: number, fill: () => void): void {
    const start = this.at;
    this.u32(type);
    this.u32(0);
    fill();
    const length = this.at + 4 - start;
    this.u32(length);
    this.view.setUint32(start + 4, length, true);
  }

  /** Code and length, then the value: a text, bytes, or a 32-bit number. §3.5. Cut at 65,535 bytes. */
  option(code: number, value: string | readonly number[] | number): void {
    this.u16(code);
    if (typeof value === 'number') {
      this.u16(4);
      return this.u32(value);
    }
    const bytes = typeof value === 'string' ? this.encoded(value) : value;
    const length = Math.min(bytes.length, LONGEST_OPTION);
    this.u16(length);
    this.room(length + 3);
    for (let index = 0; index < length; index++) this.bytes[this.at + index] = bytes[index] ?? 0;
    this.skip(length);
  }

  /** A text in UTF-8. The same few name the processes of a million packets. */
  private encoded(text: string): Uint8Array {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const fresh = Uint8Array.from(encodeText(text), (character) => character.charCodeAt(0));
    this.texts.set(text, fresh);
    return fresh;
  }

  /** The same for a number of 64 bits. */
  longOption(code: number, value: number): void {
    this.u16(code);
    this.u16(8);
    this.u32(value % 2 ** 32);
    this.u32(Math.floor(value / 2 ** 32));
  }

  endOfOptions(): void {
    this.u32(0);
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length + 3);
    this.bytes.set(bytes, this.at);
    this.skip(bytes.length);
  }

  u16(value: number): void {
    this.room(2);
    this.view.setUint16(this.at, value, true);
    this.at += 2;
  }

  u32(value: number): void {
    this.room(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  /** All that was written. */
  file(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  /** What was just written, and zeros up to the next multiple of four: blocks begin on one. */
  private skip(length: number): void {
    this.at += (length + 3) & ~3;
  }

  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.at + length));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
