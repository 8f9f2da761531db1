// Questions and the run's own answers to them: each kind with what is offered, what an author may add, and what is refused.
// Every answer here is also asked where it is another one, so that a question with a fixed answer would be seen.
import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../src/check/check-scenario.js';
import type { Asked } from '../../../src/scenario/questions/asked.js';
import { openRun } from '../../../src/scenario/run.js';
import { formatProblem } from '../../../src/scenario/text/problems.js';

const HEAD = `fourtuple: 1
title: Questions
networks: { lan: {} }
hosts:
  laptop: { ip: 10.0.0.7, runs: [firefox, mail], ephemeral: [51004, 51005, 51006] }
  web:
    ip: 10.0.0.80
    runs: { nginx: root, node: ana, named: root }
    block: tcp * > *:8082
`;
const OPEN = `script:
  - named: { bind: udp 53 }
  - nginx: { listen: 80, as: door }
  - firefox: { connect: web:80, as: ● }
  - mail: { connect: web:80, as: ▲ }
  - nginx: { accept: door }
`;

const open = (lines: string) => openRun(`${HEAD}${OPEN}${lines}`);
function ask(lines: string): Asked {
  const { run, problems } = open(lines);
  expect(problems.filter(({ severity }) => severity === 'error').map(formatProblem)).toEqual([]);
  const [asked] = run?.asked ?? [];
  if (asked === undefined) throw new Error('nothing is asked');
  return asked;
}
const values = ({ options }: Asked) => options.map(({ value }) => value);
/** The problem of the question, its code and the text that it marks. */
function refused(lines: string): readonly string[] {
  const text = `${HEAD}${OPEN}${lines}`;
  return openRun(text).problems.map(
    ({ code, line, column }) => `${code} ${text.split('\n')[line - 1]?.slice(column - 1) ?? ''}`,
  );
}

describe('who gets it', () => {
  it('offers every candidate of the decision and nobody, each with the question that put it aside', () => {
    const asked = ask('  - firefox: { send: GET /, using: ● }\n    ask: socket\n');
    expect(values(asked)).toEqual(['named', 'nginx', '●', '▲', 'none']);
    expect(asked.answer).toBe('●');
    expect(asked.decidedIn).toBe(asked.step + 1);
    expect(asked.options.map(({ candidate }) => candidate && [candidate.question, candidate.words])).toEqual([
      ['protocol', 'other protocol'],
      ['conversation', 'LISTEN · fallback'],
      ['conversation', 'all four'],
      ['conversation', 'port 51005 ≠ 51004'],
      undefined,
    ]);
    const { run } = open('  - firefox: { send: GET /, using: ● }\n    ask: socket\n');
    const shown = run
      ?.sceneAt(asked.decidedIn - 1)
      .hosts.flatMap(({ sockets }) => sockets.map(({ id }) => id));
    for (const { value, socket } of asked.options) if (value !== 'none') expect(shown).toContain(socket);
  });

  it('is the listener for a newcomer, and nobody where nobody is', () => {
    expect(ask('  - mail: { connect: web:80, as: ■ }\n    ask: socket\n').answer).toBe('nginx');
    const none = ask('  - mail: { connect: web:81, as: ■, gives: ECONNREFUSED }\n    ask: socket\n');
    expect([none.answer, values(none)]).toEqual(['none', ['named', 'nginx', '●', '▲', 'none']]);
  });

  it('asks for a process by its name, and knows the listener’s process before anybody accepts', () => {
    expect(ask('  - firefox: { send: GET /, using: ● }\n    ask: process\n').answer).toBe('nginx');
    expect(ask('  - mail: { sendto: q, to: udp web:53 }\n    ask: process\n').answer).toBe('named');
    expect(
      ask('  - mail: { connect: web:80, as: ■ }\n  - mail: { send: hi, using: ■ }\n    ask: process\n')
        .answer,
    ).toBe('nginx');
  });

  it('does not ask about a packet that is lost on the way, and offers whoever there is if a firewall was the end', () => {
    const lost = ask(
      '  - lan: { drop: tcp laptop:* > web:80 DATA }\n  - firefox: { send: GET /, using: ● }\n  - wait: 3s\n    ask: socket\n',
    );
    expect(lost.answer).toBe('●');
    const blocked = ask('  - mail: { connect: web:8082, gives: pending }\n    ask: process\n');
    expect([blocked.answer, values(blocked)]).toEqual(['none', ['nginx', 'named', 'none']]);
  });
});

describe('what is on the wire', () => {
  it('names the host that sends the next packet, the caller’s own included', () => {
    expect(ask('  - firefox: { close: ● }\n    ask: speaker\n').answer).toBe('laptop');
    const other = ask('  - nginx: { close: ●@nginx }\n    ask: speaker\n');
    expect([other.answer, values(other)]).toEqual(['web', ['laptop', 'web']]);
  });

  it.each([
    ['SYN-ACK', '  - mail: { connect: web:80 }'],
    ['RST', '  - mail: { connect: web:81, gives: ECONNREFUSED }'],
    ['ICMP', '  - mail: { sendto: hi, to: udp web:54 }'],
    ['nothing', '  - mail: { sendto: hi, to: udp web:53 }'],
    ['nothing', '  - firefox: { send: GET /, using: ● }'],
  ])('answers %s, and offers the same each time', (answer, line) => {
    const asked = ask(`${line}\n    ask: reply\n`);
    expect([asked.answer, values(asked)]).toEqual([answer, ['data', 'SYN-ACK', 'RST', 'ICMP', 'nothing']]);
  });

  it('takes a bare ACK or a FIN for a reply where the author offers it', () => {
    const asked = ask(
      '  - firefox: { send: GET /, using: ● }\n    ask: { which: reply, options: [RST, ACK] }\n',
    );
    expect([asked.answer, values(asked)]).toEqual(['ACK', ['RST', 'ACK']]);
  });
});

describe('what is so afterwards', () => {
  it.each([
    ['EADDRINUSE', '  - named: { bind: 10.0.0.80:80, gives: EADDRINUSE }'],
    ['EADDRINUSE', '  - named: { listen: 80, gives: EADDRINUSE }'],
    ['EACCES', '  - node: { listen: 81, gives: EACCES }'],
    ['ok', '  - node: { listen: 8080 }'],
  ])('%s is what `%s` gives', (answer, line) => {
    const asked = ask(`${line}\n    ask: outcome\n`);
    expect([asked.answer, values(asked)]).toEqual([answer, ['ok', 'EACCES', 'EADDRINUSE', 'EADDRNOTAVAIL']]);
  });

  it('offers the ports in play and 0 in ascending order', () => {
    const asked = ask('  - mail: { connect: web:80, as: ■ }\n    ask: { which: port, of: ■ }\n');
    expect([asked.answer, values(asked)]).toEqual(['51006', ['0', '53', '80', '51004', '51005', '51006']]);
    expect(ask('  - mail: { connect: web:80, as: ■ }\n    ask: { which: port, of: peer(■) }\n').answer).toBe(
      '80',
    );
  });

  it('offers the state it had, the one it has and their neighbours, in the order of a life', () => {
    const asked = ask('  - firefox: { close: ● }\n    ask: { which: state, of: ● }\n');
    expect(asked.answer).toBe('FIN-WAIT-2');
    expect(values(asked)).toEqual(expect.arrayContaining(['ESTABLISHED', 'FIN-WAIT-1', 'TIME-WAIT']));
    expect(ask('  - firefox: { close: ● }\n    ask: { which: state, of: ●@nginx }\n').answer).toBe(
      'CLOSE-WAIT',
    );
  });

  it('counts sockets, and the right number does not always stand in the same place', () => {
    const counted = (before: string) =>
      ask(`${before}  - mail: { connect: web:80, as: ■ }\n    ask: { which: count, of: tcp 80, in: web }\n`);
    const one = counted('');
    expect(one.answer).toBe('4');
    const other = counted('  - mail: { sendto: hi, to: udp web:53 }\n');
    expect(other.answer).toBe('4');
    expect(values(one)).toHaveLength(4);
    expect(values(other)).not.toEqual(values(one));
  });

  it('judges a claim over its line: an event that happens, a state at the end', () => {
    const claim = (fact: string) =>
      ask(`  - firefox: { send: GET /, using: ● }\n    ask: { which: claim, claim: ${fact} }\n`).answer;
    expect(claim('{ delivered: GET /, by: exact }')).toBe('true');
    expect(claim('{ delivered: GET /, by: listener }')).toBe('false');
    expect(claim('{ delivered: SYN }')).toBe('false'); // that was before this line
    expect(claim('{ state: ESTABLISHED, of: ● }')).toBe('true');
    expect(claim('{ state: LISTEN, of: ● }')).toBe('false');
  });
});

describe('a moment inside a line', () => {
  const CALL = '  - mail: { connect: web:81, as: ■, gives: ECONNREFUSED }\n    during:\n';

  it('is asked where it stands, about the call of the line around it', () => {
    const moment = (which: string) =>
      ask(`${CALL}      - after: { packet: tcp laptop:51006 > web:81 SYN }\n        ask: ${which}\n`);
    expect(moment('speaker').answer).toBe('web');
    expect(moment('reply').answer).toBe('RST');
    expect(moment('outcome').answer).toBe('ECONNREFUSED');
    expect(moment('process').answer).toBe('none');
    const { step, decidedIn } = moment('speaker');
    expect([step, decidedIn - step]).toEqual([ask(`${CALL.split('\n')[0]}\n    ask: speaker\n`).step + 1, 0]);
  });
});

describe('what the author adds', () => {
  const SEND = '  - firefox: { send: GET /, using: ● }\n';

  it('is offered in the author’s order, with feedback for whoever chooses it', () => {
    const asked = ask(
      `${SEND}    ask: { which: socket, options: [▲, ●, nobody], wrong: { ▲: Its port is 51005., none: There is one. }, because: All four fit. }\n`,
    );
    expect(asked.options.map(({ value, isRight, feedback }) => [value, isRight, feedback])).toEqual([
      ['▲', false, 'Its port is 51005.'],
      ['●', true, undefined],
      ['nobody', false, 'There is one.'],
    ]);
    expect(asked.because).toBe('All four fit.');
    expect(asked.options.map(({ socket }) => socket !== undefined)).toEqual([true, true, false]);
  });

  it('may be believed in either spelling of a number', () => {
    const LINE =
      '  - mail: { connect: web:80, as: ■ }\n    ask: { which: port, of: peer(■), options: [80, 81], answer: ';
    expect(ask(`${LINE}80 }\n`).answer).toBe('80');
    expect(ask(`${LINE}"80" }\n`).answer).toBe('80');
  });

  it('adds what `wrong` speaks of and the run does not know', () => {
    const asked = ask(`${SEND}    ask: { which: process, wrong: { node: It is on no port. } }\n`);
    expect(values(asked)).toEqual(['nginx', 'named', 'node', 'none']);
  });

  it('is in the language that is asked for', () => {
    const text = `${HEAD}${OPEN}${SEND}    ask: { which: socket, text: { en: Who?, de: Wer? } }\n`;
    expect(openRun(text, { language: 'de' }).run?.asked[0]?.text).toBe('Wer?');
    expect(openRun(text).run?.steps.find(({ ask: asked }) => asked)?.ask?.text).toBe('Who?');
  });

  it.each([
    [
      'an answer that the run does not give',
      `${SEND}    ask: { which: socket, answer: ▲ }\n`,
      'question-contradicts ▲ }',
    ],
    [
      'options without the answer',
      `${SEND}    ask: { which: socket, options: [▲, none] }\n`,
      'question-contradicts [▲, none] }',
    ],
    [
      'a reason why the right answer is wrong',
      `${SEND}    ask: { which: process, wrong: { nginx: No. } }\n`,
      'question-contradicts nginx: No. } }',
    ],
    [
      'a claim that is believed the wrong way',
      `${SEND}    ask: { which: claim, claim: { delivered: SYN }, answer: true }\n`,
      'question-contradicts true }',
    ],
    [
      'a delivery asked for where nothing is sent',
      '  - node: { listen: 8080 }\n    ask: { which: process }\n',
      'question-no-event process }',
    ],
    ['the same in short', '  - node: { listen: 8080 }\n    ask: socket\n', 'question-no-event socket'],
    ['an outcome where nobody calls', '  - wait: 1s\n    ask: outcome\n', 'question-no-event outcome'],
    [
      'a port of a socket that is gone',
      '  - node: { listen: 8080, as: s }\n  - node: { close: s }\n    ask: { which: port, of: s }\n',
      'question-no-event s }',
    ],
  ])('is refused: %s', (_, lines, problem) => {
    expect(refused(lines)).toEqual([problem]);
  });

  it('makes a check end with exit code 2 if it contradicts the run', () => {
    const text = `${HEAD}${OPEN}${SEND}    ask: { which: socket, answer: ▲ }\n`;
    const { exitCode, problems } = checkScenario(text);
    expect(exitCode).toBe(2);
    expect(problems.map(({ message }) => message)).toEqual(['the run says `●`, the question says `▲`']);
    expect(checkScenario(text.replace('answer: ▲', 'answer: ●')).exitCode).toBe(0);
  });
});
