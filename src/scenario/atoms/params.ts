// Parameters: $door in any text of a scenario becomes the value drawn for it. $$ is a literal dollar.
// It substitutes; who draws which value, and from which seed, is the driver's business.

/** A parameter's name (without its dollar) and value; the counter of `repeat` is called n. */
export type ParamValues = ReadonlyMap<string, string | number>;

/**
 * `value` with every parameter filled in, keys of maps too: a new tree, the given one is left as it is.
 * A text that is nothing but one parameter becomes its value, a number stays one. Unknown parameters stay as they are,
 * and `$$` stays `$$` with them: the inner of two fillings may know more (`repeat`). `unescapeDollars` comes last.
 */
export function fillIn<Tree>(value: Tree, params: ParamValues): Tree {
  return mapTexts(value, (text) => {
    const whole = /^\$([a-z]\w*)$/.exec(text)?.[1];
    const known = whole === undefined ? undefined : params.get(whole);
    if (known !== undefined) return known;
    return text.replace(/\$\$|\$([a-z]\w*)/g, (found, name: string | undefined) =>
      name === undefined ? found : String(params.get(name) ?? found),
    );
  });
}

/** `$$` becomes `$`: once, when every parameter is in. */
export function unescapeDollars<Tree>(value: Tree): Tree {
  return mapTexts(value, (text) => text.replaceAll('$$', () => '$'));
}

function mapTexts<Tree>(value: Tree, change: (text: string) => string | number): Tree {
  const copy = (part: unknown): unknown => {
    if (typeof part === 'string') return change(part);
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [String(change(key)), copy(each)]));
  };
  return copy(value) as Tree;
}
