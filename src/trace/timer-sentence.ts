// Which message tells of a timer: nobody asked and nothing came, only time has passed. Wording: words/english/segments.ts.
import { formatNanos } from '../base/time.js';
import type { SocketId } from '../world/tables.js';
import { routerTimer } from './router-sentence.js';
import { questionSentence } from './segment-sentence.js';
import type { Told } from './told.js';
import { chip, code } from './words/telling.js';
import type { Said } from './words/words.js';

export function timerSentence(told: Told): Said {
  const { cast } = told;
  const { facts } = told.step;
  const routers = routerTimer(told);
  if (routers !== undefined) return routers;
  const sent = facts.find((fact) => fact.kind === 'sent');
  if (sent?.kind === 'sent') {
    const { packet } = sent.sent;
    const to = chip(
      cast.endpoint(packet.destination, packet.protocol === 'icmp' ? 0 : packet.destinationPort, sent.to),
    );
    const attempt = tries(told, sent.sent.socket);
    return questionSentence(told, to) ?? cast.say('timer.again', { to, attempt });
  }
  const ended = facts.find((fact) => fact.kind === 'returned');
  if (ended?.kind === 'returned') {
    const who = told.world.processes.name.get(ended.process);
    if (ended.call === 'close') return cast.say('timer.linger', { who, option: code('SO_LINGER') });
    const after = formatNanos(told.step.at);
    return cast.say('timer.gives-up', { who, after, call: ended.call, errno: code(String(ended.outcome)) });
  }
  const change = facts.find((fact) => fact.kind === 'state');
  const freed = facts.find((fact) => fact.kind === 'freed');
  if (change?.kind === 'state' && change.from === 'TIME-WAIT' && freed?.kind === 'freed')
    return cast.say('timer.timewait', { state: code('TIME-WAIT'), port: freed.port });
  if (change?.kind === 'state')
    return cast.say('timer.state', { was: code(change.from), now: code(change.to) });
  return cast.say('timer.passes');
}

/** How often a segment has been sent, this time counted; undefined where nobody counts. */
function tries({ world }: Told, socket: SocketId | undefined): number | undefined {
  if (socket === undefined || !world.sockets.rows.has(socket)) return undefined;
  const connection = world.sockets.connection.get(socket);
  return connection ? world.connections.retries.get(connection) + 1 : undefined;
}
