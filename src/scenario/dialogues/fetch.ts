// The dialogue `fetch`: a URL says whom to ask, how, and for what. http and https are table dialogues, ftp its own.

import { serviceByName } from '../../ports/services.js';
import { parseUrl } from '../atoms/places.js';
import { type Actor, endpointOf, nameOpener } from '../deeds/actor.js';
import type { Program } from '../deeds/program.js';
import type { Act } from '../schema/calls.js';
import { accepted } from '../text/parsed.js';
import type { Desk } from './desk.js';
import { fetchByFtp } from './ftp.js';
import { speak } from './speak.js';
import { SPOKEN, type Turn } from './spoken.js';

export function fetching(actor: Actor, desk: Desk, act: Act): Program | string {
  const { scheme, place, port, path } = accepted(parseUrl(act.fetch));
  const address = actor.directory.addressOf(place, actor.who.host);
  const usual = serviceByName(scheme)?.ports.find(({ protocol }) => protocol === 'tcp')?.port ?? 0;
  const from = act.from === undefined ? undefined : endpointOf(actor, act.from);
  const call = {
    to: { address, port: port ?? usual },
    onSocket: (socket: Parameters<typeof nameOpener>[2]) => nameOpener(actor, act, socket),
    ...(from ? { from } : {}),
  };
  if (scheme === 'ftp') {
    const file = path.slice(1);
    if (file === '') return 'name the file: `ftp://server/readme`';
    return fetchByFtp(desk, { ...call, file, mode: act.mode ?? 'passive' });
  }
  if (act.mode !== undefined) return '`mode` is of ftp:// only';
  const turns = (SPOKEN[scheme]?.gist ?? []).map(
    (turn): Turn => ({ ...turn, says: turn.says.replace('GET /', () => `GET ${path}`) }),
  );
  return speak(desk, { ...call, hasGreeting: false, turns, end: act.keep === true ? 'stays' : 'leaves' });
}
