import type { Readable } from 'node:stream';
import type { FileInfo, TenantIdentity } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { defineRoute, PictureReply, PLATFORM_TENANT, type Route } from '../routes/index.ts';
import { SLUG_PATTERN } from '../tenancy/index.ts';
import { NAME_PATTERN } from './names.ts';

const TAG = 'Pictures';
const NAME = { type: 'string', pattern: NAME_PATTERN, description: 'As the address in other answers has it.' };
const OUTPUT = { contentMediaType: 'image/*' };
const HOUR = 3600;

export interface PictureRouteParts {
  findTenant(slug: string): Promise<TenantIdentity | null>;
  read(tenantId: string, name: string): Promise<{ info: FileInfo; content: Readable }>;
}

/**
 * Where `<img>` finds pictures: it sends no token, so the address is the secret. That of a person's picture is told to who
 * may see the person; those of logos are public.
 */
export function pictureRoutes({ findTenant, read }: PictureRouteParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/pictures/people/{name}',
      operationId: 'getPersonPicture',
      summary: 'The picture of a person, to who has been told its address',
      tag: TAG,
      access: 'public',
      input: { type: 'object', additionalProperties: false, required: ['name'], properties: { name: NAME } },
      output: OUTPUT,
      handler: async (_context, { name }: { name: string }) => {
        const { info, content } = await read(PLATFORM_TENANT.id, name);
        // What somebody has removed is to be gone from other people's browsers before long.
        return new PictureReply(info, content, { maxAgeSeconds: 24 * HOUR, forEverybody: false });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/pictures/workspaces/{tenant}/{name}',
      operationId: 'getLogo',
      summary: 'The logo of a workspace',
      tag: TAG,
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant', 'name'],
        properties: { tenant: { type: 'string', pattern: SLUG_PATTERN, maxLength: 63 }, name: NAME },
      },
      output: OUTPUT,
      handler: async (_context, { tenant: slug, name }: { tenant: string; name: string }) => {
        const tenant = await findTenant(slug);
        if (!tenant) throw new ApiError('not-found', 'There is no such picture.');
        const { info, content } = await read(tenant.id, name);
        return new PictureReply(info, content, { maxAgeSeconds: 365 * 24 * HOUR, forEverybody: true });
      },
    }),
  ];
}
