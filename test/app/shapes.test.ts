// Each thing has its own shape, so that no colour is needed to tell them apart: sockets by what they can do, packets by
// what they are, the router by its edge. Seen in the scenarios that show them.
import { describe, expect, it } from 'vitest';
import type { StagePicture } from '../../src/app/present/picture.js';
import { stagePicture } from '../../src/app/present/stage.js';
import { tableOf } from '../../src/app/present/table.js';
import { openRun, type Run } from '../../src/scenario/run.js';
import { scenarioFiles } from '../builders/scenarios.js';

function played(id: string): Run {
  const file = scenarioFiles().find((each) => each.id === id);
  const { run } = openRun(file?.source ?? '');
  if (run === undefined) throw new Error(`${id} cannot be played`);
  return run;
}

/** The stage at the first step whose sentence has these words. */
function at(run: Run, words: string): StagePicture {
  const step = run.steps.find(({ plain }) => plain.includes(words));
  if (step === undefined) throw new Error(`no step says “${words}”`);
  const size = { width: 1016, height: 412, variant: 'full', pinned: undefined, upTo: undefined } as const;
  return stagePicture(run.sceneAt(step.number), size);
}

const shapes = ({ sockets }: StagePicture): readonly string[] =>
  sockets.map(({ port, shape }) => `${port} ${shape}`.trim());

describe('a socket', () => {
  const close = played('why-cant-i-restart');

  it('is an open tray while it listens, half filled while it opens or closes, a box while it is open, hatched in TIME-WAIT', () => {
    expect(shapes(at(close, 'a SYN leaves'))).toEqual([':51004 half', ':80 tray']);
    expect(shapes(at(close, 'nginx accepts'))).toEqual([':51004 box', ':80 tray', ':80 box']);
    expect(shapes(at(close, 'this one closed first'))).toEqual([
      'ghost',
      ':51004 half',
      ':80 tray',
      ':80 hatched',
    ]);
  });

  it('is a dashed capsule for UDP, a whole one once it has named its peer', () => {
    const udp = shapes(at(played('connected-udp-hears-one-peer'), 'the only peer'));
    const whole = udp.filter((each) => /^:\d+ capsule$/.test(each));
    expect(whole).toHaveLength(1);
    expect(udp.filter((each) => each.endsWith('dashed capsule'))).toHaveLength(udp.length - 1);
  });
});

describe('a packet', () => {
  const closed = played('closed-port-three-answers');
  const ticket = (picture: StagePicture, shape: string) =>
    picture.tickets.find((each) => each.shape === shape);

  it('is a ticket with a solid flag for SYN, an outlined one for FIN, a torn one for RST, a postcard for a datagram', () => {
    expect(ticket(at(closed, 'a SYN leaves'), 'segment')?.tab).toMatchObject({
      text: 'SYN',
      isOutlined: false,
    });
    expect(ticket(at(closed, 'web answers RST'), 'rst')?.tab?.text).toBe('RST ACK');
    expect(ticket(at(closed, 'a datagram leaves'), 'datagram')?.tab).toBeUndefined();
    const close = played('why-cant-i-restart');
    expect(ticket(at(close, 'a FIN leaves'), 'segment')?.tab).toMatchObject({
      text: 'FIN ACK',
      isOutlined: true,
    });
  });

  it('is a road sign for ICMP, with a small copy of the header that it complains about', () => {
    for (const words of ['web answers ICMP', 'ports quoted inside']) {
      const sign = ticket(at(closed, words), 'icmp');
      expect(sign?.sign, words).toBeDefined();
      expect(sign?.tab?.text).toBe('port unreachable');
      expect(sign?.copy?.chips.map(({ chip }) => `${chip.letter} ${chip.ep}`)).toEqual([
        'A 10.0.0.7:40112',
        'S 10.0.0.80:8081',
      ]);
      const { copy } = sign ?? {};
      for (const { x, y, chip } of copy?.chips ?? []) {
        expect(x + chip.width).toBeLessThanOrEqual((copy?.x ?? 0) + (copy?.w ?? 0));
        expect(y + chip.height).toBeLessThanOrEqual((copy?.y ?? 0) + (copy?.h ?? 0));
      }
    }
  });

  it('that is lost is crossed where it vanished', () => {
    const lost = at(played('a-lost-segment'), 'is lost on the way').tickets;
    expect(lost.map(({ tone }) => tone)).toEqual(['lost']);
  });
});

describe('the head of the table', () => {
  it('asks what was asked: this segment, this datagram, this message', () => {
    const run = played('closed-port-three-answers');
    const heads = run.steps.map(({ number, host }) => tableOf(run.sceneAt(number), host)?.asked ?? '');
    expect(heads.slice(0, 9)).toEqual(['', '', 'segment', 'segment', '', '', 'datagram', 'message', '']);
  });

  it('says what is to be read: who is there, another address, any peer, equals, copies', () => {
    const hintAt = (id: string, words: string): string | undefined => {
      const run = played(id);
      const step = run.steps.find(({ plain }) => plain.includes(words));
      return tableOf(run.sceneAt(step?.number ?? 0), step?.host)?.hint;
    };
    expect(hintAt('works-here-not-from-my-phone', 'on 127.0.0.1 only')).toContain('bound to another address');
    expect(hintAt('three-conversations-one-port', 'a new socket is made')).toContain(
      'the one without a peer',
    );
    expect(hintAt('four-workers-one-port', 'a hash of the four numbers')).toContain('one of them is picked');
    expect(hintAt('every-taker-gets-a-copy', 'gets a copy')).toContain('each gets a copy');
    expect(hintAt('connected-udp-hears-one-peer', 'hears 10.0.0.90 port 27015 only')).toContain(
      'other peers',
    );
  });
});

describe('what is passed on and what is refused', () => {
  it('a router has a double edge, and nobody else', () => {
    const { hosts } = at(played('two-laptops-one-address'), 'rewrites the source');
    expect(hosts.map(({ title, isRouter }) => `${title} ${isRouter}`)).toEqual([
      'laptop false',
      'tablet false',
      'router true',
      'web false',
    ]);
  });

  it('the words of a refused call stand beside the chips of the tree, not on them', () => {
    let looked = 0;
    for (const { source } of scenarioFiles()) {
      const { run } = openRun(source);
      if (run === undefined) throw new Error('cannot be played');
      for (const { number } of run.steps) {
        const scene = run.sceneAt(number);
        if (scene.reason?.kind !== 'call') continue;
        const size = {
          width: 1016,
          height: 412,
          variant: 'full',
          pinned: undefined,
          upTo: undefined,
        } as const;
        const { texts, chips } = stagePicture(scene, size);
        const words = texts.find(({ key }) => key === 'refusal-words');
        if (words === undefined) continue;
        for (const { x, y, chip } of chips) {
          looked += 1;
          const isBeside = Math.abs(x + chip.width / 2 - words.x) > chip.width / 2 + 34;
          expect(isBeside || words.y - 9 > y + chip.height || words.y < y, `${run.title} ${number}`).toBe(
            true,
          );
        }
      }
    }
    expect(looked).toBeGreaterThan(5);
  });
});
