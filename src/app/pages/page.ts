// A page from what is shown: gallery, scenario or problem. No state, no drawing of pictures.
// Look next at player.ts and gallery.ts beside this file, then at the panel whose name is the part of the page you mean.
import { html, nothing, type TemplateResult } from 'lit';
import { keysDialog } from '../panels/keys-dialog.js';
import { problemPage } from '../panels/problem.js';
import { galleryPage } from './gallery.js';
import type { PageCommands, PageState } from './page-state.js';
import { player } from './player.js';
import { top } from './top.js';

export function page(state: PageState, app: PageCommands): TemplateResult {
  const { route, session, problem } = state;
  const dialog = keysDialog(app.closeKeys);
  if (problem !== undefined || (route.page === 'scenario' && session === undefined)) {
    return html`${top(state, app, '', '')}${problem === undefined ? nothing : problemPage(problem)}${dialog}`;
  }
  if (route.page === 'scenario' && session !== undefined)
    return html`${player(state, session, app)}${dialog}`;
  return html`${galleryPage(state, app)}${dialog}`;
}
