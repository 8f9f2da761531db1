// A page from what is shown: gallery, scenario or problem. No state, no drawing of pictures.
// The pages of a scenario and the dialogs come in a part of their own; until then the bar at the top stands alone.
// Look next at gallery.ts and scenario-page.ts beside this file.
import { html, nothing, type TemplateResult } from 'lit';
import { problemPage } from '../panels/problem.js';
import type { Late } from '../parts.js';
import { galleryPage } from './gallery.js';
import type { PageCommands, PageState } from './page-state.js';
import { top } from './top.js';

export function page(state: PageState, app: PageCommands, late: Late | undefined): TemplateResult {
  const { route, session, problem } = state;
  const dialog = late?.dialogOf(state, app) ?? nothing;
  if (problem !== undefined) return html`${top(state, app, '', '')}${problemPage(problem)}${dialog}`;
  if (route.page === 'gallery') return html`${galleryPage(state, app)}${dialog}`;
  if (late === undefined || session === undefined)
    return html`${top(state, app, '', '')}<main aria-busy="true"></main>${dialog}`;
  return html`${late.scenarioPage(state, session, app)}${dialog}`;
}
