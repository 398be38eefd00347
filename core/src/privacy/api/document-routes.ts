import { timingSafeEqual } from 'node:crypto';
import { recordAudit, traceOf } from '../../audit/index.ts';
import type { PrivacyRequest } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { defineRoute, FileReply, type Principal, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import { ARCHIVE_OWNER, hashOf } from '../work/index.ts';
import type { PrivacyApi } from './options.ts';
import { CERTIFICATE, ID_INPUT, TAG } from './schemas.ts';

const MANAGES = 'core:privacy.manage';

/** Whose it is, or who manages the tenant's; never who acts as either. */
function maySee(principal: Principal | null, request: PrivacyRequest): boolean {
  if (!principal || principal.impersonator) return false;
  if (request.certificate !== null && principal.user.isOperator) return true;
  if (request.scope === 'account' && request.kind !== 'tenant-deletion') {
    return request.subjectUser === principal.user.id && principal.apiKey === undefined;
  }
  return request.tenantId === principal.tenant.id && principal.permissions.includes(MANAGES);
}

/** Archives and certificates. */
export function documentRoutes({ db, files, authority, now }: PrivacyApi): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/privacy/archives/{id}',
      operationId: 'downloadArchive',
      summary: 'Download the archive of an export, with the key of its link or signed in as who asked for it',
      tag: TAG,
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: {
          id: UUID_INPUT,
          key: { type: 'string', minLength: 20, maxLength: 100, description: 'From the mailed link.' },
        },
      },
      output: { type: 'string', contentMediaType: 'application/zip' },
      handler: async (context, { id, key }: { id: string; key?: string }) => {
        const { principal } = context;
        const gone = new ApiError('not-found', 'There is no such archive, or its time is over. Ask for a new one.');
        const request = await db.asPlatform((models) => models.PrivacyRequest.findOne({ where: { id } }));
        const { fileId, linkHash, expiresAt } = request ?? {};
        if (!request || !fileId || !linkHash || !expiresAt || expiresAt <= now()) throw gone;
        const hasKey = key !== undefined && timingSafeEqual(hashOf(key), linkHash);
        if (!hasKey && !maySee(principal, request)) throw gone;
        const { tenantId } = request;
        const { info, content } = await files.read({ tenantId, pluginId: ARCHIVE_OWNER, userId: null }, fileId);
        await db.asPlatform((models) =>
          recordAudit(models, traceOf(context), { tenantId, action: 'privacy.archive-downloaded', entityId: id }),
        );
        return new FileReply(info, content);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/privacy/requests/{id}/certificate',
      operationId: 'getErasureCertificate',
      summary: 'What was erased, and what is kept and why, signed by the platform',
      tag: TAG,
      access: 'signed-in',
      input: ID_INPUT,
      output: CERTIFICATE,
      handler: async (context, { id }: { id: string }) => {
        const request = await db.asPlatform((models) => models.PrivacyRequest.findOne({ where: { id } }));
        const { certificate: text, signature } = request ?? {};
        if (!request || !text || !signature || !maySee(signedIn(context), request)) {
          throw new ApiError('not-found', 'There is no such certificate.');
        }
        return {
          certificate: JSON.parse(text) as unknown,
          text,
          signature,
          publicKey: authority.publicKey,
          genuine: authority.isGenuine({ text, signature }),
        };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/privacy/certificate-key',
      operationId: 'getCertificateKey',
      summary: 'The public key with which certificates of this platform are checked',
      tag: TAG,
      access: 'public',
      output: { type: 'object', description: 'A JWK.' },
      handler: async () => authority.publicKey,
    }),
  ];
}
