// npm run -s bench [-- demux ports machine tcp travel capture check page]: how fast, as ratios within one run, since machines differ and days do. It prints and
// never fails: numbers are for people to read.
import { benchCapture } from './capture.js';
import { benchCheck } from './check.js';
import { benchDemux } from './demux.js';
import { benchMachine } from './machine.js';
import { benchPage } from './page.js';
import { benchPorts } from './ports.js';
import { benchTcp } from './tcp.js';
import { benchTravel } from './travel.js';

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  demux: benchDemux,
  ports: benchPorts,
  machine: benchMachine,
  tcp: benchTcp,
  travel: benchTravel,
  capture: benchCapture,
  check: benchCheck,
  page: benchPage,
};
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
  const bench = BENCHES[name];
  if (bench === undefined) console.error(`no bench ${name}; there are ${Object.keys(BENCHES).join(', ')}`);
  else await bench();
}
