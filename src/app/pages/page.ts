// A page from what is shown: gallery, scenario or problem. No state, no drawing of pictures.
// Look next at player.ts and gallery.ts beside this file, then at the panel whose name is the part of the page you mean.
import { html, nothing, type TemplateResult } from 'lit';
import { keysDialog } from '../panels/keys-dialog.js';
import { problemPage } from '../panels/problem.js';
import { galleryPage } from './gallery.js';
import type { PageCommands, PageState } from './page-state.js';
import { player } from './player.js';
import { presenter, presenterNotes } from './presenter.js';
import { printPage } from './print.js';
import { top } from './top.js';

export function page(state: PageState, app: PageCommands): TemplateResult {
  const { route, session, problem } = state;
  const dialog = dialogOf(state, app);
  if (problem !== undefined || (route.page !== 'gallery' && session === undefined)) {
    return html`${top(state, app, '', '')}${problem === undefined ? nothing : problemPage(problem)}${dialog}`;
  }
  if (session === undefined) return html`${galleryPage(state, app)}${dialog}`;
  switch (route.page) {
    case 'scenario':
      return html`${player(state, session, app)}${state.isPrinting ? printPage(session) : nothing}${dialog}`;
    case 'present':
      return html`${presenter(session, app)}${dialog}`;
    case 'notes':
      return html`${presenterNotes(session, app)}${dialog}`;
    default:
      return html`${galleryPage(state, app)}${dialog}`;
  }
}

function dialogOf(state: PageState, app: PageCommands): TemplateResult | typeof nothing {
  const { dialog, preferences } = state;
  if (dialog === 'keys')
    return keysDialog({
      preferences,
      onClose: () => app.closeDialog(),
      onPrefer: (what) => app.prefer(what),
      onForget: () => app.forget(),
    });
  return nothing;
}
