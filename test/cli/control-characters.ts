/** C0 and DEL, but for the line end: what a terminal would obey. As numbers, in order. */
export function controlCharacters(text: string): readonly number[] {
  return [...text]
    .map((each) => each.charCodeAt(0))
    .filter((code) => (code < 0x20 && code !== 0x0a) || code === 0x7f);
}
