// Who carries out a line, and what the words of that line mean to it at this moment: endpoints, sockets, labels, options.
// It makes no call; which calls a verb stands for is in the files act-*.ts.
import type { SocketOptions } from '../../host/call.js';
import type { Simulation } from '../../net/simulation.js';
import type { Family } from '../../wire/address.js';
import { addressesOf } from '../../world/interfaces.js';
import { conversationOf } from '../../world/sockets.js';
import type { HostId, ProcessId, SocketId, World } from '../../world/tables.js';
import { type Endpoint, parseEndpoint, parseSocketRef } from '../atoms/endpoints.js';
import { parseLabel } from '../atoms/names.js';
import type { Directory, NamedProcess, ResolvedEndpoint } from '../cast/directory.js';
import type { Act } from '../schema/calls.js';
import { accepted } from '../text/parsed.js';
import type { Deed, Program, Scheduler } from './program.js';

/** Backlog when a line names none: what most servers ask for. Linux cuts it at `somaxconn`. */
export const DEFAULT_BACKLOG = 128;

export interface Actor {
  readonly world: World;
  readonly simulation: Simulation;
  readonly directory: Directory;
  readonly scheduler: Scheduler;
  readonly who: NamedProcess;
}

/** A program; a text: why it cannot be played at this point; undefined: the file that was asked does not know the verb. */
export type Played = Program | string | undefined;

/** An endpoint in numbers, and the family in which it was written: `tcp6 any:80` is any address of IPv6. */
export interface Target extends ResolvedEndpoint {
  readonly family: Family;
}

/** The program that is one deed. */
export function* one(deed: Deed): Program {
  return yield deed;
}

/** What a line means by an endpoint; undefined if it means a socket that is not there. */
export function endpointOf(actor: Actor, value: string | number | undefined): Target | undefined {
  const { directory, who } = actor;
  const endpoint = accepted(parseEndpoint(value));
  const resolved = directory.resolve(endpoint, who.host, who.process);
  if (resolved === undefined) return undefined;
  const family = familyOf(endpoint, resolved);
  return {
    ...resolved,
    family,
    address: (family === 6 && sixthAddress(actor, endpoint)) || resolved.address,
  };
}

/** A socket by label, or by what the actor holds: `80`, `udp 53`. */
export function socketOf(
  { directory, who }: Actor,
  value: string | number | undefined,
): SocketId | undefined {
  return directory.socketOf(accepted(parseSocketRef(value)), who.process);
}

/** `listen: door`: a socket by its label, not a port. */
export function labelled(
  { directory, who }: Actor,
  value: string | number | undefined,
): SocketId | undefined {
  const label = parseLabel(value);
  return label.ok ? directory.socketByLabel({ label: label.value }, who.process) : undefined;
}

/** The socket that `using` names, or the only one of the actor that fits. */
export function usingOr(
  actor: Actor,
  act: Act,
  fits: (socket: SocketId) => boolean = () => true,
): SocketId | undefined {
  if (act.using !== undefined) return socketOf(actor, act.using);
  return actor.directory.onlySocket(actor.who.process, fits);
}

/** The socket that `using` names, in the form that deeds take. */
export function wishedSocket(actor: Actor, act: Act): { readonly using?: SocketId } {
  const using = act.using === undefined ? undefined : socketOf(actor, act.using);
  return using === undefined ? {} : { using };
}

/** Gives the socket of the program's result the name that the line has for it. */
export function* naming(actor: Actor, act: Act, program: Program): Program {
  const result = yield* program;
  if (result.socket !== undefined && result.outcome === 'ok') nameSocket(actor, act, result.socket);
  return result;
}

/** `process`: whose socket it is then, if not the actor's. */
export function nameSocket(
  actor: Actor,
  act: Act,
  socket: SocketId,
  process: ProcessId = actor.who.process,
): void {
  if (act.as !== undefined) actor.directory.nameSocket(accepted(parseLabel(act.as)), process, socket);
}

/** As `nameSocket`, for a socket that is about to open a conversation: the conversation gets the name too. */
export function nameOpener(actor: Actor, act: Act, socket: SocketId): void {
  if (actor.world.sockets.state.get(socket) !== 'LISTEN') conversationOf(actor.world, socket);
  nameSocket(actor, act, socket);
  actor.directory.nameConversation(socket); // it may have had its name before it opened anything
}

/** Why nothing can be done: the word means no socket here. */
export function missing(value: unknown): string {
  return value === undefined
    ? 'more than one socket would fit, or none; say which with `using`'
    : `no socket \`${String(value)}\` at this point`;
}

/** The program of one deed on the socket that a word means. */
export function onSocket(
  actor: Actor,
  value: string | number | undefined,
  deed: (socket: SocketId) => Deed,
): Played {
  const socket = socketOf(actor, value);
  return socket === undefined ? missing(value) : one(deed(socket));
}

/** The options that may stand beside bind, listen, connect and serve. */
export function optionsBeside(act: Act): SocketOptions {
  return {
    ...(act.reuseaddr === undefined ? {} : { mayRebind: act.reuseaddr }),
    ...(act.reuseport === undefined ? {} : { sharesPort: act.reuseport }),
  };
}

function familyOf(endpoint: Endpoint, { address }: ResolvedEndpoint): Family {
  if (address.includes(':')) return 6;
  if (endpoint.kind !== 'place') return 4;
  const isWritten = endpoint.place.kind === 'address' && endpoint.place.address.includes(':');
  return isWritten || endpoint.protocol?.endsWith('6') === true ? 6 : 4;
}

/** The IPv6 address of a host that is called by name. */
function sixthAddress({ world, directory }: Actor, endpoint: Endpoint): string | undefined {
  if (endpoint.kind !== 'place' || endpoint.place.kind !== 'name') return undefined;
  const host: HostId | undefined = directory.hosts.get(endpoint.place.name);
  return host === undefined ? undefined : addressesOf(world, host).find((each) => each.includes(':'));
}
