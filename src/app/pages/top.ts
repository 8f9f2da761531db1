// The bar at the top of every page, filled from what is shown.
// What stands in its middle is handed in; the bar itself: ../panels/top-bar.ts.
import type { TemplateResult } from 'lit';
import { topBar } from '../panels/top-bar.js';
import type { PageCommands, PageState } from './page-state.js';

export function top(
  state: PageState,
  app: PageCommands,
  group: string,
  title: string,
  middle?: TemplateResult,
): TemplateResult {
  return topBar({
    group,
    title,
    theme: state.preferences.theme,
    middle,
    onMenu: state.isPhone && state.route.page === 'scenario' ? () => app.run('menu') : undefined,
    onTheme: () => app.prefer('theme'),
    onPresent:
      state.route.page === 'scenario' && state.session !== undefined ? () => app.run('present') : undefined,
    onShare:
      state.route.page === 'scenario' && state.session !== undefined ? () => app.run('share') : undefined,
    onKeys: () => app.run('keys'),
  });
}
