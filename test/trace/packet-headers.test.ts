// The headers of a step's packet: owners of the numbers, and what a router has written anew.
import { expect, test } from 'vitest';
import { openRun } from '../../src/scenario/run.js';
import { PASSED_ON, TRANSLATED } from '../builders/routed.js';

/** Fields of packet `number` where it arrives: `source 203.0.113.5 of box, was 192.168.1.9`. */
function fieldsOf(source: string, number: number): string[] {
  const { run } = openRun(source);
  const step = run?.steps.find(({ kind, packet }) => kind === 'arrival' && packet?.id === number);
  const { headers } = (step && run?.headersAt(step.number)) ?? { headers: [] };
  return headers.flatMap(({ fields }) =>
    fields
      .filter(({ owner, was }) => owner !== undefined || was !== undefined)
      .map(({ name, value, owner, was }) =>
        [`${name} ${value}`, owner && `of ${owner.host}`, was === undefined ? undefined : `was ${was}`]
          .filter(Boolean)
          .join(' '),
      ),
  );
}

test('behind a router that translates, source and time to live are told as they were before', () => {
  expect(fieldsOf(TRANSLATED, 1)).toEqual([
    'source 192.168.1.9 of tablet',
    'destination 198.51.100.8 of site',
    'source port 51004 of tablet',
    'destination port 80 of site',
  ]);
  expect(fieldsOf(TRANSLATED, 2)).toEqual([
    'time to live 63 was 64',
    'source 203.0.113.5 of box was 192.168.1.9',
    'destination 198.51.100.8 of site',
    'source port 62001 of box was 51004',
    'destination port 80 of site',
  ]);
});

test('behind a router that only passes on, time to live alone has changed', () => {
  expect(fieldsOf(PASSED_ON, 2).filter((each) => each.includes('was'))).toEqual(['time to live 63 was 64']);
});

test('a step without a packet has none, and so has the beginning', () => {
  const { run } = openRun(TRANSLATED);
  expect(run?.headersAt(0)).toBeUndefined();
  expect(run?.headersAt(1)).toBeUndefined(); // listen()
});
