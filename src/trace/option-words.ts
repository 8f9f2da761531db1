// What a socket option changes, in one clause behind its name: for those that decide who may have a port or a packet.
// The notation `SO_REUSEADDR = on` is the account's; the rules that read the options are ../ports/ and ../demux/.

const EFFECTS: Readonly<Record<string, string>> = {
  'SO_REUSEADDR = on': 'it may take a port that another holds with the same option, unless that one listens',
  'SO_REUSEPORT = on': 'it shares its port with others of the same user that ask for it too',
  'SO_EXCLUSIVEADDRUSE = on': 'nobody else gets this port on an address of its own, whatever they ask for',
  'SO_LINGER = 0s': 'close will send RST instead of FIN',
  'TCP_NODELAY = on': 'its small segments go although something is unacknowledged',
  'O_NONBLOCK = on': 'a call that would wait comes back at once',
  'SO_BROADCAST = on': 'it may send to everybody at once',
  'IPV6_V6ONLY = on': 'it hears IPv6 and leaves IPv4 to others',
  'IPV6_V6ONLY = off': 'it hears IPv4 as well',
  'IP_BIND_ADDRESS_NO_PORT = on': 'bind takes the address only, connect will choose the port',
  'IP_FREEBIND = on': 'it may bind to an address that this host does not have',
  'IP_MULTICAST_ALL = off': 'it hears only the groups that it joined itself',
  'IP_MULTICAST_LOOP = off': 'its own host gets no copy of what it sends to a group',
};

/** `: it may …`, or nothing for options without an effect on ports and packets. */
export function optionEffect(options: string | undefined): string {
  const effects = (options ?? '').split(', ').flatMap((option) => {
    if (option.startsWith('IP_ADD_MEMBERSHIP')) return ['packets for that group come to this host now'];
    const lingering = /^SO_LINGER = (.*[1-9].*)$/.exec(option)?.[1];
    if (lingering !== undefined) return [`close will wait up to ${lingering} until everything has arrived`];
    return EFFECTS[option] ?? [];
  });
  return effects.length === 0 ? '' : `: ${effects.join('; ')}`;
}
