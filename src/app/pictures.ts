// Fills the empty <svg>s of a page: measures them, asks present/ for rows, lets views/ draw them, and starts the movement.
// It remembers the last picture only to move from it; the drawn picture never depends on what was shown before.
// It refuses to know pages and commands. Look next at present/stage.ts and views/stage.ts.

import type { Scene } from '../trace/scene.js';
import { LadderRoom } from './ladder-room.js';
import { messages } from './messages.js';
import { focusOf } from './present/focus.js';
import { LANE_LABELS, SLIM_LABELS, timelineOf } from './present/lanes.js';
import type { StagePicture } from './present/picture.js';
import { leastHeight, type Variant } from './present/places.js';
import { discRows } from './present/predict.js';
import { type StageOptions, stagePicture } from './present/stage.js';
import { toldIndex } from './present/why.js';
import { isHit } from './state/breakpoints.js';
import { stopOf } from './state/prediction.js';
import { horizonOf, openQuestion, pinnedHost, type Session, toldOf } from './state/session.js';
import { conversationAt } from './state/skip.js';
import { storiesOf } from './stories.js';
import { drawDiscs } from './views/discs.js';
import { drawLanes } from './views/lanes.js';
import { layer } from './views/layer.js';
import { animate, type Motion } from './views/motion.js';
import { drawStage } from './views/stage.js';

interface Ground {
  readonly svg: SVGSVGElement;
  readonly element: Element;
  readonly width: number;
  readonly height: number;
}

/** An empty <svg> of the page and the room that it has; undefined if the page has none. */
function groundOf(root: HTMLElement, selector: string): Ground | undefined {
  const svg = root.querySelector<SVGSVGElement>(selector);
  const element = svg?.parentElement;
  if (!svg || !element) return undefined;
  return { svg, element, width: Math.round(element.clientWidth), height: Math.round(element.clientHeight) };
}

type StageSize = Pick<StageOptions, 'width' | 'height' | 'variant' | 'pinned'>;

interface Shown {
  readonly session: Session;
  readonly t: number;
  readonly picture: StagePicture;
}

/** A room reads the stage as if it were this wide: at 1440 pixels its smallest text has 16. */
const ROOM_WIDTH = 825;

/** A stage too low for its opened host is the same picture with more room, drawn smaller. */
function roomy(scene: Scene, stage: StageSize): Omit<StageSize, 'pinned'> {
  const { width, height, variant, pinned } = stage;
  const least = variant === 'full' ? leastHeight(scene, focusOf(scene, pinned)) : 0;
  if (height >= least) return { width, height, variant };
  return { width: Math.round((width * least) / height), height: least, variant };
}

/** The steps that the breakpoints name, as far as they may be shown. */
function breaksOf(session: Session): readonly { readonly step: number; readonly words: string }[] {
  const { breakpoints } = session.choices;
  if (breakpoints.length === 0) return [];
  return storiesOf(session.run).happenings.flatMap((happening) => {
    const hits = breakpoints.filter((each) => isHit(each, happening));
    if (hits.length === 0 || happening.step > horizonOf(session)) return [];
    return [{ step: happening.step, words: hits.map(messages.breakpoints.words).join(', ') }];
  });
}

export class Pictures {
  #shown: Shown | undefined;
  #motion: Motion | undefined;
  readonly #isReduced = matchMedia('(prefers-reduced-motion: reduce)');
  /** Its pictures are rows of the page; only its place is measured here. */
  readonly ladder: LadderRoom;
  readonly #observer: ResizeObserver;
  #watched: Element | undefined;

  constructor(onResize: () => void) {
    this.#observer = new ResizeObserver(onResize);
    this.ladder = new LadderRoom(onResize);
  }

  /** Ends a movement that still runs: the next picture starts from a still one. */
  finish(): void {
    this.#motion?.finish();
    this.#motion = undefined;
  }

  forget(): void {
    this.finish();
    this.#shown = undefined;
  }

  /** False if the page has no stage now. */
  draw(
    root: HTMLElement,
    session: Session,
    scene: Scene,
    variant: Variant | 'present',
    isPhone: boolean,
  ): boolean {
    // Measured together and before anything is drawn: to measure between drawings makes the browser lay out the page each time.
    const lanes = groundOf(root, '.lanes');
    const stage = groundOf(root, '.stage-svg');
    if (lanes !== undefined) this.#lanes(lanes, session, scene, isPhone);
    if (stage === undefined) return false;
    const { svg, width, height } = stage;
    if (this.#watched !== stage.element) {
      this.#observer.disconnect();
      this.#observer.observe(stage.element);
      this.#watched = stage.element;
      this.#shown = undefined;
    }
    const { context } = session.player.getSnapshot();
    if (width > 0 && height > 0) {
      const upTo = toldIndex(scene.reason, context.told);
      const asked = openQuestion(session);
      const offered = asked?.options.flatMap(({ socket }) => socket ?? []) ?? [];
      const pinned = pinnedHost(session);
      const size =
        variant === 'present'
          ? { width: ROOM_WIDTH, height: Math.round((height * ROOM_WIDTH) / width), variant: 'full' as const }
          : roomy(scene, { width, height, variant, pinned });
      const picture = stagePicture(scene, { ...size, pinned, upTo, offered });
      this.finish();
      drawStage(svg, picture, session.run.title);
      const { choice, tried } = session.prediction.getSnapshot().context;
      drawDiscs(
        layer(svg, 'discs'),
        asked === undefined ? [] : discRows(asked, scene, picture, choice, tried),
      );
      for (const element of svg.querySelectorAll('[data-socket]')) {
        element.toggleAttribute(
          'data-selected',
          element.getAttribute('data-socket') === String(session.choices.socket),
        );
      }
      this.#move(root, svg, session, scene.t, picture, context.speed);
    }
    return width > 0 && height > 0;
  }

  #move(
    root: HTMLElement,
    svg: SVGSVGElement,
    session: Session,
    t: number,
    picture: StagePicture,
    speed: number,
  ): void {
    const last = this.#shown?.session === session ? this.#shown : undefined;
    this.#shown = { session, t, picture };
    const isNext = last !== undefined && Math.abs(last.t - t) <= 1;
    const motion = animate(svg, {
      before: isNext ? last.picture : undefined,
      after: picture,
      isBack: last !== undefined && t < last.t,
      isReduced: this.#isReduced.matches,
      speed,
      isStep: last !== undefined && t !== last.t,
    });
    this.#motion = motion;
    const still = (): void => {
      if (this.#motion === motion) root.dataset['anim'] = 'idle';
    };
    motion.done.then(still, still);
  }

  #lanes({ svg, width, height }: Ground, session: Session, scene: Scene, isPhone: boolean): void {
    const { run, choices } = session;
    const asked = openQuestion(session);
    const { steps, lanes } = toldOf(session);
    const mark = asked === undefined ? conversationAt(steps, lanes, scene.t, choices.mark) : undefined;
    const labels = isPhone ? SLIM_LABELS : LANE_LABELS;
    drawLanes(
      svg,
      timelineOf(lanes, steps, scene.t, mark, width, height, labels, run.total, {
        breaks: breaksOf(session),
        asks: run.asked.map(stopOf).filter((step) => step <= horizonOf(session)),
      }),
    );
  }
}
