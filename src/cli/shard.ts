// `--shard 2/3`: which of the files are this machine's, so that several share the work and each file is checked exactly once.

/** Part `part` of `parts`, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

/** The shard, or what is wrong with the text. */
export function parseShard(text: string): Shard | string {
  const [, first, second] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [part, parts] = [Number(first), Number(second)];
  if (first === undefined || second === undefined)
    return `\`--shard\` is a part and how many there are: 1/4, not \`${text}\``;
  if (part < 1 || part > parts)
    return `\`--shard ${text}\`: parts go from 1/${parts || 1} to ${parts || 1}/${parts || 1}`;
  return { part, parts };
}

/** Every `parts`-th, beginning with this machine's: neighbours in a directory take about equally long. */
export function shardOf<Item>(items: readonly Item[], { part, parts }: Shard): readonly Item[] {
  return items.filter((_, index) => index % parts === part - 1);
}
