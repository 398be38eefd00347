// Entry of the child process that reads documents: whatever a document does here, it does to this process only.
import { Worker } from 'node:worker_threads';
import type { ExtractionReply, ExtractionRequest } from '../protocol.ts';
import { UnreadableDocument } from './failure.ts';
import { readDocument } from './read-document.ts';

function causeOf(error: unknown): string {
  const root = error instanceof UnreadableDocument && error.cause !== undefined ? error.cause : error;
  return String(root instanceof Error ? `${root.name}: ${root.message}` : root).slice(0, 500);
}

async function answer({ id, format, bytes }: ExtractionRequest): Promise<void> {
  let reply: ExtractionReply;
  try {
    const document = await readDocument(format, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    reply = { id, document, memory: process.memoryUsage.rss() };
  } catch (error) {
    const tooDeep = error instanceof RangeError;
    const failure =
      error instanceof UnreadableDocument ? error.reason : tooDeep ? 'document-too-complex' : 'document-broken';
    reply = { id, failure, cause: causeOf(error), memory: process.memoryUsage.rss() };
  }
  process.send?.(reply);
}

// pdf.js leaves promises of its own behind when a document is given up: the answer has been sent without them.
process.on('unhandledRejection', () => undefined);
process.on('disconnect', () => process.exit(0));
new Worker(new URL('./orphan-guard.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 8 } });
process.on('message', (request: ExtractionRequest) => void answer(request));
process.send?.('ready');
