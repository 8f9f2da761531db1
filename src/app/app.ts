// The conductor: holds what is shown, takes commands, and draws one frame after them.
// It computes no picture and words no sentence: pages/ makes the page, pictures.ts the stage, commands.ts the moves.
// Where a key becomes a command: gestures.ts and keys.ts.
import { render } from 'lit';
import type { Asked } from '../scenario/questions/asked.js';
import { answersCsv, keepAttempt } from './answers.js';
import { chooseSocket, runCommand, tellUpTo, turnSpeed } from './commands.js';
import {
  type Progress,
  rememberedAttempts,
  rememberedProgress,
  rememberedTheme,
  rememberProgress,
  rememberTheme,
  type Theme,
} from './device.js';
import { saveText } from './files.js';
import { listen } from './gestures.js';
import type { CommandName } from './keys.js';
import { entries, entryById, HERO } from './library.js';
import { messages } from './messages.js';
import { openScenario } from './open.js';
import { page } from './pages/page.js';
import type { PageCommands, PageState } from './pages/page-state.js';
import type { Problem } from './panels/problem.js';
import { Pictures } from './pictures.js';
import { LANE_LABELS, SLIM_LABELS, stepAt } from './present/lanes.js';
import { Reveal } from './reveal.js';
import { formatRoute, parseRoute, type Route } from './route.js';
import { StageFocus } from './stage-focus.js';
import type { Attempt, PredictionEvent } from './state/prediction.js';
import {
  horizonOf,
  isPredicting,
  openQuestion,
  quietStart,
  type Session,
  sceneOf,
  startSession,
} from './state/session.js';
import { Thumbnails } from './thumbnails.js';
import { Voice } from './voice.js';

const PHONE = '(max-width: 699px)';

export class App implements PageCommands {
  readonly #root: HTMLElement;
  readonly #voice: Voice;
  readonly #pictures = new Pictures(() => this.invalidate());
  readonly #thumbnails = new Thumbnails(() => this.invalidate());
  readonly #stage = new StageFocus();
  readonly #reveal = new Reveal();
  readonly #isPhone = matchMedia(PHONE);
  readonly #progress: Map<string, Progress> = rememberedProgress();
  #route: Route = { page: 'gallery' };
  /** The part of the address after and with #, as last read or written here. */
  #address = '';
  #theme: Theme = rememberedTheme();
  #session: Session | undefined;
  #hero: Session | undefined;
  #problem: Problem | undefined;
  #text = '';
  #group = '';
  #areKeysShown = false;
  #hover: { readonly step: number; readonly share: number } | undefined;
  #frame = 0;
  /** The question that was open when a frame was last asked for: a new one opens its panel. */
  #asked: Asked | undefined;
  #wantsQuestion = false;

  constructor(root: HTMLElement, live: HTMLElement) {
    this.#root = root;
    this.#voice = new Voice(live);
  }

  start(): void {
    this.#applyTheme();
    addEventListener('hashchange', () => this.#navigate());
    this.#isPhone.addEventListener('change', () => this.invalidate());
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

  get page(): 'stage' | 'gallery' {
    return this.#route.page === 'gallery' ? 'gallery' : 'stage';
  }

  get #active(): Session | undefined {
    if (this.#route.page === 'scenario') return this.#session;
    return this.#route.page === 'gallery' ? this.#hero : undefined;
  }

  #navigate(): void {
    this.#address = location.hash;
    const route = parseRoute(this.#address);
    this.#route = route;
    this.#problem = undefined;
    this.#session?.player.send({ type: 'pause' });
    this.#hero?.player.send({ type: 'pause' });
    if (route.page === 'unknown') this.#problem = { kind: 'unknown', text: route.text };
    if (route.page === 'gallery') this.#openHero();
    if (route.page === 'scenario') this.#openScenario(route);
    this.#pictures.forget();
    this.#voice.forget();
    this.invalidate();
  }

  #openHero(): void {
    if (this.#hero !== undefined) return;
    const entry = entryById(HERO) ?? entries[0];
    const opened = entry && openScenario(entry.source);
    if (entry === undefined || opened?.kind !== 'run') return;
    const { run } = opened;
    this.#hero = startSession({ id: entry.id, run, t: quietStart(run), onChange: () => this.invalidate() });
  }

  #openScenario({ id, t, view, isPredicting: predicts }: Extract<Route, { page: 'scenario' }>): void {
    if (this.#session?.id === id) {
      this.#session.choices.view = view;
      if (t !== undefined) this.#session.player.send({ type: 'go', t });
      return;
    }
    this.#session?.player.stop();
    this.#session = undefined;
    const entry = entryById(id);
    if (entry === undefined) {
      this.#problem = { kind: 'unknown', text: id };
      return;
    }
    const { title, source } = entry;
    const opened = openScenario(source);
    if (opened.kind === 'problems') {
      this.#problem = { kind: 'broken', title, source, problems: opened.problems };
    } else if (opened.kind === 'crash') {
      this.#problem = { kind: 'crash', report: opened.message, source };
    } else {
      const { run } = opened;
      const isPredicting = predicts === true && run.asked.length > 0;
      const onChange = (): void => this.#changed();
      const onAttempt = (attempt: Attempt): void => keepAttempt(id, attempt);
      this.#session = startSession({ id, run, t: t ?? 0, view, isPredicting, onChange, onAttempt });
      if (isPredicting) this.#session.choices.tab = 'predict';
    }
  }

  // ── Commands ───────────────────────────────────────────────────────────────────────────────────────────────────────

  readonly run = (command: CommandName, key?: string): void => {
    if (command === 'keys') this.#areKeysShown = !this.#areKeysShown;
    else if (command === 'search') this.#root.querySelector<HTMLInputElement>('.search input')?.focus();
    else if (this.#active !== undefined) {
      runCommand(this.#active, command, key);
      this.#wantsQuestion = command === 'step' && openQuestion(this.#active) !== undefined;
    }
    this.invalidate();
  };

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

  /** A question that opens, or is told, shows its panel; when one goes on from there the reasons are back. */
  #changed(): void {
    const session = this.#session;
    const asked = session && openQuestion(session);
    if (asked !== this.#asked && session !== undefined && asked !== undefined)
      session.choices.tab = 'predict';
    this.#asked = asked;
    this.invalidate();
  }

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

  readonly theme = (): void => {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
    rememberTheme(this.#theme);
    this.#applyTheme();
    this.invalidate();
  };

  readonly search = (text: string): void => {
    this.#text = text;
    this.invalidate();
  };

  readonly group = (group: string): void => {
    this.#group = group;
    this.invalidate();
  };

  readonly closeKeys = (): void => {
    this.#areKeysShown = false;
    this.invalidate();
  };

  #applyTheme(): void {
    document.documentElement.dataset['theme'] = this.#theme;
  }

  // ── The timeline under the pointer ─────────────────────────────────────────────────────────────────────────────────

  readonly hover = (event: PointerEvent | undefined): void => {
    const at = event === undefined || event.pointerType === 'touch' ? undefined : this.#underPointer(event);
    if (at?.step === this.#hover?.step) return;
    this.#hover = at;
    this.invalidate();
  };

  readonly lanes = (event: MouseEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    const at = this.#underPointer(event);
    if (at !== undefined) this.go(at.step);
  };

  #underPointer(event: MouseEvent): { readonly step: number; readonly share: number } | undefined {
    if (!(event.currentTarget instanceof Element) || this.#active === undefined) return undefined;
    const { x, width } = event.currentTarget.getBoundingClientRect();
    const labels = this.#isPhone.matches ? SLIM_LABELS : LANE_LABELS;
    const step = Math.min(
      stepAt(event.clientX - x, this.#active.run.total, width, labels),
      horizonOf(this.#active),
    );
    return { step, share: (event.clientX - x) / width };
  }

  // ── Drawing ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #state(): PageState {
    return {
      route: this.#route,
      session: this.#active,
      problem: this.#problem,
      theme: this.#theme,
      isPhone: this.#isPhone.matches,
      text: this.#text,
      group: this.#group,
      progress: this.#progress,
      cards: this.#thumbnails.byId,
      hover: this.#hover,
    };
  }

  #draw(): void {
    try {
      this.#drawPage();
    } catch (thrown) {
      if (this.#problem !== undefined) throw thrown;
      const report = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      this.#problem = { kind: 'crash', report, source: entryById(this.#active?.id ?? '')?.source ?? '' };
      this.#drawPage();
    }
  }

  #drawPage(): void {
    const session = this.#active;
    const isGallery = this.#route.page === 'gallery';
    render(page(this.#state(), this), this.#root);
    this.#showKeys();
    document.title = messages.product;
    if (session === undefined || this.#problem !== undefined) this.#root.dataset['anim'] = 'idle';
    else {
      const scene = sceneOf(session);
      const isPhone = this.#isPhone.matches;
      const variant = isPhone ? 'phone' : isGallery ? 'hero' : 'full';
      const isDrawn = this.#pictures.draw(this.#root, session, scene, variant, isPhone);
      if (!isDrawn) this.#root.dataset['anim'] = 'idle';
      this.#stage.refresh(this.#root.querySelector<SVGSVGElement>('.stage-svg'));
      this.#voice.speak(session);
      if (!isGallery) {
        document.title = messages.title(session.run.title);
        this.#reveal.show(this.#root, session);
        if (this.#wantsQuestion) this.#root.querySelector<HTMLElement>('.ask h2')?.focus();
        this.#wantsQuestion = false;
        this.#keepPlace(session);
      }
    }
    if (isGallery) this.#thumbnails.prepareNext();
  }

  #showKeys(): void {
    const dialog = this.#root.querySelector('dialog');
    if (this.#areKeysShown && dialog !== null && !dialog.open) dialog.showModal();
    if (!this.#areKeysShown && dialog?.open === true) dialog.close();
  }

  /** The step stands in the address and on the device, so that reload, share and the gallery find it. */
  #keepPlace(session: Session): void {
    const { t, total } = session.player.getSnapshot().context;
    const hash = formatRoute({
      page: 'scenario',
      id: session.id,
      t,
      view: session.choices.view,
      ...(isPredicting(session) ? { isPredicting: true } : {}),
    });
    if (location.hash !== this.#address) return; // a link was followed, and its hashchange is still to come
    if (this.#address !== hash) history.replaceState(null, '', hash);
    this.#address = location.hash;
    const known = this.#progress.get(session.id);
    if (known?.t === t) return;
    this.#progress.set(session.id, { t, isDone: t === total || known?.isDone === true });
    rememberProgress(this.#progress);
  }
}
