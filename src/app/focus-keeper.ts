// After a drawing the focus is still somewhere: on what had it, else on the nearest thing left in the same part of the page.
// A browser drops it when an element goes away or is put elsewhere in its list, and the next Tab would begin at the top.
// It refuses to follow to another page: there the reader begins at its beginning. Who calls: app.ts, around each drawing.

/** One stop of each region first: rows, things of the stage, scrolled parts. */
const STOPS = ['[tabindex="0"]', 'a[href], button, input, select'] as const;

function stopIn(part: Element): HTMLElement | SVGElement | undefined {
  for (const stops of STOPS) {
    if (part.matches(stops) && part instanceof HTMLElement) return part;
    const inside = part.querySelector<HTMLElement | SVGElement>(stops);
    if (inside !== null) return inside;
  }
  return undefined;
}

/** Remembers what has the focus; the result is to be called after the drawing. */
export function holdFocus(root: HTMLElement): () => void {
  const held = document.activeElement;
  if (held === null || held === root || !root.contains(held)) return () => {};
  const parts: Element[] = [];
  // The outermost element is the page: another page has another.
  for (let part = held.parentElement; part !== null && part.parentElement !== root; part = part.parentElement)
    parts.push(part);
  return () => {
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (!isFree) return;
    const same = held.isConnected ? held : undefined;
    const near = parts.filter(({ isConnected }) => isConnected).map(stopIn);
    const next = same ?? near.find((stop) => stop !== undefined);
    if (next instanceof HTMLElement || next instanceof SVGElement) next.focus({ preventScroll: true });
  };
}
