// Walking the stage by keyboard: one tab stop; Enter goes in, arrows move, Esc leaves. Outside, arrows step the run.
// Up and down change the level (host, program, socket, the rest), left and right move along it.
// It refuses to know scenes: it reads only `data-stop` of what is drawn.

const LEVELS: readonly string[] = ['host', 'process', 'socket', 'node', 'packet'];

const hostOf = (stop: SVGGElement): string => stop.dataset['host'] ?? stop.dataset['of'] ?? '';

export class StageFocus {
  #isInside = false;
  #key: string | undefined;
  /** Where the last stop was: when it goes away, another of its host is next. */
  #host: string | undefined;

  get isInside(): boolean {
    return this.#isInside;
  }

  #stops(svg: SVGSVGElement): SVGGElement[] {
    return [...svg.querySelectorAll<SVGGElement>('[data-stop]')].filter(
      (stop) =>
        LEVELS.some((level) => level === stop.dataset['stop']) && stop.getAttribute('aria-label') !== '',
    );
  }

  /** After each drawing: exactly one stop can be reached by Tab. */
  refresh(svg: SVGSVGElement | null): void {
    if (svg === null) return;
    const stops = this.#stops(svg);
    const current =
      stops.find((stop) => stop.dataset['key'] === this.#key) ??
      stops.find((stop) => hostOf(stop) === this.#host) ??
      stops[0];
    this.#at(current);
    for (const stop of stops) {
      const index = stop === current ? '0' : '-1';
      if (stop.getAttribute('tabindex') !== index) stop.setAttribute('tabindex', index);
    }
  }

  #at(stop: SVGGElement | undefined): void {
    if (stop === undefined) return;
    this.#key = stop.dataset['key'];
    this.#host = hostOf(stop);
  }

  leave(): boolean {
    const was = this.#isInside;
    this.#isInside = false;
    return was;
  }

  /** True if the key was for the stage. */
  press(event: KeyboardEvent): boolean {
    const { target } = event;
    if (!(target instanceof SVGGElement) || target.dataset['stop'] === undefined) {
      this.#isInside = false;
      return false;
    }
    const svg = target.ownerSVGElement;
    if (svg === null) return false;
    if (event.key === 'Enter' && !this.#isInside) {
      this.#isInside = true;
      this.#at(target);
      return true;
    }
    if (!this.#isInside || event.shiftKey) return false;
    if (event.key === 'Enter') {
      target.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      return true;
    }
    const next = this.#next(svg, target, event.key);
    if (next === undefined) return event.key.startsWith('Arrow');
    this.#at(next);
    this.refresh(svg);
    next.focus();
    return true;
  }

  /** Along a level host by host, each from left to right; between levels inside one host while it has that level. */
  #next(svg: SVGSVGElement, from: SVGGElement, key: string): SVGGElement | undefined {
    const stops = this.#stops(svg);
    const x = (stop: SVGGElement): number => stop.getBoundingClientRect().x;
    const levelOf = (stop: SVGGElement): number => LEVELS.indexOf(stop.dataset['stop'] ?? '');
    const hosts = stops.filter((stop) => levelOf(stop) === 0).map(hostOf);
    const alike = stops
      .filter((stop) => levelOf(stop) === levelOf(from))
      .sort((a, b) => hosts.indexOf(hostOf(a)) - hosts.indexOf(hostOf(b)) || x(a) - x(b));
    const at = alike.indexOf(from);
    if (key === 'ArrowRight') return alike[at + 1];
    if (key === 'ArrowLeft') return alike[at - 1];
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
    const step = key === 'ArrowDown' ? 1 : -1;
    for (let level = levelOf(from) + step; level >= 0 && level < LEVELS.length; level += step) {
      const there = stops.filter((stop) => levelOf(stop) === level);
      const own = there.filter((stop) => hostOf(stop) === hostOf(from));
      const near = (own.length > 0 ? own : there).sort(
        (a, b) => Math.abs(x(a) - x(from)) - Math.abs(x(b) - x(from)),
      );
      if (near[0] !== undefined) return near[0];
    }
    return undefined;
  }
}
