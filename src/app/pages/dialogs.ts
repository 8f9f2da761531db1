// The dialog that is open, if any. What is in one: the panel of its name.
// Loaded with the pages of a scenario (../late.ts).
import { nothing, type TemplateResult } from 'lit';
import { breakpointsDialog } from '../panels/breakpoints-dialog.js';
import { keysDialog } from '../panels/keys-dialog.js';
import { menuDialog } from '../panels/menu-dialog.js';
import { shareDialog } from '../panels/share-dialog.js';
import { toggled } from '../state/breakpoints.js';
import { sceneOf, toldOf } from '../state/session.js';
import type { PageCommands, PageState } from './page-state.js';

export function dialogOf(state: PageState, app: PageCommands): TemplateResult | typeof nothing {
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
