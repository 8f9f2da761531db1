// `fourtuple explain FILE --step N`: why this step went as it did. The four numbers, the questions in their order with
// each candidate where it was put aside, and what came of it; for a call, who holds what. The reasons are ../trace/.
import { formatNanos } from '../base/time.js';
import { openRun, type Run } from '../scenario/run.js';
import { isOver, questionOf } from '../trace/delivery-reason.js';
import {
  type CallReason,
  type CandidateView,
  type DeliveryReason,
  plainText,
  type SocketView,
} from '../trace/scene.js';
import { formatEndpoint } from '../wire/address.js';
import { guarded } from './defect.js';
import { libraryOf, readScenario, troubleLine } from './files.js';
import { type Machine, type Outcome, refuse } from './machine.js';
import { type Paint, paintFor } from './paint.js';
import { isBroken, problemLines } from './problem-lines.js';

export function explainCommand(
  machine: Machine,
  paths: readonly string[],
  step: string | undefined,
): Outcome {
  const [file, second] = paths;
  const call = 'fourtuple explain FILE --step N';
  if (file === undefined || second !== undefined) return refuse(`explain needs one file: ${call}`);
  if (step === undefined) return refuse(`explain needs a step: ${call}`);
  const read = readScenario(machine, file);
  if ('trouble' in read) return refuse(troubleLine(read.trouble));
  return guarded(machine, file, read.text, () => {
    const { run, problems } = openRun(read.text, { library: libraryOf(machine, file) });
    const err = problemLines(file, problems);
    if (run === undefined) return { exitCode: 2, out: '', err };
    const number = /^\d{1,9}$/.test(step) ? Number(step) : 0;
    if (number < 1 || number > run.total)
      return refuse(
        run.total === 0
          ? `${file}: there is no step ${step}: nothing happens in this scenario`
          : `${file}: there is no step ${step}: steps go from 1 to ${run.total}`,
      );
    const out = explanation(run, number, paintFor(machine.hasColours));
    return { exitCode: isBroken(problems) ? 2 : 0, out, err };
  });
}

/** What the command prints about a step; `number` is one of 1 to `run.total`. */
export function explanation(run: Run, number: number, paint: Paint): string {
  const { step, reason } = run.sceneAt(number);
  const lines = [
    paint.strong(`Step ${number} of ${run.total}, at ${formatNanos(step?.at ?? 0)}`),
    paint.plain(step?.plain ?? ''),
    '',
  ];
  if (reason === undefined) lines.push('Nothing had to be decided in this step.');
  else if (reason.kind === 'call') lines.push(...callLines(reason).map(paint.plain));
  else if (reason.kind === 'passage')
    lines.push(...[reason.headline, ...reason.lines].map((line) => paint.plain(plainText(line))));
  else lines.push(...deliveryLines(run, number, reason, paint));
  return `${lines.join('\n').trimEnd()}\n`;
}

function deliveryLines(run: Run, number: number, reason: DeliveryReason, paint: Paint): string[] {
  const winner = reason.candidates.find((each) => each.socket.id === reason.winner)?.socket;
  const lines = [
    plainText(reason.headline),
    '',
    `packet    ${reason.packet.notation}`,
    ...fourNumbers(run, number),
  ];
  for (const [index, question] of reason.questions.entries()) {
    lines.push('', `${index + 1}  ${paint.strong(question.title)} ${plainText(question.answer)}`);
    lines.push(...candidateRows(question.candidates, paint));
  }
  lines.push('', `rule      ${reason.rule ?? 'none: nobody fits'}`, `answer    ${ANSWERS[reason.answer]}`);
  if (winner !== undefined && reason.answer === 'delivered') lines.push(`to        ${socketWords(winner)}`);
  return lines;
}
const ANSWERS = {
  delivered: 'delivered',
  rst: 'refused with a RST',
  icmp: 'refused with ICMP port unreachable',
  silence: 'no answer at all',
} as const;

/** What the packet is compared by, from the receiver's side; for an ICMP error, the numbers of the packet it quotes. */
function fourNumbers({ recording }: Run, number: number): string[] {
  for (const fact of recording.steps[number - 1]?.facts ?? []) {
    if (fact.kind !== 'delivered' && fact.kind !== 'refused') continue;
    const { tuple } = questionOf(fact.sent.packet);
    return [
      `local     ${formatEndpoint(tuple.localAddress, tuple.localPort)}`,
      `remote    ${formatEndpoint(tuple.remoteAddress, tuple.remotePort)}`,
    ];
  }
  return [];
}

const SIGNS = { match: '✓', fallback: '○', reject: '✗' } as const;

/** Columns: verdict, mark, state, local, remote, process, words; for a rejection the field that differs, both values. */
function candidateRows(candidates: readonly CandidateView[], paint: Paint): string[] {
  const rows = candidates.map(({ socket, verdict, words, field, expected, got }) => [
    SIGNS[verdict],
    socket.mark ?? ' ',
    socket.protocol,
    socket.state,
    endpointText(socket.local),
    endpointText(socket.remote),
    socket.process?.name ?? '-',
    field === undefined ? words : `${words} [${field}: ${got}, wanted ${expected}]`,
  ]);
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) => {
    const text = row.map((cell, column) =>
      column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
    );
    const line = `   ${text.join('  ')}`;
    return row[0] === SIGNS.match ? paint.good(line) : paint.plain(line);
  });
}

function callLines(reason: CallReason): string[] {
  return [
    plainText(reason.headline),
    ...reason.lines.map((line) => `   ${plainText(line)}`),
    ...reason.holders.map((holder) => `in the way: ${socketWords(holder)}`),
  ];
}

function socketWords(socket: SocketView): string {
  const { protocol, state, local, remote, process, mark } = socket;
  const nobody = isOver(socket) ? 'no process any more' : 'nobody yet';
  const owner = process === undefined ? nobody : `${process.name}, pid ${process.pid}`;
  const row = `${protocol} ${state} ${endpointText(local)} ${endpointText(remote)}`;
  return `${mark === undefined ? '' : `${mark} `}${row} (${owner})`;
}

function endpointText({ address, port }: { readonly address: string; readonly port: number }): string {
  return formatEndpoint(address === '*' ? '' : address, port);
}
