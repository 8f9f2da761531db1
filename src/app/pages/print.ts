// The printed page: title, every sentence, the ladder in sheets of A4, and who holds which socket at this step. Always light,
// and legible in grey: letters, marks and dashes say what colours say. It is on the page only while it is printed.
// The sheets of the ladder: ../present/ladder-sheets.ts.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { messages } from '../messages.js';
import { ladderHeads, ladderShapes } from '../panels/ladder.js';
import { plainTable } from '../panels/socket-table.js';
import { transcriptList, whoList } from '../panels/transcript.js';
import { translations } from '../panels/translations.js';
import { HEAD } from '../present/ladder.js';
import { GUTTER, type LadderSheet, ladderSheets } from '../present/ladder-sheets.js';
import { tableOf } from '../present/table.js';
import { transcriptOf } from '../present/transcript.js';
import { veilStory } from '../present/veil.js';
import { whoIsThere } from '../present/who-is-there.js';
import { horizonOf, openQuestion, type Session, sceneOf, toldOf } from '../state/session.js';
import { storiesOf } from '../stories.js';

const { print: say } = messages;

function sheet({ picture, first, count, top, height, rows }: LadderSheet, t: number): TemplateResult {
  const wide = picture.width + GUTTER;
  return html`<section class="printed-part" data-first=${first} data-rows=${count}>
    <svg class="ladder-svg" viewBox="${-GUTTER} 0 ${wide} ${HEAD}">${ladderHeads(picture)}</svg>
    <svg class="ladder-svg" viewBox="${-GUTTER} ${top} ${wide} ${height}">
      ${ladderShapes(picture)}
      ${rows.map(
        ({ step, y }) => svg`<g class="row-number" ?data-here=${step === t}>
          <rect x=${3 - GUTTER} y=${y - 9} width="24" height="18" rx="5"></rect>
          <text x=${15 - GUTTER} y=${y + 4} text-anchor="middle">${step}</text>
        </g>`,
      )}
    </svg>
  </section>`;
}

/** Each host's sockets as they are at this step, with what the step said of them, and what routers translate. */
function tables(session: Session): TemplateResult {
  const scene = sceneOf(session);
  const parts = scene.hosts.flatMap((host) => {
    const table = tableOf(scene, host.id);
    const rows = table === undefined || table.rows.length === 0 ? nothing : plainTable(table);
    const router =
      host.router === undefined ? nothing : translations(host.router, scene.at, scene.step?.mark);
    if (rows === nothing && router === nothing) return [];
    const title = rows === nothing ? messages.translations.title(host.name) : messages.table.title(host.name);
    return [
      html`<section class="printed-table" data-host=${host.id}><h3>${title}</h3>${router}${rows}</section>`,
    ];
  });
  return html`<h2>${say.tables(scene.t)}</h2>
    ${parts.length === 0 ? html`<p>${say.noSockets}</p>` : parts}`;
}

export function printPage(session: Session): TemplateResult {
  const { run } = session;
  const { t } = sceneOf(session);
  const story = storiesOf(run).ladder;
  const upTo = horizonOf(session);
  const sheets = ladderSheets(upTo === run.total ? story : veilStory(story, t), upTo);
  // What a scenario teaches is what its questions ask.
  const teaches = openQuestion(session) === undefined ? run.teaches : '';
  return html`<article class="printed">
    <h1>${run.title}</h1>
    <p>${teaches} <small>${say.at(t, run.total)}</small></p>
    <h2>${say.steps}</h2>
    ${whoList(whoIsThere(run.sceneAt(0)))}
    ${transcriptList(transcriptOf(toldOf(session).steps, upTo), undefined, t)}
    ${tables(session)}
    <h2 ?data-new-sheet=${sheets.length > 0}>${say.ladder}</h2>
    ${sheets.length === 0 ? html`<p>${say.noPackets}</p>` : sheets.map((each) => sheet(each, t))}
  </article>`;
}
