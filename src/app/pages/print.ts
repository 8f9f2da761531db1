// The printed page: title, every sentence, the ladder in parts that fit on A4, the table at this step. Always light, and
// legible in grey: letters, marks and dashes say what colours say. It is on the page only while it is printed.
// Sizes of the ladder: ../present/ladder.ts.
import { html, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { ladderHeads, ladderShapes } from '../panels/ladder.js';
import { transcriptList } from '../panels/transcript.js';
import { HEAD, type LadderPicture, ladderPicture, ROW } from '../present/ladder.js';
import { transcriptOf } from '../present/transcript.js';
import { veilStory } from '../present/veil.js';
import { horizonOf, type Session, sceneOf, toldOf } from '../state/session.js';
import { storiesOf } from '../stories.js';

const { print: say } = messages;
const PAPER_WIDTH = 640;
/** Rows of the ladder on one sheet, beside its head. */
const ROWS = 24;

function sheet(picture: LadderPicture, first: number, total: number): TemplateResult {
  const { width } = picture;
  const rows = Math.min(ROWS, total - first);
  const tall = rows * ROW + 12;
  return html`<section class="printed-part" style="--wide:${width + 30}">
    <svg class="ladder-svg" viewBox="-30 0 ${width + 30} ${HEAD}">${ladderHeads(picture)}</svg>
    <svg class="ladder-svg" viewBox="-30 ${HEAD + first * ROW} ${width + 30} ${tall}">
      ${ladderShapes(picture)}
    </svg>
    <ol class="printed-numbers" style="--rows:${rows}" aria-hidden="true">
      ${Array.from({ length: rows }, (_, index) => html`<li style="top:calc(${HEAD + (index + 0.5) * ROW} / ${HEAD + tall} * 100%)">${first + index + 1}</li>`)}
    </ol>
  </section>`;
}

export function printPage(session: Session): TemplateResult {
  const { run } = session;
  const { t } = sceneOf(session);
  const story = storiesOf(run).ladder;
  const upTo = horizonOf(session);
  const isWhole = upTo === run.total;
  const picture = ladderPicture(isWhole ? story : veilStory(story, t), isWhole ? run.total : t, PAPER_WIDTH);
  const sheets = Array.from({ length: Math.ceil(upTo / ROWS) }, (_, index) => index * ROWS);
  return html`<article class="printed">
    <h1>${run.title}</h1>
    <p>${run.teaches} <small>${say.at(t, run.total)}</small></p>
    <h2>${say.steps}</h2>
    ${transcriptList(transcriptOf(toldOf(session).steps, upTo), undefined)}
    <h2>${say.ladder}</h2>
    ${sheets.map((first) => sheet(picture, first, upTo))}
  </article>`;
}
