// The reader's side: addresses, keys, skipping, playing, search. No browser is needed for any of it.
import { describe, expect, it, vi } from 'vitest';
import { createActor } from 'xstate';
import { commandOf, KEYS } from '../../src/app/keys.js';
import { openLesson } from '../../src/app/open.js';
import { prepareLesson } from '../../src/app/prepare.js';
import { type Entry, groupsIn, searchEntries } from '../../src/app/present/cards.js';
import { formatRoute, parseRoute, type Route } from '../../src/app/route.js';
import { dwellMillis, playback } from '../../src/app/state/playback.js';
import { conversationAt, findStep } from '../../src/app/state/skip.js';
import { lanes, steps } from './scenes.js';

describe('the address', () => {
  it.each<Route>([
    { page: 'gallery' },
    { page: 'scenario', id: 'three-conversations-one-port', t: 14, view: 'ladder' },
    { page: 'scenario', id: 'a name/with ☃', t: undefined, view: 'stage' },
    { page: 'scenario', id: 'x', t: 0, view: 'stage' },
    {
      page: 'scenario',
      id: 'x',
      t: 20,
      view: 'ports',
      selected: { socket: 5, mark: '●' },
      isPredicting: true,
    },
    { page: 'present', id: 'x', t: 20, view: 'stage', selected: { socket: 0, mark: undefined } },
    { page: 'notes', id: 'x', t: 20, view: 'stage', selected: { socket: undefined, mark: '⬢' } },
  ])('is read as it was written: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each([
    ['#/s/', 'path', 1, '/s/'],
    ['#/s/a/b', 'path', 1, '/s/a/b'],
    ['#/x?t=1', 'path', 1, '/x'],
    ['#/s/a%E0%A4%A', 'escape', 5, '%E0%A4%A'],
    ['#/s/x?t=-1', 't', 6, 't=-1'],
    ['#/s/x?t=1.5', 't', 6, 't=1.5'],
    ['#/s/x?t=', 't', 6, 't='],
    ['#/s/x?t=3&v=stages', 'v', 10, 'v=stages'],
    ['#/s/x?v=ladder&sel=pentagon', 'sel', 15, 'sel=pentagon'],
  ])('that is broken is kept as text, with what is wrong and where: %s', (address, what, column, part) => {
    const text = address.slice(1);
    const route = parseRoute(address);
    expect(route).toMatchObject({ page: 'unknown', text, flaw: { what, column, part } });
    expect(text.slice(column - 1)).toMatch(part);
    const isPlace = ['t', 'v', 'sel'].includes(what);
    const without = isPlace ? { page: 'scenario', id: 'x', t: undefined, view: 'stage' } : undefined;
    expect(route.page === 'unknown' && route.flaw.without).toEqual(without);
  });

  it('leaves parameters of other names to others', () => {
    expect(parseRoute('#/s/x?utm=1&t=3')).toMatchObject({ page: 'scenario', t: 3 });
  });

  it('names a chosen socket by number and a conversation by its sign', () => {
    const selected = { socket: 12, mark: '▲' } as const;
    const place = { page: 'scenario', id: 'x', t: 3, view: 'stage', selected } as const;
    expect(formatRoute(place)).toBe('#/s/x?t=3&sel=12.triangle');
    for (const sel of ['', '.', 'pentagon', '-1', '1.2', '%E2%96%B2'])
      expect(parseRoute(`#/s/x?t=3&sel=${sel}`)).toMatchObject({ flaw: { what: 'sel', column: 10 } });
  });
});

describe('the keyboard map', () => {
  const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
    commandOf({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more }, 'stage');

  it('gives no key to two commands on one page', () => {
    for (const page of ['stage', 'gallery']) {
      const keys = KEYS.filter(({ where }) => where === 'both' || where === page).flatMap(
        (binding) => binding.keys,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('knows letters in either case, Shift as back, and leaves browser shortcuts alone', () => {
    expect(press('d')).toBe('next delivery');
    expect(press('D', { shiftKey: true })).toBe('previous delivery');
    expect(press('D')).toBe('next delivery'); // caps lock
    expect(press('ArrowRight', { shiftKey: true })).toBe('next delivery');
    expect(press('?', { shiftKey: true })).toBe('keys');
    expect(press('s', { ctrlKey: true })).toBeUndefined();
    expect(press('q')).toBeUndefined();
  });
});

describe('skipping', () => {
  it('finds the next and the previous of a kind, or nothing', () => {
    expect(findStep(steps, 0, 'delivery', false, undefined)).toBe(3);
    expect(findStep(steps, 6, 'delivery', true, undefined)).toBe(4);
    expect(findStep(steps, 4, 'state', false, undefined)).toBeUndefined();
    expect(findStep(steps, 0, 'conversation', false, '●')).toBe(2);
    expect(findStep(steps, 9, 'conversation', true, '▲')).toBeUndefined();
  });

  it('follows the chosen conversation, else the one that was last heard of', () => {
    expect(conversationAt(steps, lanes, 5, '■')).toBe('■');
    expect(conversationAt(steps, lanes, 5, undefined)).toBe('●');
    expect(conversationAt(steps, lanes, 0, undefined)).toBe('●');
    expect(conversationAt([], [], 0, undefined)).toBeUndefined();
  });
});

describe('playing', () => {
  const start = (t = 0) => createActor(playback, { input: { t, total: 3, wordsAt: () => 10 } }).start();

  it('waits for reading: a step stays 220 ms a word, at least 1.2 s, divided by the speed', () => {
    expect(dwellMillis(3, 1)).toBe(1200);
    expect(dwellMillis(20, 1)).toBe(4400);
    expect(dwellMillis(20, 4)).toBe(1100);
  });

  it('steps at once, then after each dwell, and pauses at the last step', () => {
    vi.useFakeTimers();
    try {
      const player = start();
      player.send({ type: 'play' });
      expect(player.getSnapshot().context.t).toBe(1);
      vi.advanceTimersByTime(2200);
      expect(player.getSnapshot().context.t).toBe(2);
      vi.advanceTimersByTime(2200);
      expect(player.getSnapshot()).toMatchObject({ value: 'paused', context: { t: 3 } });
      expect(vi.getTimerCount()).toBe(0);
      player.send({ type: 'play' });
      expect(player.getSnapshot().context.t).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('any move by hand pauses and forgets how far the reasons were told', () => {
    const player = start();
    player.send({ type: 'tell', upTo: 1 });
    player.send({ type: 'play' });
    player.send({ type: 'by', steps: -5 });
    expect(player.getSnapshot()).toMatchObject({ value: 'paused', context: { t: 0, told: undefined } });
    player.send({ type: 'go', t: 99 });
    expect(player.getSnapshot().context.t).toBe(3);
  });
});

describe('search', () => {
  const entry = (id: string, title: string, source: string, breaks: readonly string[] = []): Entry => ({
    id,
    group: id.startsWith('d') ? 'When it fails' : 'Ports',
    title,
    idea: '',
    breaks,
    source,
    picture: undefined,
    minutes: undefined,
  });
  const library = [
    entry('a', 'Two programs, one address', 'connect: web:80', ['M3']),
    entry('b', 'Three conversations', 'connect: web:8080', ['M1']),
    entry('d', 'Already taken', 'gives: EADDRINUSE'),
  ];
  const ids = (text: string): string[] => searchEntries(library, text).found.map(({ id }) => id);

  it('finds titles, whole port numbers, errors and beliefs', () => {
    expect(ids('')).toEqual(['a', 'b', 'd']);
    expect(ids('80')).toEqual(['a']);
    expect(ids(':8080')).toEqual(['b']);
    expect(ids('eaddrinuse')).toEqual(['d']);
    expect(ids('accept() moves')).toEqual(['b']);
    expect(ids('socket in the wall')).toEqual(['a']);
  });

  it('offers the nearest titles when nothing is found', () => {
    const { found, near } = searchEntries(library, 'conversatoin');
    expect(found).toEqual([]);
    expect(near[0]?.id).toBe('b');
  });

  it('counts the groups in order', () => {
    expect(groupsIn(library)).toEqual([
      { group: 'Ports', count: 2 },
      { group: 'When it fails', count: 1 },
    ]);
  });
});

describe('opening a scenario', () => {
  const openText = (text: string) => openLesson(prepareLesson(text));

  it('that cannot be read gives each problem with its place, and never throws', () => {
    const opened = openText(
      'fourtuple: 1\ntitle: Broken\nhosts:\n  web: { ip: 10.0.0.80, runs: nginx }\nscript:\n  - nginx: { lisen: 80 }\n',
    );
    expect(opened.kind).toBe('problems');
    if (opened.kind !== 'problems') return;
    expect(opened.problems[0]).toMatchObject({ line: 6, column: 14 });
    for (const text of ['', '[', '\u0000', 'title: 7']) expect(openText(text).kind).toBe('problems');
  });
});
