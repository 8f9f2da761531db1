// English for routers: what they pass on and write anew, what they let go no further, rows whose time is up; and why.
// It refuses to know which message fits: ../../router-sentence.ts and ../../passage-reason.ts choose.
import { capital, plain, type With } from '../telling.js';
import type { English } from './tools.js';

type Stopped = With<'thing' | 'to' | 'router'>;
type Side = 'source' | 'destination';

export const routers = ({ text, strong, words, counted, listed }: English) => {
  const theSide = (side: Side) => (side === 'source' ? words`the source` : words`the destination`);
  return {
    'thing.icmp': ({ error }: With<'error'>) => text`ICMP ${error}`,
    'thing.packet': () => text`a packet`,
    'thing.datagram': () => text`a datagram`,
    'thing.DATA': () => text`a segment`,
    'thing.SYN': () => text`a SYN`,
    'thing.SYN-ACK': () => text`a SYN ACK`,
    'thing.ACK': () => text`an ACK`,
    'thing.FIN': () => text`a FIN`,
    'thing.RST': () => text`a RST`,

    'pass.error': ({ thing, router, to }: Stopped) =>
      text`${capital(plain(thing))} reaches ${router}. The packet quoted inside is in its table, so ${strong`the error is turned to whom it concerns`}: ${to}.`,
    'pass.on': ({ thing, to, router }: Stopped) =>
      text`${capital(plain(thing))} for ${to} reaches ${router}, which ${strong`passes it on as it is`}.`,
    'pass.hairpin': ({
      thing,
      router,
      destination,
      source,
    }: With<'thing' | 'router' | 'destination' | 'source'>) =>
      text`${capital(plain(thing))} from inside for ${router}'s own outside port reaches it. ${strong`It goes in again`}: the destination becomes ${destination}, and the source ${source}.`,
    'pass.source': ({ thing, was, now, router, why }: With<'thing' | 'was' | 'now' | 'router' | 'why'>) =>
      text`${capital(plain(thing))} from ${was} reaches ${router}, which ${strong`rewrites the source`} to ${now}${why}.`,
    'pass.destination': ({
      thing,
      was,
      now,
      router,
      why,
    }: With<'thing' | 'was' | 'now' | 'router' | 'why'>) =>
      text`${capital(plain(thing))} for ${was} reaches ${router}, which ${strong`rewrites the destination`} to ${now}${why}.`,
    'pass.by.mapping': () => text` and remembers that in its table`,
    'pass.by.known': () => text`, as its table says`,
    'pass.by.forward': () => text`: a rule forwards this port`,

    'stop.no-mapping': ({ thing, to, router }: Stopped) =>
      text`${capital(plain(thing))} for ${to} reaches ${router}. ${strong`Its table has no row for that`}, so it is dropped. No answer is sent.`,
    'stop.filtered': ({ thing, from, to, router }: Stopped & With<'from'>) =>
      text`${capital(plain(thing))} from ${from} reaches ${router}. Its table has a row for ${to}, but ${strong`not for this sender`}: dropped. No answer is sent.`,
    'stop.ttl': ({ thing, router, error }: With<'thing' | 'router' | 'error'>) =>
      text`${capital(plain(thing))} has passed as many routers as it may: ${router} drops it and tells its sender ${error}.`,
    'stop.no-route': ({ thing, to, router, error }: Stopped & With<'error'>) =>
      text`${capital(plain(thing))} for ${to} reaches ${router}, and ${strong`no way leads there`}: ICMP ${error} goes back.`,
    'stop.martian': ({ thing, router }: With<'thing' | 'router'>) =>
      text`${capital(plain(thing))} reaches ${router} with a source that cannot come from there. It is dropped, and nothing is answered.`,
    'stop.queue': ({ thing, to, router }: Stopped) =>
      text`${capital(plain(thing))} for ${to} finds ${strong`the queue of ${router} full`}: too many wait already for the link. It is dropped, and nobody is told.`,
    'stop.no-taker': ({ thing, to, router }: Stopped) =>
      text`${capital(plain(thing))} for ${to} reaches ${router}, which is not meant and passes nothing on.`,
    'stop.rejected': ({ thing, to, router, answer }: Stopped & With<'answer'>) =>
      text`${capital(plain(thing))} for ${to} meets the firewall of ${router}, which ${strong`rejects it`}: ${answer} goes back.`,
    'stop.own': ({ thing, to, host }: With<'thing' | 'to' | 'host'>) =>
      text`${capital(plain(thing))} for ${to} ${strong`does not pass ${host}'s own firewall`} and never leaves.`,
    'stop.own.told': ({ thing, to, host, errno }: With<'thing' | 'to' | 'host' | 'errno'>) =>
      text`${capital(plain(thing))} for ${to} ${strong`does not pass ${host}'s own firewall`} and never leaves. The call gives ${errno}.`,
    'timer.row': ({ router, inside, outside }: With<'router' | 'inside' | 'outside'>) =>
      text`Nothing has passed for too long: ${router} ${strong`forgets the row`} that made ${inside} known as ${outside}.`,
    'timer.no-host': ({ address }: With<'address'>) =>
      text`Asked three times, nobody on the network answers to ${address}: ${strong`the host is unreachable`}.`,
    'timer.nobody-inside': ({ router, to, error }: With<'router' | 'to' | 'error'>) =>
      text`Nobody inside has called back: ${router} tells ${to} ICMP ${error}.`,

    'why.pass.unchanged': () =>
      text`The destination is not here, and the router knows the way. It changes neither address nor port.`,
    'why.pass': ({ changed }: { readonly changed: readonly Side[] }) =>
      changed.length > 1
        ? text`Only ${strong`${listed(changed.map(theSide))}`} change.`
        : text`Only ${strong`${listed(changed.map(theSide))}`} changes.`,
    'why.pass.row': ({ side, was, now, why }: With<'was' | 'now' | 'why'> & { readonly side: Side }) =>
      side === 'source'
        ? text`Source: ${was} becomes ${now}, ${why}.`
        : text`Destination: ${was} becomes ${now}, ${why}.`,
    'why.pass.mapping': () => text`since the outside knows the router only; a new row remembers who that was`,
    'why.pass.known': () => text`by a row that is in the table already`,
    'why.pass.forward': () => text`by the forwarding rule for this port`,
    'why.pass.quoted': () =>
      text`The ports quoted inside are turned back as well, or nobody would recognise the packet.`,
    'why.pass.checksums': ({ protocol }: With<'protocol'>) =>
      text`What was written anew is in the checksums of IP and ${protocol}, so both are computed again. The payload stays as it is.`,
    'why.pass.ttl': () => text`One router more: the time to live goes down by one.`,
    'why.stop.no-mapping': ({ thing }: With<'thing'>) =>
      text`${capital(plain(thing))} goes no further. Nobody inside has asked for this: no row has this port, and no rule forwards it.`,
    'why.stop.filtered': ({ thing }: With<'thing'>) =>
      text`${capital(plain(thing))} goes no further. A row has this port, but it lets in only those that the inside has spoken with.`,
    'why.stop.no-route': ({ thing }: With<'thing'>) =>
      text`${capital(plain(thing))} goes no further. No network of the router and no route has this destination.`,
    'why.stop.ttl': ({ thing }: With<'thing'>) =>
      text`${capital(plain(thing))} goes no further. Each router takes one off the time to live, so that nothing circles for ever. It is used up.`,
    'why.stop.rows': ({ count }: { readonly count: number }) =>
      text`The table has ${counted(count, { one: words`row`, other: words`rows` })}.`,
    'why.stop.row': ({ inside, outside, peer }: With<'inside' | 'outside' | 'peer'>) =>
      text`${inside} is ${outside} for ${peer}.`,
  };
};
