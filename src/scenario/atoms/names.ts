// Names: of hosts, processes, networks (nginx), of who acts or is meant (web/nginx), of sockets (●, control, c$n), of
// parameters ($door). How they are spelt, not whether anybody is called so: that is lint.ts.
import { bad, good, type Parsed, show } from '../text/parsed.js';
import { isMarker, MARKERS } from './words.js';

const NAME = /^\p{L}[\p{L}\p{N}_-]*$/u;
const NAME_RULE = 'a name is a letter, then letters, digits, - or _';
const PARAM = /^\$([a-z]\w*)$/;
/** A label may end in a parameter, mostly the counter of `repeat`: c$n. */
const LABEL = /^(\p{L}[\p{L}\p{N}_-]*)(?:\$([a-z]\w*))?$/u;

/** Who acts or is meant: a process, host, router or network; `host` is given where one name runs on two hosts. */
export interface ActorRef {
  readonly host?: string;
  readonly name: string;
}

/** A socket by its label. With `at`: that conversation's end in this process, or on this host. */
export interface LabelRef {
  readonly label: string;
  readonly at?: ActorRef;
}

export function parseName(value: unknown): Parsed<string> {
  if (typeof value === 'string' && NAME.test(value)) return good(value);
  return bad('bad-name', `${show(value)} is not a name: ${NAME_RULE}`);
}

/** `nginx`, or `web/nginx` where two hosts run one. */
export function parseActor(value: unknown): Parsed<ActorRef> {
  if (typeof value !== 'string') return bad('bad-name', `${show(value)} is not a name: ${NAME_RULE}`);
  const parts = value.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2 || !parts.every((part) => NAME.test(part)))
    return bad(
      'bad-name',
      `${show(value)} is not a name: ${NAME_RULE}; host/process where two hosts run one`,
    );
  return good(second === undefined ? { name: first } : { host: first, name: second });
}

/** A word or one of the markers; a word may end in a parameter: c$n. The text itself is the value. */
export function parseLabel(value: unknown): Parsed<string> {
  if (typeof value === 'string' && (isMarker(value) || LABEL.test(value))) return good(value);
  return bad('bad-label', `${show(value)} is not a label: a word, or one of ${MARKERS.join(' ')}`);
}

/** The part of a label before its parameter, `c` of `c$n`; undefined for one without. */
export function labelStem(label: string): string | undefined {
  const [, stem, param] = LABEL.exec(label) ?? [];
  return param === undefined ? undefined : stem;
}

/** `●`, `control`, `●@nginx`, `data@web/ftpd`. */
export function parseLabelRef(value: unknown): Parsed<LabelRef> {
  if (typeof value !== 'string') return parseLabel(value) as Parsed<never>;
  const [name = '', ...rest] = value.split('@');
  const label = parseLabel(name);
  if (!label.ok) return label;
  if (rest.length === 0) return good({ label: label.value });
  const at = parseActor(rest.join('@'));
  return at.ok ? good({ label: label.value, at: at.value }) : at;
}

/** `$door`: its name, `door`. */
export function parseParam(value: unknown): Parsed<string> {
  const name = typeof value === 'string' ? PARAM.exec(value)?.[1] : undefined;
  if (name !== undefined) return good(name);
  return bad('not-a-param', `${show(value)} is not a parameter: $ and a word, as in $door`);
}

export function isParam(value: unknown): boolean {
  return typeof value === 'string' && PARAM.test(value);
}
