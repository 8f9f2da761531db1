// The state diagram says what the machine says: every line of it exists in the machine, every way of the machine has a
// line or is an accident, and no two states or labels lie on one another.
import { describe, expect, it } from 'vitest';
import { plainStates } from '../../src/app/present/plain-states.js';
import { DIAGRAM, ROUTES, stateDiagram } from '../../src/app/present/state-diagram.js';
import { stateRows } from '../../src/app/present/state-table.js';
import { openRun } from '../../src/scenario/run.js';
import { outcomesIn, ways } from '../../src/tcp/outcomes.js';
import type { Lifecycle } from '../../src/trace/lifecycle.js';
import { TCP_STATES } from '../../src/world/tables.js';
import { scenarioFiles } from '../builders/scenarios.js';

const nobody: Lifecycle = { mark: '●', ends: [], visited: new Set() };

describe('the diagram and the machine', () => {
  it('draws only ways that the machine has, by an event that takes them', () => {
    for (const route of ROUTES) {
      const way = ways().find(({ from, to }) => from === route.from && to === route.to);
      expect(
        way?.by.map(({ event }) => event),
        `${route.from} → ${route.to}`,
      ).toContain(route.by);
    }
  });

  it('leaves out only accidents: a way to CLOSED, or a connection that a cookie made', () => {
    const left = ways().filter((way) => !ROUTES.some(({ from, to }) => from === way.from && to === way.to));
    expect(left.length).toBeGreaterThan(3);
    for (const { from, to } of left)
      expect(to === 'CLOSED' || (from === 'LISTEN' && to === 'ESTABLISHED')).toBe(true);
  });

  it('has every state once, inside the picture, and no two overlap', () => {
    const { nodes } = stateDiagram(nobody);
    expect(nodes.map(({ state }) => state)).toEqual([...TCP_STATES]);
    for (const a of nodes) {
      expect(a.x - a.w / 2).toBeGreaterThanOrEqual(0);
      expect(a.x + a.w / 2).toBeLessThanOrEqual(DIAGRAM.width);
      for (const b of nodes)
        if (a !== b)
          expect(Math.abs(a.x - b.x) > (a.w + b.w) / 2 || Math.abs(a.y - b.y) > DIAGRAM.nodeHeight + 18).toBe(
            true,
          );
    }
  });

  it('words each label as event / what is sent', () => {
    const label = (key: string) => stateDiagram(nobody).edges.find((edge) => edge.key === key)?.label;
    expect(label('CLOSED SYN-SENT')).toBe('connect() / SYN');
    expect(label('SYN-SENT ESTABLISHED')).toBe('SYN ACK / ACK');
    expect(label('ESTABLISHED CLOSE-WAIT')).toBe('FIN / ACK');
    expect(label('CLOSE-WAIT LAST-ACK')).toBe('close() / FIN');
  });
});

describe('the way just taken', () => {
  it('of a connection that a listener makes begins at LISTEN: it has called listen() no second time', () => {
    const source = scenarioFiles().find(({ id }) => id === 'three-conversations-one-port')?.source ?? '';
    const { run } = openRun(source);
    const made = run?.steps.find(({ plain }) => plain.includes('a new socket is made'))?.number ?? 0;
    const lifecycle = run?.lifecycleAt(made, '●');
    const { nodes, edges } = stateDiagram(lifecycle ?? nobody);
    expect(edges.filter(({ isTaken }) => isTaken).map(({ key }) => key)).toEqual(['LISTEN SYN-RECEIVED']);
    expect(nodes.filter(({ isNow }) => isNow).map(({ state }) => state)).toEqual(['SYN-RECEIVED']);
    expect(
      nodes.flatMap(({ state, tokens }) => tokens.map(({ letter }) => `${letter} ${state}`)).sort(),
    ).toEqual(['A SYN-SENT', 'S SYN-RECEIVED']);
  });
});

describe('the life in five words', () => {
  it('has a word for each of the eleven states and puts each end where its state belongs', () => {
    const owner = { host: 'laptop', letter: 'A', hue: 'A' } as const;
    const local = { address: '10.0.0.7', port: 51004, owner };
    for (const state of TCP_STATES) {
      const nodes = plainStates({
        mark: '●',
        ends: [{ owner, local, state, taken: [], next: [] }],
        visited: new Set(),
      });
      expect(nodes.map(({ state: word }) => word).join(' ')).toBe('closed opening open closing waiting');
      expect(nodes.flatMap(({ names }) => names).sort()).toEqual([...TCP_STATES].sort());
      const here = nodes.filter(({ ends }) => ends.length > 0);
      expect(here.map(({ names }) => names.includes(state))).toEqual([true]);
    }
  });
});

describe('what would happen next', () => {
  it('lists changes of state first, and each event in at most one row', () => {
    for (const state of TCP_STATES)
      for (let bits = 0; bits < 4; bits++) {
        const rows = stateRows(state, outcomesIn(state, bits));
        const kinds = rows.map(({ isMove }) => isMove);
        expect(kinds).toEqual([...kinds].sort((a, b) => Number(b) - Number(a)));
        for (const { events, next, isMove, answer } of rows) {
          expect(events.length).toBeGreaterThan(0);
          expect(isMove).toBe(next !== state);
          expect(isMove || answer !== '').toBe(true);
        }
      }
  });

  it('says for SYN-SENT what RFC 9293 §3.10.7.3 says', () => {
    const rows = stateRows('SYN-SENT', outcomesIn('SYN-SENT', 0));
    expect(rows.find(({ events }) => events.includes('SYN ACK'))).toMatchObject({
      next: 'ESTABLISHED',
      answer: 'ACK',
    });
    expect(rows.find(({ events }) => events.includes('RST ACK'))).toMatchObject({
      next: 'CLOSED',
      answer: 'ECONNREFUSED',
    });
    expect(rows.some(({ events }) => events.includes('RST'))).toBe(false);
  });
});
