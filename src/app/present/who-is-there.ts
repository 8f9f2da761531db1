// Who takes part, before anything has happened: each host with its addresses and programs, and what a router forwards. The
// picture shows it at a glance; the transcript says it first, so that its sentences can be followed without the picture.
// It refuses to know the DOM and words nothing. Who shows it: ../panels/transcript.ts.
import { addressText, type EndpointView, type Scene } from '../../trace/scene.js';
import { messages } from '../messages.js';

const { transcript: say } = messages;

/** One sentence a host, in the order of the file. `start`: the scene at step 0. */
export function whoIsThere({ hosts }: Pick<Scene, 'hosts'>): readonly string[] {
  return hosts.map(({ name, addresses, processes, router }) => {
    const programs = processes.map((process) => process.name).join(', ');
    const forwards = (router?.forwards ?? []).map(({ protocol, from, to }) =>
      say.forwards(protocol.toUpperCase(), endpointText(from), endpointText(to)),
    );
    return [say.host(name, addresses.join(', '), programs), ...forwards].join(' ');
  });
}

function endpointText({ address, port }: EndpointView): string {
  return `${addressText(address)}:${port}`;
}
