// What the first screen does without: the simulator, the pages of a scenario and the dialogs, as one part that is loaded right after.
// Who asks for it: parts.ts. A page of the first screen imports nothing from here but types.
export { openLesson } from './open.js';
export { dialogOf } from './pages/dialogs.js';
export { scenarioPage } from './pages/scenario-page.js';
