// Do the names inside an atom exist? One function an atom: endpoint, socket, packet, row, service, URL, party.
// Atoms that cannot be read are passed over; their parser has told the schema why. Whether a name may stand where it
// does, and from which line on, its caller knows: lint-script.ts, lint-facts.ts.
import {
  type Endpoint,
  type Party,
  type Place,
  type PortRef,
  parseComparable,
  parseEndpoint,
  parseParty,
  parseSocketOrEndpoint,
  parseSocketRef,
  type SocketRef,
} from '../atoms/endpoints.js';
import { type ActorRef, type LabelRef, parseActor } from '../atoms/names.js';
import { type PacketPattern, parsePacketPattern } from '../atoms/packets.js';
import { parseService, parseUrl } from '../atoms/places.js';
import { parseRow } from '../atoms/rows.js';
import { didYouMean, type Parsed } from '../text/parsed.js';
import type { Flaw, ProblemCode } from '../text/problems.js';
import type { Report } from '../text/report.js';
import type { Path } from '../text/tree.js';
import type { Labels } from './labels.js';
import type { Roster } from './roster.js';

export class References {
  readonly #roster: Roster;
  readonly #labels: Labels;
  readonly #report: Report;
  /** After the last line every label is given: one that is unknown then does not exist at all. */
  isOver = false;

  constructor(roster: Roster, labels: Labels, report: Report) {
    this.#roster = roster;
    this.#labels = labels;
    this.#report = report;
  }

  endpoint(value: unknown, path: Path): void {
    this.#read(parseEndpoint(value), (endpoint) => this.#endpoint(endpoint, path));
  }

  socket(value: unknown, path: Path): void {
    this.#read(parseSocketRef(value), (socket) => this.#socket(socket, path));
  }

  socketOrEndpoint(value: unknown, path: Path): void {
    this.#read(parseSocketOrEndpoint(value), (party) => this.#party(party, path));
  }

  comparable(value: unknown, path: Path): void {
    this.#read(parseComparable(value), (party) => this.#party(party, path));
  }

  party(value: unknown, path: Path): void {
    this.#read(parseParty(value), (party) => this.#party(party, path));
  }

  packet(value: unknown, path: Path): void {
    this.#read(parsePacketPattern(value), ({ source, destination }: PacketPattern) => {
      for (const { place, ports } of [source, destination]) {
        this.#place(place, path);
        if (ports.kind === 'of') this.#label(ports.socket, path);
      }
    });
  }

  row(value: unknown, path: Path): void {
    this.#read(parseRow(value), ({ local, remote, process }) => {
      for (const { place, port } of [local, remote]) {
        this.#place(place, path);
        if (port.kind !== 'any') this.#port(port, path);
      }
      if (process !== undefined) this.process({ name: process }, path);
    });
  }

  service(value: unknown, path: Path): void {
    this.#read(parseService(value), (service) => {
      if (service.kind === 'at') this.#endpoint(service.endpoint, path);
    });
  }

  url(value: unknown, path: Path): void {
    this.#read(parseUrl(value), (url) => this.#place(url.place, path));
  }

  /** A host or router. */
  host(value: unknown, path: Path): void {
    this.#read(parseActor(value), ({ name }) => {
      if (!this.#roster.isPlace(name)) this.#unknown(path, name, 'host or router', this.#roster.placeNames);
    });
  }

  process(ref: ActorRef, path: Path): void {
    this.#roster.use(ref.name);
    if (!this.#roster.kindsOf(ref).has('process'))
      this.#unknown(path, ref.name, 'process', this.#roster.processes.keys());
  }

  network(value: unknown, path: Path): void {
    if (typeof value !== 'string' || this.#roster.networks.has(value)) return;
    this.#unknown(path, value, 'network', this.#roster.networks);
  }

  label(label: string, path: Path): void {
    this.#label({ label }, path);
  }

  #read<Value>(parsed: Parsed<Value>, look: (value: Value) => void): void {
    if (parsed.ok) look(parsed.value);
  }

  #party(party: Party, path: Path): void {
    if (party.kind === 'socket') this.#socket(party.socket, path);
    else if (party.kind === 'endpoint') this.#endpoint(party.endpoint, path);
    else this.#somebody(party.name, path);
  }

  /** A process, a host, or a socket by its label. */
  #somebody(ref: ActorRef, path: Path): void {
    this.#roster.use(ref.name);
    const kinds = this.#roster.kindsOf(ref);
    if (kinds.has('process') || kinds.has('host')) return;
    if (ref.host === undefined && this.#labels.use(ref.name)) return;
    const candidates = [...this.#roster.processes.keys(), ...this.#roster.placeNames, ...this.#labels.names];
    this.#unknown(path, ref.name, 'process or socket', candidates);
  }

  #endpoint(endpoint: Endpoint, path: Path): void {
    if (endpoint.kind !== 'place') {
      this.#label(endpoint.socket, path);
      return;
    }
    this.#place(endpoint.place, path);
    this.#port(endpoint.port, path);
  }

  #socket(socket: SocketRef, path: Path): void {
    if (socket.kind === 'label') {
      this.#label(socket, path);
      return;
    }
    if (socket.place !== undefined) this.#place(socket.place, path);
    this.#port(socket.port, path);
  }

  #port(port: PortRef, path: Path): void {
    if (port.kind === 'of') this.#label(port.socket, path);
  }

  #place(place: Place, path: Path): void {
    if (place.kind !== 'name' || this.#roster.isPlace(place.name)) return;
    const on = this.#roster.processes.get(place.name);
    const [host] = on ?? [];
    if (host === undefined) this.#unknown(path, place.name, 'host', this.#roster.placeNames);
    else
      this.#tell(
        path,
        'unknown-name',
        `no host is called \`${place.name}\``,
        `${place.name} is a process: write \`${host}\``,
      );
  }

  #label({ label, at }: LabelRef, path: Path): void {
    if (!this.#labels.use(label) && !this.#report.mentioned.has(label)) {
      const when = this.isOver ? 'in this scenario' : 'yet';
      const list = this.#labels.list;
      const others = list === '' ? 'give a socket a name with `as`' : `there is ${list}`;
      const hint = didYouMean(label, this.#labels.names) ?? others;
      this.#tell(path, 'unknown-label', `no socket is called \`${label}\` ${when}`, hint);
    }
    if (at === undefined) return;
    this.#roster.use(at.name);
    const kinds = this.#roster.kindsOf(at);
    if (kinds.has('process') || kinds.has('host')) return;
    this.#unknown(path, at.name, 'process or host', [
      ...this.#roster.processes.keys(),
      ...this.#roster.placeNames,
    ]);
  }

  #unknown(path: Path, name: string, what: string, candidates: Iterable<string>): void {
    if (this.#roster.isOpen || this.#report.mentioned.has(name)) return;
    this.#tell(path, 'unknown-name', `no ${what} is called \`${name}\``, didYouMean(name, candidates));
  }

  #tell(path: Path, code: ProblemCode, message: string, hint: string | undefined): void {
    const flaw: Flaw = { code, message, ...(hint === undefined ? {} : { hint }) };
    this.#report.atKey(path, flaw);
  }
}
