import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '@bazaar/sdk';
import type { FileScope } from '../../../files/index.ts';
import type { Session } from '../session.ts';
import { fileId, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const MAX_TEXT_BYTES = 1024 * 1024;
const MAX_ASSET_BYTES = 50 * 1024 * 1024;

export function fileScope({ tenant, plugin, user }: Session): FileScope {
  return { tenantId: tenant.id, pluginId: plugin.manifest.id, userId: user?.id ?? null };
}

export const files: OperationGroup<'files'> = {
  'files.info': (session, { id }) => {
    session.need('files');
    return session.services.files.info(fileScope(session), fileId(id));
  },
  'files.readText': async (session, { id }) => {
    session.need('files');
    const { info, content } = await session.services.files.read(fileScope(session), fileId(id));
    if (info.size > MAX_TEXT_BYTES) {
      content.destroy();
      throw new Problem('too-large', `${info.name} is larger than ${MAX_TEXT_BYTES} bytes and cannot be read as text.`);
    }
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk as Buffer);
    return decode(Buffer.concat(chunks), info.name);
  },
  'files.delete': async (session, { id }) => {
    session.need('files');
    session.needWrite('files.delete');
    session.lasting();
    await session.services.files.delete(fileScope(session), fileId(id));
    return null;
  },
  'files.importAsset': async (session, { path }) => {
    session.need('files');
    session.needWrite('files.importAsset');
    // Only packed files, which the integrity covers, can be named: so no path needs sanitising.
    const { files: packed, folder } = await session.plugin.package();
    if (!packed.has(text(path, 'path', 300))) {
      throw new Problem('not-found', `The package has no file "${path}".`);
    }
    session.lasting();
    return session.services.files.store(fileScope(session), {
      name: basename(path),
      content: createReadStream(join(folder, path)),
      maxBytes: MAX_ASSET_BYTES,
    });
  },
};

function decode(bytes: Buffer, name: string): string {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // The same refusal as for text with NUL characters.
  }
  throw new Problem('unprocessable', `${name} is not a text file in UTF-8.`, { reason: 'not-text' });
}
