// What a screen reader is told: the caption once a step, the reason once a reason, in one polite live region.
// While playing at double speed or more only deliveries, refusals and state changes are said.
// It refuses to word anything: sentences come with the scene, titles with the reason.
import { plainText } from '../trace/scene.js';
import { messages } from './messages.js';
import { openQuestion, type Session, sceneOf } from './state/session.js';

export class Voice {
  readonly #live: Pick<HTMLElement, 'textContent'>;
  #said = '';

  constructor(live: Pick<HTMLElement, 'textContent'>) {
    this.#live = live;
  }

  /** A new page begins: its first caption is there to be read, not to interrupt. */
  forget(): void {
    this.#said = '';
  }

  speak(session: Session): void {
    const { context, value } = session.player.getSnapshot();
    const asked = openQuestion(session);
    const { tried } = session.prediction.getSnapshot().context;
    const key = `${session.id} ${context.t} ${context.told ?? ''} ${asked === undefined ? '' : tried.length}`;
    if (key === this.#said) return;
    this.#said = key;
    if (asked !== undefined) {
      const wrong = tried.length === 0 ? '' : `${messages.predict.notThis} `;
      this.#live.textContent = wrong + messages.predict.spoken(asked.text, asked.options.length);
      return;
    }
    const { step, reason } = sceneOf(session);
    const isFast = value === 'playing' && context.speed >= 2;
    if (isFast && step !== undefined && !step.isDelivery && !step.changesState) return;
    const questions = reason?.kind === 'delivery' ? reason.questions : [];
    const question = context.told === undefined ? undefined : questions[context.told];
    this.#live.textContent =
      question === undefined
        ? (step?.plain ?? messages.caption.start)
        : messages.why.reason(question.title, plainText(question.answer));
  }
}
