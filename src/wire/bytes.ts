// Payload: a string with one character a byte (0 to 255), so that it can be sliced, compared and interned as it is.
// Authors write text; the wire carries UTF-8. Who reads what: ../host/calls.ts hands these out as they came.

declare const bytesBrand: unique symbol;
/** One character a byte. `length` is the number of bytes. */
export type Bytes = string & { readonly [bytesBrand]: true };

export const NO_BYTES = '' as Bytes;

/** UTF-8 of a text. */
export function encodeText(text: string): Bytes {
  let bytes = '';
  for (const symbol of text) {
    const code = symbol.codePointAt(0) ?? 0;
    if (code < 0x80) bytes += symbol;
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      bytes += String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes as Bytes;
}

/** The text that UTF-8 bytes stand for; a sequence that was cut or never was UTF-8 reads as U+FFFD, byte by byte. */
export function decodeText(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes.charCodeAt(at);
    const size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    let code = size === 1 ? first : first & (0x7f >> size);
    let good = size > 0 && at + size <= bytes.length;
    for (let more = 1; good && more < size; more++) {
      const next = bytes.charCodeAt(at + more);
      good = (next & 0xc0) === 0x80;
      code = (code << 6) | (next & 63);
    }
    good &&= code <= 0x10ffff;
    text += good ? String.fromCodePoint(code) : '\ufffd';
    at += good ? size : 1;
  }
  return text;
}

export function sliceBytes(bytes: Bytes, from: number, to?: number): Bytes {
  return bytes.slice(from, to) as Bytes;
}

export function joinBytes(...parts: readonly Bytes[]): Bytes {
  return (parts.length === 1 ? parts[0] : parts.join('')) as Bytes;
}
