// How much room the ladder has beside its list of steps, as the page is laid out. Who fits the picture into it: present/ladder.ts.

/** Measures the ladder that the page shows, and tells when its place has changed. */
export class LadderRoom {
  #width = 730;
  #watched: Element | undefined;
  readonly #observer: ResizeObserver;

  constructor(onResize: () => void) {
    this.#observer = new ResizeObserver(onResize);
  }

  /** In pixels of the picture, as last measured. */
  get width(): number {
    return this.#width;
  }

  /** True if the picture that stands there was drawn for another width. */
  measure(root: HTMLElement): boolean {
    const body = root.querySelector<HTMLElement>('.player .ladder-body') ?? undefined;
    if (body !== this.#watched) {
      this.#observer.disconnect();
      if (body !== undefined) this.#observer.observe(body);
      this.#watched = body;
    }
    const gutter = body?.querySelector<HTMLElement>('.ladder-steps')?.offsetWidth ?? 0;
    const width = (body?.clientWidth ?? 0) - gutter;
    if (width <= 0 || width === this.#width) return false;
    this.#width = width;
    return true;
  }
}
