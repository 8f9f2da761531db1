// Sentences about timers: nobody asked and nothing came, only time has passed.
import { formatNanos } from '../base/time.js';
import type { SocketId } from '../world/tables.js';
import { chip, code, strong, text } from './parts.js';
import { routerTimer } from './router-sentence.js';
import type { Part } from './scene.js';
import { questionSentence } from './segment-sentence.js';
import type { Told } from './told.js';

export function timerSentence(told: Told): readonly Part[] {
  const { facts } = told.step;
  const routers = routerTimer(told);
  if (routers !== undefined) return routers;
  const sent = facts.find((fact) => fact.kind === 'sent');
  if (sent?.kind === 'sent') {
    const { packet } = sent.sent;
    const to = told.cast.endpoint(
      packet.destination,
      packet.protocol === 'icmp' ? 0 : packet.destinationPort,
      sent.to,
    );
    return (
      questionSentence(told, chip(to)) ??
      text`No answer from ${chip(to)}: ${strong('the same segment is sent again')}${tries(told, sent.sent.socket)}.`
    );
  }
  const ended = facts.find((fact) => fact.kind === 'returned');
  if (ended?.kind === 'returned') {
    const who = told.world.processes.name.get(ended.process);
    if (ended.call === 'close')
      return text`The time of ${code('SO_LINGER')} is over: ${strong(`close comes back to ${who}`)}, and the rest of the conversation goes on without it.`;
    return text`${who} gives up after ${formatNanos(told.step.at)}: ${ended.call} gives ${code(String(ended.outcome))}, nobody ever answered.`;
  }
  const change = facts.find((fact) => fact.kind === 'state');
  const freed = facts.find((fact) => fact.kind === 'freed');
  if (change?.kind === 'state' && change.from === 'TIME-WAIT' && freed?.kind === 'freed')
    return text`Two segment lifetimes are over: ${code('TIME-WAIT')} ends and port ${freed.port} is free of it.`;
  if (change?.kind === 'state') return text`Time is up: ${code(change.from)} becomes ${code(change.to)}.`;
  return text`Time passes.`;
}

/** How often a segment has been sent again. */
function tries(told: Told, socket: SocketId | undefined): string {
  if (socket === undefined || !told.world.sockets.rows.has(socket)) return '';
  const connection = told.world.sockets.connection.get(socket);
  if (!connection) return '';
  return `, try ${told.world.connections.retries.get(connection) + 1}`;
}
