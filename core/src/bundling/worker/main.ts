// Entry of the child process that builds one package and ends: whatever a source does to the bundler, it does to this
// process only.
import { buildServer } from '../build/server.ts';
import { buildUi } from '../build/ui.ts';
import { BundleError } from '../bundle-error.ts';
import type { BuildReply, BuildRequest } from '../protocol.ts';

async function build(request: BuildRequest): Promise<BuildReply> {
  try {
    if (request.kind === 'server') return { files: [await buildServer(request.folder, request.entry)] };
    return { files: (await buildUi(request.folder, request.entries)).files };
  } catch (error) {
    if (error instanceof BundleError) return { issues: [...error.issues] };
    throw error;
  }
}

process.on('disconnect', () => process.exit(0));
process.once('message', async (request: BuildRequest) => {
  const reply = await build(request);
  process.send?.(reply, () => process.disconnect());
});
process.send?.('ready');
