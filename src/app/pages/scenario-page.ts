// The pages of one opened scenario: to read it, to present it, and the notes beside a presentation.
// Loaded after the first screen (../late.ts). Look next at player.ts and presenter.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../state/session.js';
import type { PageCommands, PageState } from './page-state.js';
import { player } from './player.js';
import { presenter, presenterNotes } from './presenter.js';
import { printPage } from './print.js';

export function scenarioPage(state: PageState, session: Session, app: PageCommands): TemplateResult {
  switch (state.route.page) {
    case 'present':
      return presenter(session, app);
    case 'notes':
      return presenterNotes(session, app);
    default:
      return html`${player(state, session, app)}${state.isPrinting ? printPage(session) : nothing}`;
  }
}
