// Ports that the kernel chose, as variables: bound where they are first seen, equal from then on, and inside the range
// that the host had at that moment, for TCP on the right side of it. Symbols: `eph#0`, and `unk#0` for ports of NAT.
import type { ChosenPort } from './recording.js';

const SYMBOL = /\b(?:eph|unk)#\d+/g;

/** Tells what is wrong with a port for a symbol that is seen for the first time; undefined if it may be. */
export type Check = (chosen: ChosenPort, port: number) => string | undefined;

export class Symbols {
  private readonly ports = new Map<string, string>();
  private readonly chosen: ReadonlyMap<string, ChosenPort>;
  private readonly check: Check;
  /** Ports that may not be what their symbols stand for: told once, in the order of their binding. */
  readonly objections: string[] = [];

  constructor(chosen: readonly ChosenPort[], check: Check) {
    this.chosen = new Map(chosen.filter(({ again }) => !again).map((each) => [each.sym, each]));
    this.check = check;
  }

  /** The recorded text, with the ports that are known by now. */
  fill(recorded: string): string {
    return recorded.includes('#')
      ? recorded.replace(SYMBOL, (symbol) => this.ports.get(symbol) ?? symbol)
      : recorded;
  }

  /** Every port that is known, for a reader: `eph#0=40001`. */
  get known(): string {
    return [...this.ports].map(([symbol, port]) => `${symbol}=${port}`).join(' ');
  }

  /** Could these be the same? Binds nothing. */
  isSame(recorded: string, got: string): boolean {
    const filled = this.fill(recorded);
    return filled === got || (filled.includes('#') && patternOf(filled).test(got));
  }

  /** As `isSame`; symbols that are new are bound from now on. */
  match(recorded: string, got: string): boolean {
    const filled = this.fill(recorded);
    if (filled === got) return true;
    const symbols = filled.match(SYMBOL);
    const found = symbols && patternOf(filled).exec(got);
    if (!symbols || !found) return false;
    for (const [index, symbol] of symbols.entries()) {
      const port = found[index + 1] ?? '';
      const known = this.ports.get(symbol);
      if (known !== undefined && known !== port) return false;
      if (known === undefined) this.bind(symbol, port);
    }
    return true;
  }

  private bind(symbol: string, port: string): void {
    this.ports.set(symbol, port);
    const chosen = this.chosen.get(symbol);
    const objection = chosen && this.check(chosen, Number(port));
    if (objection !== undefined) this.objections.push(`${symbol} is ${port}: ${objection}`);
  }
}

function patternOf(text: string): RegExp {
  const parts = text.split(SYMBOL).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('(\\d+)')}$`);
}
