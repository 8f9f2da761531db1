// A page from what is shown: gallery, scenario or problem. No state, no drawing of pictures.
// Look next at player.ts and gallery.ts beside this file, then at the panel whose name is the part of the page you mean.
import { html, nothing, type TemplateResult } from 'lit';
import { breakpointsDialog } from '../panels/breakpoints-dialog.js';
import { keysDialog } from '../panels/keys-dialog.js';
import { menuDialog } from '../panels/menu-dialog.js';
import { problemPage } from '../panels/problem.js';
import { shareDialog } from '../panels/share-dialog.js';
import { toggled } from '../state/breakpoints.js';
import { sceneOf, toldOf } from '../state/session.js';
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
  const { dialog, preferences, session } = state;
  if (dialog === 'keys')
    return keysDialog({
      preferences,
      onClose: () => app.closeDialog(),
      onPrefer: (what) => app.prefer(what),
      onForget: () => app.forget(),
    });
  if (session === undefined) return nothing;
  const { run, choices } = session;
  const onClose = (): void => app.closeDialog();
  if (dialog === 'share')
    return shareDialog({
      link: location.href,
      isCopied: choices.isCopied,
      onCopy: () => app.copy(location.href),
      onSave: (kind) => app.save(kind),
      onPrint: () => app.print(),
      onClose,
    });
  if (dialog === 'menu')
    return menuDialog({
      theme: preferences.theme,
      speed: session.player.getSnapshot().context.speed,
      breaks: choices.breakpoints.length,
      run: (command) => app.run(command),
      onSpeed: () => app.speed(),
      onTheme: () => app.prefer('theme'),
      onClose,
    });
  if (dialog === 'breakpoints')
    return breakpointsDialog({
      all: choices.breakpoints,
      step: sceneOf(session).t,
      marks: toldOf(session).lanes.flatMap(({ mark }) => mark ?? []),
      programs: [
        ...new Set(run.sceneAt(0).hosts.flatMap(({ processes }) => processes.map(({ name }) => name))),
      ],
      onToggle: (breakpoint) => app.choose({ breakpoints: toggled(choices.breakpoints, breakpoint) }),
      onClose,
    });
  return nothing;
}
