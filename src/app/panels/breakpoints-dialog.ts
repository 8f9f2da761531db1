// Where playing stops, as a dialog: what is set, and how to set more. Conditions are offered whether or not they will ever
// come true: that would tell what is to come. The conditions: ../state/breakpoints.ts.
import { html, type TemplateResult } from 'lit';
import type { Mark } from '../../trace/scene.js';
import { TCP_STATES, type TcpState } from '../../world/tables.js';
import { messages } from '../messages.js';
import { type Breakpoint, breakpointKey } from '../state/breakpoints.js';
import { dialogFrame } from './dialog.js';
import { icon } from './icons.js';

export interface BreakpointProps {
  readonly all: readonly Breakpoint[];
  readonly step: number;
  readonly marks: readonly Mark[];
  readonly programs: readonly string[];
  readonly onToggle: (breakpoint: Breakpoint) => void;
  readonly onClose: () => void;
}

const { breakpoints: say } = messages;

/** What a form's field holds; '' if there is none. */
function fieldOf(form: EventTarget | null, name: string): string {
  const value = form instanceof HTMLFormElement ? new FormData(form).get(name) : null;
  return typeof value === 'string' ? value : '';
}

export function breakpointsDialog(props: BreakpointProps): TemplateResult {
  const { all, step, marks, programs, onToggle } = props;
  const add = (breakpoint: Breakpoint): void => {
    if (!all.some((each) => breakpointKey(each) === breakpointKey(breakpoint))) onToggle(breakpoint);
  };
  const quick = (breakpoint: Breakpoint): TemplateResult =>
    html`<button class="pill" @click=${() => add(breakpoint)}>${say.words(breakpoint)}</button>`;
  const onState = (event: Event): void => {
    event.preventDefault();
    const state = TCP_STATES.find((each): each is TcpState => each === fieldOf(event.currentTarget, 'state'));
    const mark = marks.find((each) => each === fieldOf(event.currentTarget, 'mark'));
    if (state !== undefined) add({ kind: 'state', state, mark });
  };
  const onDelivery = (event: Event): void => {
    event.preventDefault();
    add({ kind: 'delivery', program: fieldOf(event.currentTarget, 'program') });
  };
  return dialogFrame(
    say.title,
    props.onClose,
    html`<p>${say.lead}</p>
      <ul class="break-list">
        ${all.length === 0 ? html`<li>${say.none}</li>` : ''}
        ${all.map(
          (each) => html`<li data-breakpoint=${each.kind}>◆ ${say.words(each)}
            <button class="icon-button" aria-label=${say.remove(say.words(each))} @click=${() => onToggle(each)}>${icon('close', 14)}</button></li>`,
        )}
      </ul>
      <div class="break-add">${step > 0 ? quick({ kind: 'step', step }) : ''} ${quick({ kind: 'packet', packet: 'RST' })} ${quick({ kind: 'packet', packet: 'ICMP' })}</div>
      <form class="break-add" @submit=${onState}>
        <label>${say.state} <select name="state">${TCP_STATES.map((state) => html`<option ?selected=${state === 'TIME-WAIT'}>${state}</option>`)}</select></label>
        <label>${say.on} <select name="mark"><option value="">${say.any}</option>${marks.map((mark) => html`<option>${mark}</option>`)}</select></label>
        <button class="pill">${say.add}</button>
      </form>
      <form class="break-add" @submit=${onDelivery}>
        <label>${say.delivery} <select name="program">${programs.map((program) => html`<option>${program}</option>`)}</select></label>
        <button class="pill">${say.add}</button>
      </form>`,
  );
}
