// `fourtuple expand`: a dialogue told as the calls that it stands for.
import { expect, test } from 'vitest';
import { command } from '../../src/cli/command.js';
import { expandRun } from '../../src/scenario/expand.js';
import { openRun } from '../../src/scenario/run.js';
import { memoryMachine } from './memory-machine.js';

const SOURCE = `fourtuple: 1
title: Active
hosts:
  laptop: { ip: 10.0.0.7, runs: ftp, ephemeral: [50001, 50002] }
  server: { ip: 10.0.0.21, runs: ftpd }
script:
  - ftpd: { serve: ftp }
  - ftp: { fetch: ftp://server/readme, mode: active, as: control }
`;

test('FTP by its calls, with the ports and ends that the run gave them', () => {
  const [serve, fetch] = expandRun(openRun(SOURCE).run ?? expect.unreachable());
  expect(serve?.calls).toEqual(['- ftpd: { listen: tcp 21, as: s1 }']);
  expect(fetch?.written).toBe('- ftp: { fetch: ftp://server/readme, mode: active, as: control }');
  expect(fetch?.calls).toEqual([
    '- ftp: { connect: server:21, as: control }',
    '- ftpd: { accept: 21, as: control }',
    '- ftpd: { send: 220 ready, using: control }',
    '- ftp: { recv: control }',
    '- ftp: { listen: tcp 50002, as: s2 }',
    '- ftp: { send: "PORT 10,0,0,7,195,82", using: control }',
    '- ftpd: { recv: control }',
    '- ftpd: { send: 200 PORT ok, using: control }',
    '- ftp: { recv: control }',
    '- ftp: { send: RETR readme, using: control }',
    '- ftpd: { recv: control }',
    '- ftpd: { connect: laptop:50002, from: 20, as: s3 }',
    '- ftpd: { send: readme contents, using: s3 }',
    '- ftpd: { close: s3 }',
    '- ftpd: { send: 226 transfer complete, using: control }',
    '- ftp: { accept: 50002, as: s3 }',
    '- ftp: { recv: s3 }',
    '- ftp: { recv: s3, gives: eof }',
    '- ftp: { close: s3 }',
    '- ftp: { recv: control }',
  ]);
});

test('the command prints each line, and under a dialogue its calls', () => {
  const machine = memoryMachine({ 'a.yaml': SOURCE });
  const { exitCode, out } = command(['expand', 'a.yaml'], machine);
  expect(exitCode).toBe(0);
  expect(out.split('\n').slice(0, 3)).toEqual([
    '- ftpd: { serve: ftp }',
    '# ftp: { fetch: ftp://server/readme, mode: active, as: control }',
    '  - ftp: { connect: server:21, as: control }',
  ]);
  expect(command(['expand'], machine).exitCode).toBe(2);
});
