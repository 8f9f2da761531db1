// What a page is made from and what it may ask for: the one contract between the conductor and the pages.
// It refuses to know either of them. Who fills and obeys it: ../app.ts.

import type { Progress } from '../device.js';
import type { CommandName } from '../keys.js';
import type { Problem } from '../panels/problem.js';
import type { Preferences } from '../preferences.js';
import type { Route } from '../route.js';
import type { PredictionEvent } from '../state/prediction.js';
import type { Choices, Session } from '../state/session.js';
import type { Hover } from '../timeline-pointer.js';

export type DialogName = 'keys' | 'share' | 'breakpoints' | 'menu';

export interface PageState {
  readonly route: Route;
  readonly session: Session | undefined;
  readonly problem: Problem | undefined;
  readonly preferences: Pick<Preferences, 'theme' | 'isStrong' | 'hasLetters' | 'isKept'>;
  readonly isPhone: boolean;
  /** The socket table stands below the stage; else it is a tab of the panel. */
  readonly hasStrip: boolean;
  /** Pixels that the ladder has beside its list of steps. */
  readonly ladderWidth: number;
  readonly text: string;
  readonly group: string;
  readonly progress: ReadonlyMap<string, Progress>;
  readonly hover: Hover | undefined;
  readonly dialog: DialogName | undefined;
  /** The page is about to be printed: it holds everything that goes on paper. */
  readonly isPrinting: boolean;
}

export interface PageCommands {
  run(command: CommandName): void;
  predict(event: PredictionEvent): void;
  /** Saves every answer of this device as a file. */
  exportAnswers(): void;
  go(t: number): void;
  /** Reasons up to this index. */
  tell(upTo: number): void;
  speed(): void;
  choose(change: Partial<Choices>): void;
  select(socket: number): void;
  copy(text: string): void;
  /** The picture of the view as a file. */
  save(kind: 'svg' | 'png'): void;
  print(): void;
  prefer(what: 'theme' | 'contrast' | 'letters'): void;
  /** Takes away what is kept on the device. */
  forget(): void;
  search(text: string): void;
  group(group: string): void;
  closeDialog(): void;
  hover(event: PointerEvent | undefined): void;
  lanes(event: MouseEvent): void;
}
