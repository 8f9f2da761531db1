// One keyed join for every kind of row: the group of a layer holds one element a row, in the order of the rows.
// Each view of this folder draws its rows through it, so that any picture can follow any other.
// It refuses to know what is drawn and owns no data.
import { type BaseType, type Selection, select } from 'd3';

export type Layer = Selection<SVGGElement, unknown, BaseType, unknown>;

/** Finds or makes the `<g>` with this class inside the parent. */
export function layer(parent: SVGElement, name: string): SVGGElement {
  for (const child of parent.children) {
    if (child instanceof SVGGElement && child.dataset['layer'] === name) return child;
  }
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  made.dataset['layer'] = name;
  parent.append(made);
  return made;
}

/**
 * Draws rows as groups: `build` fills a new element once, `update` sets everything that depends on the row.
 * An element never changes its kind; a row of another kind has another key.
 */
export function draw<Row extends { readonly key: string }>(
  parent: SVGGElement,
  rows: readonly Row[],
  build: (group: SVGGElement, row: Row) => void,
  update: (group: SVGGElement, row: Row) => void,
): void {
  const bare = (group: SVGGElement, row: Row): void => {
    group.dataset['key'] = row.key;
    build(group, row);
  };
  select(parent)
    .selectChildren<SVGGElement, Row>('g')
    .data(rows, (row) => row.key)
    .join((enter) =>
      enter.append('g').each(function (row) {
        bare(this, row);
      }),
    )
    .order()
    .each(function (row) {
      update(this, row);
    });
}

/**
 * Sets attributes; `undefined` takes one away. What is there already is left alone: a browser lays out again whatever is
 * written, the same or not.
 */
export function set(
  element: Element,
  attributes: Readonly<Record<string, string | number | undefined>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/** Appends an SVG element with a class and attributes. */
export function add(
  parent: Element,
  tag: string,
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  if (name !== '') made.setAttribute('class', name);
  set(made, attributes);
  parent.append(made);
  return made;
}

/** The first element inside with this class, for `update` to find what `build` made. */
export function part(group: SVGElement, name: string): SVGElement {
  const found = group.querySelector<SVGElement>(`:scope > .${name}`);
  if (found === null) throw new Error(`a view lost its .${name}: build it before updating it`);
  return found;
}

export function text(element: Element, value: string): void {
  if (element.textContent !== value) element.textContent = value;
}
