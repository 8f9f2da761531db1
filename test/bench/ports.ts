// Picking a port for bind(0) on a host that is 10 % and 99.9 % full, policy by policy. Nobody takes what was picked, so
// that the host stays as full as it is. `redraw` and `random-increments` have to throw on until they hit: that is theirs.
import { below } from '../../src/base/random.js';
import { Simulation } from '../../src/net/simulation.js';
import { pickPort } from '../../src/ports/ephemeral.js';
import { LINUX_PORTS, setSystem } from '../../src/ports/profiles.js';
import { randomOf } from '../../src/world/random.js';
import { createSocket, holdPort } from '../../src/world/sockets.js';
import { PORT_POLICIES, type PortPolicy } from '../../src/world/tables.js';
import { medianNanos, ratio } from './rounds.js';

const PICKS = 2000;

export function benchPorts(): void {
  console.log('ports: one automatic choice; ns are medians of 7 interleaved rounds');
  console.log('  policy              10 %   99.9 %  ratio');
  for (const policy of PORT_POLICIES) {
    const [roomy = 0, full = 0] = medianNanos([prepare(policy, 0.1), prepare(policy, 0.999)]);
    const cells = [roomy, full].map((nanos) => nanos.toFixed(0).padStart(8));
    console.log(`  ${policy.padEnd(17)}${cells.join(' ')}  ${ratio(full, roomy)}`);
  }
}

function prepare(policy: PortPolicy, share: number) {
  const simulation = new Simulation(28_232);
  const { world } = simulation;
  const { ephemeralLow: low, ephemeralHigh: high } = LINUX_PORTS;
  const host = world.memory.step(() => {
    const made = world.hosts.rows.create();
    setSystem(world, made, 'linux');
    world.hosts.portPolicy.set(made, policy);
    return made;
  });
  const socket = world.memory.step(() => {
    const ports = Array.from({ length: high - low + 1 }, (_, at) => low + at);
    for (let at = ports.length - 1; at > 0; at--) {
      const other = below(randomOf(world), at + 1);
      [ports[at], ports[other]] = [ports[other] ?? 0, ports[at] ?? 0];
    }
    for (const port of ports.slice(0, Math.round(share * ports.length)))
      holdPort(world, createSocket(world, host, 'tcp', 'root'), '', port, 'named');
    return createSocket(world, host, 'tcp', 'root');
  });
  const isSuitable = (port: number) => world.holders.first(host, 6, port, port) === 0;
  return {
    name: `${policy} ${share}`,
    count: PICKS,
    run: () =>
      world.memory.step(() => {
        for (let pick = 0; pick < PICKS; pick++)
          pickPort(world, host, socket, { purpose: 'bind', isSuitable });
      }),
  };
}
