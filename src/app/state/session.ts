// One opened scenario while somebody reads it: the run, the playback machine, and what is chosen in the views.
// Nothing is computed here: positions come from the machine, pictures from ../present/.
// Who changes it: ../commands.ts. Who reads it: ../pages/ and ../pictures.ts.
import { type Actor, createActor } from 'xstate';
import type { Mark, Scene } from '../../trace/scene.js';
import type { Run } from '../open.js';
import type { View } from '../route.js';
import { playback } from './playback.js';

export type Tab = 'port' | 'why' | 'header' | 'sockets' | 'state' | 'notes';

export interface Choices {
  view: View;
  /** A host that stays open whatever happens. */
  pinned: number | undefined;
  /** The host of the table; undefined follows the step. */
  tableHost: number | undefined;
  isText: boolean;
  isCopied: boolean;
  tab: Tab;
  socket: number | undefined;
  mark: Mark | undefined;
  /** Which end of the conversation the state panel lists events for: 0 or 1. */
  end: number;
  /** The port that the map speaks of; undefined follows the step. */
  port: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | undefined;
  /** States told in five words instead of eleven. */
  isPlainStates: boolean;
  /** The field that the header panel speaks of, by its key; undefined: the one it begins with. */
  field: string | undefined;
}

export interface Session {
  readonly id: string;
  readonly run: Run;
  readonly player: Actor<typeof playback>;
  readonly choices: Choices;
}

const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** Starts reading at `t`; `onChange` is called after every change of position, speed or play. */
export function startSession(
  id: string,
  run: Run,
  t: number,
  onChange: () => void,
  view: View = 'stage',
): Session {
  const wordsAt = (at: number): number => words(run.steps[at - 1]?.plain ?? '');
  const player = createActor(playback, { input: { t, total: run.total, wordsAt } });
  player.subscribe(onChange);
  player.start();
  return {
    id,
    run,
    player,
    choices: {
      view,
      pinned: undefined,
      tableHost: undefined,
      isText: false,
      isCopied: false,
      tab: 'why',
      socket: undefined,
      mark: undefined,
      end: 0,
      port: undefined,
      isPlainStates: false,
      field: undefined,
    },
  };
}

/** The step before the first packet leaves: everybody listens, nothing is on the wire. */
export function quietStart(run: Run): number {
  const first = run.steps.find(({ packet, isDelivery }) => packet !== undefined && !isDelivery);
  return first === undefined ? 0 : first.number - 1;
}

const lastScenes = new WeakMap<Run, Scene>();

/** The scene one is at; read once however often a frame asks for it. */
export function sceneOf(session: Session): Scene {
  const { t } = session.player.getSnapshot().context;
  const last = lastScenes.get(session.run);
  if (last?.t === t) return last;
  const scene = session.run.sceneAt(t);
  lastScenes.set(session.run, scene);
  return scene;
}
