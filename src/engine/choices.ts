// What nothing decides: which of the events of one instant goes first, which way takes a little longer. A run asks here, one
// question after the other, and keeps what it was told, so that the same answers give the same run again.
// A run without any asks nobody: the first event goes first, and no way takes longer.

export class Choices {
  /** The answers so far, in order; 0 is what happens without choices. */
  readonly taken: number[] = [];
  /** How many answers each question had. */
  readonly counts: number[] = [];
  /** In plain words, what was not 0. */
  readonly words: string[] = [];
  private readonly given: readonly number[];
  private readonly beyond: (count: number) => number;

  /** `given`: the first answers, each cut to what is possible. `beyond`: those after them, 0 unless said. */
  constructor(given: readonly number[], beyond: (count: number) => number = () => 0) {
    this.given = given;
    this.beyond = beyond;
  }

  /** One of `count` (2 or more) answers, counted from 0. `words`: what it means, if it is not 0. */
  pick(count: number, words: (answer: number) => string): number {
    const answer = Math.min(this.given[this.taken.length] ?? this.beyond(count), count - 1);
    this.taken.push(answer);
    this.counts.push(count);
    if (answer > 0) this.words.push(words(answer));
    return answer;
  }
}
