// A fact in one line, from the author's own atoms: as a claim (delivered GET / to ●@nginx by exact, once) and in the
// notation that stands beside what the run did (GET / → ●@nginx by exact, once). It judges nothing.
import type { Expectation } from '../scenario/schema/expectations.js';
import { factKindOf } from '../scenario/schema/fact-kinds.js';
import type { Fact } from '../scenario/schema/facts.js';
import { stretchWords } from './stretch.js';

/** The expectation as a heading. */
export function claimOf(expectation: Expectation): string {
  return `${quantified(expectation, (fact) => claimOfFact(fact))}${stretchWords(expectation)}`;
}

/** The expectation in notation. */
export function notationOf(expectation: Expectation): string {
  return `${quantified(expectation, factNotation)}${stretchWords(expectation)}`;
}

function quantified(
  { never, always, eventually, order, ...fact }: Expectation,
  words: (fact: Fact) => string,
): string {
  if (never !== undefined) return `never ${words(never)}`;
  if (always !== undefined) return `always ${words(always)}`;
  if (eventually !== undefined) return `eventually ${words(eventually)}`;
  if (order !== undefined) return order.map(words).join(', then ');
  return words(fact);
}

function claimOfFact(fact: Fact): string {
  const kind = factKindOf(fact);
  if (kind === 'delivered')
    return `delivered ${fact.delivered}${part(' to', fact.to)}${part(' from', fact.from)}${part(' by', fact.by)}${times(fact)}`;
  return kind === undefined ||
    kind === 'port' ||
    kind === 'sockets' ||
    kind === 'same' ||
    kind === 'different'
    ? factNotation(fact)
    : `${kind} ${factNotation(fact)}`;
}

export function factNotation(fact: Fact): string {
  switch (factKindOf(fact)) {
    case 'delivered':
      return `${fact.delivered}${part(' from', fact.from)}${part(' →', fact.to)}${part(' by', fact.by)}${times(fact)}`;
    case 'packet':
      return `${fact.packet}${fact.with === undefined ? '' : ` “${fact.with}”`}${part(' at', fact.where)}${times(fact)}`;
    case 'dropped':
      return `${fact.dropped}${part(' at', fact.where)}${part(' by', fact.why)}${times(fact)}`;
    case 'error':
      return `${fact.error}${part(' to', fact.to)}${times(fact)}`;
    case 'state':
      return `${fact.state}${part(' of', fact.of)}`;
    case 'row':
      return `${fact.row}${part(' in', fact.in)}${times(fact)}`;
    case 'sockets':
      return `${fact.sockets} ${fact.sockets === 1 ? 'socket' : 'sockets'}${part(' in', fact.in)}${part(' of', fact.of)}${part(' holding', fact.holding)}`;
    case 'port':
      return `port ${fact.port}${part(' of', fact.of)}`;
    case 'mapping':
      return `${fact.mapping}${part(' in', fact.in)}${part(' to', fact.to)}`;
    case 'same':
      return `same ${fact.same?.join(', ')}`;
    case 'different':
      return `different ${fact.different?.join(', ')}`;
    case undefined:
      return 'nothing';
  }
}

function part(word: string, value: string | number | undefined): string {
  return value === undefined ? '' : `${word} ${value}`;
}

/** `once`, `twice`, `3 times`, `2 or more times`, `1 to 3 times`; nothing where the author gave no count. */
function times({ times: count }: Fact): string {
  if (count === undefined) return '';
  const text = String(count);
  if (text.endsWith('+')) return `, ${text.slice(0, -1)} or more times`;
  if (text.includes('-')) return `, ${text.replace('-', ' to ')} times`;
  return `, ${timesWords(Number(text))}`;
}

export function timesWords(count: number): string {
  return { 0: 'never', 1: 'once', 2: 'twice' }[count] ?? `${count} times`;
}
