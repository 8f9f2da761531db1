// Scenarios that are known not to come out as recorded: one a line, `NAME  # the rule that they need`.

export interface OpenScenario {
  readonly name: string;
  readonly rule: string;
}

/** Throws for a line without a reason. */
export function parseOpen(text: string): OpenScenario[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const found = /^(\S.*?) {2}# (\S.*)$/.exec(line);
    const [, name, rule] = found ?? [];
    if (name === undefined || rule === undefined)
      throw new Error(`open.txt, line ${index + 1}: write \`NAME  # the rule that it needs\``);
    return [{ name, rule }];
  });
}
