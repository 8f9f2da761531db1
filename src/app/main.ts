// Where the browser begins: fonts and styles, the two elements of the page, and the app on them.
// The app itself refuses to know style sheets: they are all named here.
// Look next at app.ts.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './styles/tokens.css';
import './styles/chrome.css';
import './styles/player.css';
import './styles/sockets.css';
import './styles/panel.css';
import './styles/transport.css';
import './styles/stage.css';
import './styles/ladder.css';
import './styles/state.css';
import './styles/ports.css';
import './styles/port.css';
import './styles/states-view.css';
import './styles/header.css';
import './styles/header-strip.css';
import './styles/tree.css';
import './styles/tickets.css';
import './styles/thumbnail.css';
import './styles/gallery.css';
import './styles/predict.css';
import './styles/transcript.css';
import './styles/room.css';
import './styles/dialogs.css';
import './styles/problem.css';
import './styles/direction.css';
import './styles/low.css';
import './styles/sheet.css';
import './styles/narrow.css';
import './styles/phone.css';
import './styles/phone-panel.css';
import './styles/phone-gallery.css';
import './styles/coarse.css';
import './styles/contrast.css';
import './styles/print.css';
import { App } from './app.js';
import { tongue } from './words/speech.js';

Object.assign(document.documentElement, { lang: tongue.tag, dir: tongue.direction });

const root = document.querySelector<HTMLElement>('#app');
if (root !== null) {
  const live = document.createElement('p');
  live.className = 'visually-hidden';
  live.id = 'live';
  live.setAttribute('aria-live', 'polite');
  root.after(live);
  new App(root, live).start();
}
