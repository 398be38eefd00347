import { traceOf } from '../../audit/index.ts';
import { type PageInput, pageInput, pageOfAll, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import type { OfflineLicences } from '../offline/import-file.ts';

const TAG = 'Licences of the platform';
const TEXT = { type: 'string' };
const MOMENT = { type: 'string', format: 'date-time' };

const IMPORTED = {
  type: 'object',
  required: ['id', 'tenant', 'plugin', 'issuedAt', 'importedAt', 'revoked'],
  properties: {
    id: TEXT,
    tenant: { ...TEXT, description: 'Slug.' },
    plugin: TEXT,
    issuedAt: MOMENT,
    importedAt: MOMENT,
    revoked: { type: 'boolean' },
  },
};

/** Licence files of installations without a connection. */
export function offlineRoutes(offline: OfflineLicences): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/installation',
      operationId: 'getInstallation',
      summary: 'What licence files for this installation must name',
      tag: TAG,
      access: 'operator',
      output: { type: 'object', required: ['installation'], properties: { installation: TEXT } },
      handler: async () => ({ installation: await offline.installation() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/licence-files',
      operationId: 'listLicenceFiles',
      summary: 'Licence files that were taken in, the newest first',
      tag: TAG,
      access: 'operator',
      input: pageInput(),
      output: pageOutput(IMPORTED),
      handler: async (_context, page: PageInput) => {
        const placed = (await offline.list()).map((file, place) => ({ place: String(place).padStart(9, '0'), file }));
        const { items, ...rest } = pageOfAll(placed, page, 'licence-files', ({ place }) => place);
        return { items: items.map(({ file }) => file), ...rest };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/licence-files',
      operationId: 'importLicenceFile',
      summary: 'Take in a licence file',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['file'],
        properties: { file: { type: 'string', minLength: 1, maxLength: 65_536 } },
      },
      output: { type: 'object', required: ['id', 'tenant', 'plugin', 'plan', 'expiresAt', 'seats'] },
      status: 201,
      handler: (context, { file }: { file: string }) => offline.import(file, traceOf(context)),
    }),
  ];
}
