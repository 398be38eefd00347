import { readFile } from 'node:fs/promises';
import { SYSTEM_TRACE } from '../audit/index.ts';
import type { Changes } from '../caching/index.ts';
import type { CoreModels, Database } from '../data/index.ts';
import { messageOf, StartupError } from '../errors/index.ts';
import { hashPassword } from '../identity/index.ts';
import { compileSchema } from '../plugins/index.ts';
import { addMember, BUILT_IN_ROLES, createTenant } from '../tenancy/index.ts';

interface FixtureUser {
  email: string;
  name: string;
  password: string;
  role: string;
  /** An operator of the whole platform as well. */
  operator?: boolean;
}

/** Tenants, people and licences that a throw-away platform begins with. */
export interface Fixture {
  tenants: { slug: string; name: string; users: FixtureUser[]; licences: string[] }[];
}

const text = { type: 'string', minLength: 1 };
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['tenants'],
  properties: {
    tenants: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['slug', 'name', 'users', 'licences'],
        properties: {
          slug: text,
          name: text,
          licences: { type: 'array', items: text },
          users: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['email', 'name', 'password', 'role'],
              properties: {
                email: text,
                name: text,
                password: text,
                role: { enum: BUILT_IN_ROLES.map(({ name }) => name) },
                operator: { type: 'boolean' },
              },
            },
          },
        },
      },
    },
  },
};

export async function readFixture(file: string): Promise<Fixture> {
  let fixture: unknown;
  try {
    fixture = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new StartupError(`The fixture ${file} cannot be read: ${messageOf(error)}.`);
  }
  const [first] = compileSchema(SCHEMA).errorsOf(fixture);
  if (first) throw new StartupError(`The fixture ${file} is not valid: ${first.instancePath} ${first.message}.`);
  return fixture as Fixture;
}

/** Hashing is slow by intent: once for each different password. */
async function hashes(fixture: Fixture): Promise<Map<string, string>> {
  const passwords = new Set(fixture.tenants.flatMap(({ users }) => users.map(({ password }) => password)));
  return new Map(await Promise.all([...passwords].map(async (word) => [word, await hashPassword(word)] as const)));
}

async function createOne(
  models: CoreModels,
  { slug, name, users, licences }: Fixture['tenants'][number],
  passwordHashes: ReadonlyMap<string, string>,
): Promise<string> {
  const tenant = await createTenant(models, { slug, name, tier: 'pro', maxUsers: 100 }, SYSTEM_TRACE);
  for (const { email, name: userName, password, role, operator = false } of users) {
    const passwordHash = passwordHashes.get(password) ?? '';
    const member = { email, name: userName, passwordHash, roles: [role], isOperator: operator };
    await addMember(models, tenant.id, member, SYSTEM_TRACE);
  }
  await models.Licence.bulkCreate(
    licences.map((pluginId) => ({ tenantId: tenant.id, pluginId, kind: 'purchased' as const, expiresAt: null })),
  );
  return tenant.id;
}

export async function seedFixture(platform: { db: Database; changes: Changes }, fixture: Fixture): Promise<void> {
  const passwordHashes = await hashes(fixture);
  const made = await platform.db.asPlatform(async (models) => {
    const tenants: { tenantId: string; slug: string }[] = [];
    for (const tenant of fixture.tenants) {
      tenants.push({ tenantId: await createOne(models, tenant, passwordHashes), slug: tenant.slug });
    }
    return tenants;
  });
  for (const tenant of made) await platform.changes.announce('tenant', tenant);
}
