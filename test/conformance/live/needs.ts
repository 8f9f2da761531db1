// What a machine must have so that its kernel can be asked, and what to do if it has not.
import { spawnSync } from 'node:child_process';
import { release } from 'node:os';

/** IP_LOCAL_PORT_RANGE, and bound sockets in the socket tables, came with it. */
const OLDEST = [6, 8] as const;

/** Every need that is not met, in plain words; none if all are. */
export function unmetNeeds(): string[] {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  const isLinux = process.platform === 'linux';
  const isRecent = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  const unmet: string[] = [];
  if (!isLinux) return [`needs Linux, and this is ${process.platform}: run it in a virtual machine`];
  if (!isRecent)
    unmet.push(
      `needs Linux ${OLDEST.join('.')} or later, and this is ${release()}: run it on a newer kernel`,
    );
  if (process.getuid?.() !== 0) unmet.push('needs root, to make network namespaces: run it with sudo');
  if (!answers('python3')) unmet.push('needs python3: apt-get install -y python3');
  if (!answers('nft')) unmet.push('needs nft, to lose packets: apt-get install -y nftables');
  return unmet;
}

function answers(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}
