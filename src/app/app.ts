// The conductor: holds what is shown, takes commands, and draws one frame after them.
// It computes no picture and words no sentence: pages/ makes the page, pictures.ts the stage, commands.ts the moves,
// reading.ts opens what a link names. Where a key becomes a command: gestures.ts and keys.ts.

import { render } from 'lit';
import { answersCsv } from './answers.js';
import { chooseSocket, runCommand, tellUpTo, turnSpeed } from './commands.js';
import {
  forgetAll,
  type Progress,
  rememberedAttempts,
  rememberedProgress,
  rememberProgress,
} from './device.js';
import { saveText } from './files.js';
import { holdFocus } from './focus-keeper.js';
import { listen } from './gestures.js';
import type { CommandName } from './keys.js';
import { entryById } from './library.js';
import { messages } from './messages.js';
import { page } from './pages/page.js';
import type { DialogName, PageCommands, PageState } from './pages/page-state.js';
import { Parts } from './parts.js';
import { savePicture } from './picture-file.js';
import { Pictures } from './pictures.js';
import { Preferences } from './preferences.js';
import { PresenterLink } from './presenter-link.js';
import { Reading } from './reading.js';
import { Reveal } from './reveal.js';
import { formatRoute, type PlacePage, parseRoute, type Route } from './route.js';
import { StageFocus } from './stage-focus.js';
import type { PredictionEvent } from './state/prediction.js';
import { isPredicting, openQuestion, type Session, sceneOf } from './state/session.js';
import { type Hover, underPointer } from './timeline-pointer.js';
import { Voice } from './voice.js';

/** Narrow, or as low as a phone on its side. */
const PHONE = '(max-width: 699px), (max-height: 439px)';
/** Below this the socket table has no strip of its own and stands in the panel. */
const STRIP = '(min-width: 1100px) and (min-height: 700px)';

export class App implements PageCommands {
  readonly #root: HTMLElement;
  readonly #voice: Voice;
  readonly #pictures = new Pictures(() => this.invalidate());
  readonly #stage = new StageFocus();
  readonly #reveal = new Reveal();
  readonly #parts = new Parts(() => this.invalidate());
  readonly #reading = new Reading(this.#parts, () => this.invalidate());
  readonly #link = new PresenterLink(({ id, t }) => this.#follow(id, t));
  readonly #isPhone = matchMedia(PHONE);
  readonly #hasStrip = matchMedia(STRIP);
  readonly #progress: Map<string, Progress> = rememberedProgress();
  readonly preferences = new Preferences();
  #route: Route = { page: 'gallery' };
  /** The part of the address after and with #, as last read or written here. */
  #address = '';
  #text = '';
  #group = '';
  #dialog: DialogName | undefined;
  #isPrinting = false;
  #hover: Hover | undefined;
  #frame = 0;
  #wantsQuestion = false;

  constructor(root: HTMLElement, live: HTMLElement) {
    this.#root = root;
    this.#voice = new Voice(live);
  }

  start(): void {
    addEventListener('hashchange', () => this.#navigate());
    for (const query of [this.#isPhone, this.#hasStrip])
      query.addEventListener('change', () => this.invalidate());
    for (const [event, isPrinting] of [
      ['beforeprint', true],
      ['afterprint', false],
    ] as const)
      addEventListener(event, () => {
        this.#isPrinting = isPrinting;
        this.#draw();
      });
    listen(this.#root, this.#stage, this);
    this.#navigate();
  }

  /** Asks for one frame; several changes before it are drawn together. */
  invalidate(): void {
    this.#root.dataset['anim'] = 'running';
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  // ── Where one is ───────────────────────────────────────────────────────────────────────────────────────────────────

  get page(): 'stage' | 'gallery' | 'present' {
    const { page: name } = this.#route;
    if (name === 'gallery') return 'gallery';
    return name === 'present' || name === 'notes' ? 'present' : 'stage';
  }

  get #active(): Session | undefined {
    return this.#reading.active(this.#route);
  }

  #navigate(): void {
    this.#address = location.hash;
    this.#dialog = undefined; // it was about where one has been
    this.#route = parseRoute(this.#address);
    this.#reading.open(this.#route);
    this.#pictures.forget();
    this.#voice.forget();
    this.invalidate();
  }

  /** The same place on another page. */
  #turnTo(name: PlacePage): void {
    const session = this.#active;
    if (session === undefined || this.#route.page === 'gallery') return;
    location.hash = formatRoute({ ...this.#place(session), page: name });
  }

  #place(session: Session): Extract<Route, { page: PlacePage }> {
    const { t } = session.player.getSnapshot().context;
    const { page: name } = this.#route;
    const page: PlacePage = name === 'present' || name === 'notes' ? name : 'scenario';
    const { view, socket, mark } = session.choices;
    const where = { page, id: session.id, t, view };
    const isFree = socket === undefined && mark === undefined;
    const place = isFree ? where : { ...where, selected: { socket, mark } };
    return isPredicting(session) && page === 'scenario' ? { ...place, isPredicting: true } : place;
  }

  #follow(id: string, t: number): void {
    if (this.page === 'present' && this.#active?.id === id) this.#active.player.send({ type: 'go', t });
  }

  // ── Commands ───────────────────────────────────────────────────────────────────────────────────────────────────────

  readonly run = (command: CommandName, key?: string): void => {
    if (command === 'keys' || command === 'share' || command === 'breakpoints' || command === 'menu')
      this.#dialog = this.#dialog === command ? undefined : command;
    else if (command === 'theme' || command === 'contrast') this.prefer(command);
    else if (command === 'search') this.#root.querySelector<HTMLInputElement>('.search input')?.focus();
    else if (command === 'present') {
      this.#dialog = undefined;
      this.#present();
    } else if (command === 'notes')
      open(formatRoute({ ...this.#here(), page: 'notes' }), 'fourtuple.notes', 'popup');
    else if (command === 'leave' && this.page === 'present') this.#turnTo('scenario');
    else if (this.#active !== undefined) {
      runCommand(this.#active, command, key);
      this.#wantsQuestion = command === 'step' && openQuestion(this.#active) !== undefined;
    }
    this.invalidate();
  };

  #here(): Extract<Route, { page: PlacePage }> {
    const session = this.#active;
    if (session === undefined) throw new Error('notes belong to a scenario');
    return this.#place(session);
  }

  /** On to the projector, or off the whole screen and on again. */
  #present(): void {
    if (this.page !== 'present') this.#turnTo('present');
    const isWhole = document.fullscreenElement !== null;
    const done = isWhole ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    done?.catch(() => {}); // a window that may not fill the screen presents all the same
  }

  readonly predict = (event: PredictionEvent): void => this.#with(({ prediction }) => prediction.send(event));
  readonly exportAnswers = (): void => {
    saveText('fourtuple-answers.csv', 'text/csv', answersCsv(rememberedAttempts()));
  };
  readonly go = (t: number): void => this.#with((session) => session.player.send({ type: 'go', t }));
  readonly tell = (upTo: number): void => this.#with((session) => tellUpTo(session, upTo));
  readonly speed = (): void => this.#with(turnSpeed);
  readonly select = (socket: number): void => this.#with((session) => chooseSocket(session, socket));

  readonly pin = (host: number): void =>
    this.#with(({ choices }) => {
      choices.pinned = choices.pinned === host ? undefined : host;
    });

  readonly choose = (change: Partial<Session['choices']>): void =>
    this.#with(({ choices }) => {
      Object.assign(choices, change);
    });

  #with(act: (session: Session) => void): void {
    if (this.#active !== undefined) act(this.#active);
    this.invalidate();
  }

  readonly copy = (text: string): void => {
    const said = (isCopied: boolean): void => this.choose({ isCopied });
    navigator.clipboard?.writeText(text).then(
      () => said(true),
      () => said(false),
    );
  };

  readonly prefer = (what: 'theme' | 'contrast' | 'letters'): void => {
    if (what === 'theme') this.preferences.turnTheme();
    else if (what === 'contrast') this.preferences.turnContrast();
    else this.preferences.turnLetters();
    this.invalidate();
  };

  readonly forget = (): void => {
    forgetAll();
    this.#progress.clear();
    this.invalidate();
  };

  /** The picture of this view as a file. */
  readonly save = (kind: 'svg' | 'png'): void => {
    const session = this.#active;
    const section = this.#root.querySelector('.stage, .ladder, .ports, .states-view');
    if (session === undefined || section === null) return;
    const { t } = session.player.getSnapshot().context;
    const name = `${session.id}-${t}-${session.choices.view}`;
    savePicture(section, kind, name, session.run.title, location.href).catch(() => {}); // nothing to save, nothing lost
  };

  readonly print = (): void => {
    this.closeDialog();
    print();
  };

  readonly search = (text: string): void => {
    this.#text = text;
    this.invalidate();
  };

  readonly group = (group: string): void => {
    this.#group = group;
    this.invalidate();
  };

  readonly closeDialog = (): void => {
    this.#root.querySelector('dialog')?.close(); // gives the focus back to what had it
    this.#dialog = undefined;
    this.invalidate();
  };

  readonly hover = (event: PointerEvent | undefined): void => {
    const isTouch = event === undefined || event.pointerType === 'touch';
    const at = isTouch ? undefined : underPointer(event, this.#active, this.#isPhone.matches);
    if (at?.step === this.#hover?.step) return;
    this.#hover = at;
    this.invalidate();
  };

  readonly lanes = (event: MouseEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    const at = underPointer(event, this.#active, this.#isPhone.matches);
    if (at !== undefined) this.go(at.step);
  };

  // ── Drawing ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #state(): PageState {
    return {
      route: this.#route,
      session: this.#active,
      problem: this.#reading.problem,
      preferences: this.preferences,
      isPhone: this.#isPhone.matches,
      hasStrip: this.#hasStrip.matches,
      ladderWidth: this.#pictures.ladder.width,
      text: this.#text,
      group: this.#group,
      progress: this.#progress,
      hover: this.#hover,
      dialog: this.#dialog,
      isPrinting: this.#isPrinting,
    };
  }

  #draw(): void {
    try {
      this.#drawPage();
    } catch (thrown) {
      if (this.#reading.problem !== undefined) throw thrown;
      const report = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      this.#reading.problem = {
        kind: 'crash',
        report,
        source: entryById(this.#active?.id ?? '')?.source ?? '',
      };
      this.#drawPage();
    }
  }

  #drawPage(): void {
    const session = this.#active;
    const isGallery = this.#route.page === 'gallery';
    const keepFocus = holdFocus(this.#root);
    const put = () => render(page(this.#state(), this, this.#parts.late), this.#root);
    put();
    if (this.#pictures.ladder.measure(this.#root)) put();
    this.#showDialog();
    document.title = messages.product;
    if (session === undefined || this.#reading.problem !== undefined) {
      if (!this.#reading.isWaiting) this.#root.dataset['anim'] = 'idle';
    } else {
      if (!isGallery) this.#reveal.show(this.#root, session); // measures, so it comes before the drawing
      const isPhone = this.#isPhone.matches;
      const isSlim = isGallery ? this.#root.clientWidth < 700 : isPhone;
      const variant = this.page === 'present' ? 'present' : isSlim ? 'phone' : isGallery ? 'hero' : 'full';
      const isDrawn = this.#pictures.draw(this.#root, session, sceneOf(session), variant, isPhone);
      if (!isDrawn) this.#root.dataset['anim'] = 'idle';
      this.#stage.refresh(this.#root.querySelector<SVGSVGElement>('.stage-svg'));
      this.#voice.speak(session);
      if (!isGallery) {
        document.title = messages.title(session.run.title);
        if (this.#wantsQuestion) this.#root.querySelector<HTMLElement>('.ask h2')?.focus();
        this.#wantsQuestion = false;
        this.#keepPlace(session);
      }
    }
    keepFocus();
    if (!this.#reading.isWaiting) this.#parts.bringAll();
  }

  #showDialog(): void {
    const dialog = this.#root.querySelector('dialog');
    if (dialog !== null && !dialog.open) dialog.showModal();
  }

  /** The step stands in the address and on the device, so that reload, share and the gallery find it. */
  #keepPlace(session: Session): void {
    const { t, total } = session.player.getSnapshot().context;
    const hash = formatRoute(this.#place(session));
    if (location.hash !== this.#address) return; // a link was followed, and its hashchange is still to come
    if (this.#address !== hash) history.replaceState(null, '', hash);
    this.#address = location.hash;
    if (this.page === 'present') this.#link.tell({ id: session.id, t });
    const known = this.#progress.get(session.id);
    if (known?.t === t || this.page === 'present') return;
    this.#progress.set(session.id, { t, isDone: t === total || known?.isDone === true });
    rememberProgress(this.#progress);
  }
}
