// What learners often believe and a scenario breaks (`breaks:` in its file), so that one can search for it.
// Field evidence, not a validated inventory: a code without a text here is shown as it is.
// Who shows it: panels/notes.ts. Who searches in it: present/cards.ts.
import { spelled } from './words/speech.js';

const BELIEFS: Readonly<Record<string, string>> = spelled({
  M1: 'accept() moves the connection to a new port',
  M2: '65,535 connections are the limit of a server',
  M3: 'a port is a socket in the wall',
  M4: 'source and destination port are equal',
  M5: 'TCP and UDP share one set of ports',
  M6: 'NAT only swaps addresses',
  M7: 'forwarding a port opens a hole, and both numbers must be equal',
  M8: 'in FTP the client always connects to port 20',
  M9: 'the server always gets TIME-WAIT',
  M10: 'no two programs may ever hold one port',
  M11: 'a connection exists only after accept()',
  M12: 'picked ports are 49152 to 65535 everywhere',
  M13: 'DNS is UDP; TCP 53 is only for zone transfer',
  M14: 'a closed port is silent; RST means a crash',
  M15: 'no port in the URL means no port',
  M16: 'port 0 is just another port',
  M17: 'only the client knows the four numbers',
  M18: 'client and server are kinds of machine',
  M19: 'the transport layer looks into the data',
  M20: 'a broadcast is received by every program',
  M21: 'all communication has a port',
  M22: 'a well-known number says which program is there, or that it can be trusted',
  M23: 'UDP keeps a connection for each peer',
  M24: 'what was sent has been read',
});

export function beliefOf(code: string): string | undefined {
  return BELIEFS[code];
}
