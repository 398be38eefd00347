import { fileId } from './arguments.ts';
import { fileScope } from './files.ts';
import type { OperationGroup } from './types.ts';

export const documents: OperationGroup<'documents'> = {
  'documents.extract': async (session, args) => {
    session.need('documents');
    const { files, documents: extractor } = session.services;
    const { path } = await files.localPath(fileScope(session), fileId(args.fileId));
    return extractor.extract(path, session.tenant.id);
  },
};
