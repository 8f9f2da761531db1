// What is shown when there is nothing to show: an unknown address, a scenario with problems, a broken simulator.
// The place and the cause are said, the text is kept, and there is always a way on.
// It refuses to know how a scenario is read: ../open.ts says what went wrong.
import { html, nothing, type TemplateResult } from 'lit';
import type { Trouble } from '../lesson.js';
import { messages } from '../messages.js';
import { type Flaw, formatRoute } from '../route.js';

export type Problem =
  | {
      readonly kind: 'unknown';
      readonly text: string;
      /** Scenarios whose names are like it. */
      readonly near: readonly { readonly id: string; readonly title: string }[];
    }
  | { readonly kind: 'link'; readonly text: string; readonly flaw: Flaw }
  | {
      readonly kind: 'broken';
      readonly title: string;
      readonly source: string;
      readonly problems: readonly Trouble[];
    }
  | { readonly kind: 'crash'; readonly report: string; readonly source: string };

const { problem: say } = messages;

function linkPage(text: string, { what, column, part, without }: Flaw, home: TemplateResult): TemplateResult {
  const [before, after] = [text.slice(0, column - 1), text.slice(column - 1 + part.length)];
  return html`<main class="problem" data-view="problem">
    <h1>${say.linkTitle}</h1>
    <pre tabindex="0">${before}<mark>${part}</mark>${after}</pre>
    <p role="alert">${say.linkAt(column, part)} ${say.link[what]}</p>
    ${without === undefined ? nothing : html`<p><a class="second" href=${formatRoute(without)}>${say.openWithout}</a></p>`}
    ${home}
  </main>`;
}

function marked(source: string, problems: readonly Trouble[]): TemplateResult {
  const bad = new Set(problems.map(({ line }) => line));
  return html`<ol class="source" tabindex="0" aria-label=${say.source}>
    ${source.split('\n').map((line, index) => html`<li ?data-bad=${bad.has(index + 1)}><code>${line === '' ? ' ' : line}</code></li>`)}
  </ol>`;
}

export function problemPage(problem: Problem): TemplateResult {
  const home = html`<p><a class="cta small" href="#/">${say.home}</a></p>`;
  if (problem.kind === 'unknown') {
    return html`<main class="problem" data-view="problem">
      <h1>${say.unknownTitle}</h1>
      <p>${say.unknownBody(problem.text)}</p>
      <p>${say.near}</p>
      <ul class="nearest">
        ${problem.near.map(({ id, title }) => html`<li><a class="second" href=${formatRoute({ page: 'scenario', id, t: undefined, view: 'stage' })}>${title}</a></li>`)}
      </ul>
      ${home}
    </main>`;
  }
  if (problem.kind === 'link') return linkPage(problem.text, problem.flaw, home);
  if (problem.kind === 'crash') {
    return html`<main class="problem" data-view="problem">
      <h1>${say.crashTitle}</h1>
      <p>${say.crashBody}</p>
      <pre role="alert" tabindex="0">${problem.report}</pre>
      ${home}
      ${problem.source === '' ? nothing : html`<h2>${say.source}</h2>${marked(problem.source, [])}`}
    </main>`;
  }
  return html`<main class="problem" data-view="problem">
    <h1>${say.brokenTitle}</h1>
    <p>${say.brokenBody}</p>
    <ul class="problems" role="alert">
      ${problem.problems.map(
        ({ line, column, code, message, hint }) => html`<li>
          <span class="mono place">${say.at(line, column)}</span>
          <span>${message}${hint === undefined ? nothing : html` <em>${hint}</em>`}</span>
          <code>${code}</code>
        </li>`,
      )}
    </ul>
    ${home}
    <h2>${say.source}</h2>
    ${marked(problem.source, problem.problems)}
  </main>`;
}
