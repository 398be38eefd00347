import type { JsonObject, JsonSchema } from '@bazaar/sdk';
import { uploadFields } from '../body/upload-fields.ts';

/** What the document says of one endpoint, kernel's or plugin's. */
export interface OperationSource {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  operationId: string;
  summary: string;
  tag: string;
  input: JsonSchema;
  output: JsonSchema;
  status: number;
  download: boolean;
  /** `optional`: a visitor may call it, who then names the tenant in a header. */
  signIn: 'required' | 'optional' | 'none';
  permission?: string;
  /** Restricted further: to people who signed in themselves, or to operators. */
  only?: 'person' | 'operator';
  /** Only shortly after a proof of who one is. */
  sudo: boolean;
  /** The body is one file of these content types; the input beyond the path then travels in the query. */
  upload?: readonly string[];
  /** Needs a licence for its plugin. */
  licensed: boolean;
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function properties(schema: JsonSchema): [string, JsonSchema][] {
  return Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {});
}

function required(schema: JsonSchema): string[] {
  const names = schema.required;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

function parameter(name: string, place: 'path' | 'query', needed: boolean, schema: JsonSchema | undefined): JsonObject {
  const description = schema?.description;
  return {
    name,
    in: place,
    required: needed,
    ...(typeof description === 'string' ? { description } : {}),
    schema: schema ?? { type: 'string' },
  };
}

/** A limit on the number of properties, when some of them are no longer counted. */
function lowered(schema: JsonSchema, keyword: 'minProperties' | 'maxProperties', by: number): JsonSchema {
  const limit = schema[keyword];
  return typeof limit === 'number' ? { [keyword]: Math.max(0, limit - by) } : {};
}

/** The body is what the path leaves of the input. */
function withoutPath(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const { properties: _all, required: _needed, ...others } = schema;
  const rest = {
    ...others,
    ...lowered(schema, 'minProperties', names.length),
    ...lowered(schema, 'maxProperties', names.length),
  };
  const needed = required(schema).filter((name) => !names.includes(name));
  const kept = properties(schema).filter(([name]) => !names.includes(name));
  return { ...rest, properties: Object.fromEntries(kept), ...(needed.length > 0 ? { required: needed } : {}) };
}

function multipartSchema(schema: JsonSchema, files: ReadonlySet<string>): JsonSchema {
  const binary = { type: 'string', format: 'binary' };
  const shown = properties(schema).map(([name, property]): [string, JsonSchema] => {
    if (!files.has(name)) return [name, property];
    return [name, property.type === 'array' ? { type: 'array', items: binary } : binary];
  });
  return { ...schema, properties: Object.fromEntries(shown) };
}

function requestBody(schema: JsonSchema): JsonObject | undefined {
  if (properties(schema).length === 0 && schema.additionalProperties === false) return undefined;
  const files = new Set(uploadFields(schema, Number.POSITIVE_INFINITY).keys());
  const content: JsonObject = {};
  if (files.size > 0) content['multipart/form-data'] = { schema: multipartSchema(schema, files) };
  const needed = required(schema);
  if (!needed.some((name) => files.has(name))) {
    const textual = properties(schema).filter(([name]) => !files.has(name));
    content['application/json'] = { schema: { ...schema, properties: Object.fromEntries(textual) } };
  }
  return { required: needed.length > 0, content };
}

function fileBody(types: readonly string[]): JsonObject {
  // OpenAPI 3.1 describes a body of raw bytes by an empty schema.
  return { required: true, content: Object.fromEntries(types.map((type) => [type, {}])) };
}

function success(source: OperationSource, output: JsonSchema): JsonObject {
  if (source.status === 204) return { description: 'Done.' };
  if (source.status === 303) return { description: 'The browser is sent on.' };
  const { contentMediaType: type = source.download ? 'application/octet-stream' : undefined } = output;
  if (typeof type === 'string') {
    const description = type.startsWith('image/') ? 'The picture.' : 'The file, as an attachment.';
    return { description, content: { [type]: {} } };
  }
  return { description: 'Done.', content: { 'application/json': { schema: output } } };
}

/** What a caller must be or do before this, in words. */
function conditions({ permission, only, sudo, licensed }: OperationSource): string[] {
  return [
    ...(only === 'operator' ? ['For operators of the platform.'] : []),
    ...(only === 'person' ? ['For people who are signed in themselves, not for API keys.'] : []),
    ...(permission === undefined ? [] : [`Needs the permission \`${permission}\`.`]),
    ...(licensed ? ['Needs a licence for the plugin, which must be switched on.'] : []),
    ...(sudo
      ? [
          'Needs a proof within the last 15 minutes of who you are (`POST /api/auth/prove`); refused with `sudo-required` ' +
            'otherwise, and to API keys.',
        ]
      : []),
  ];
}

const RETRY_AFTER: JsonObject = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
};

function responses(source: OperationSource, output: JsonSchema, pathNames: readonly string[]): JsonObject {
  const all: JsonObject = { [source.status]: success(source, output), 400: problem('The input is not valid.') };
  if (source.signIn !== 'none') all['401'] = problem('Sign-in required.');
  if (source.licensed) all['402'] = problem('The tenant has no licence for this plugin, or it has ended.');
  if (conditions(source).length > 0) all['403'] = problem('It is not for this caller, or not now; the code says why.');
  if (pathNames.length > 0) all['404'] = problem('There is no such thing in this tenant.');
  if (source.method !== 'GET') {
    all['409'] = problem('It conflicts with the present state.');
    all['413'] = problem('The body is too large.');
    all['415'] = problem('The body has another content type.');
  }
  all['429'] = { ...problem('Too many requests.'), headers: RETRY_AFTER };
  all.default = problem('Any other refusal or failure.');
  return all;
}

const TENANT_PARAMETER: JsonObject = {
  name: 'X-Bazaar-Tenant',
  in: 'header',
  required: false,
  description: 'Slug of the tenant, for callers who are not signed in.',
  schema: { type: 'string' },
};

function security(source: OperationSource): JsonObject[] {
  if (source.signIn === 'none') return [];
  return source.signIn === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

/** The OpenAPI operation object. `input` and `output` are the source's schemas without own definitions. */
export function describeOperation(source: OperationSource, input: JsonSchema, output: JsonSchema): JsonObject {
  const pathNames = [...source.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const schemas = new Map(properties(input));
  const parameters = pathNames.map((name) => parameter(name, 'path', true, schemas.get(name)));
  const rest = withoutPath(input, pathNames);
  if (source.signIn === 'optional') parameters.push(TENANT_PARAMETER);
  const description = conditions(source).join(' ');
  let body: JsonObject | undefined;
  if (source.upload || source.method === 'GET' || source.method === 'DELETE') {
    const needed = required(rest);
    for (const [name, schema] of properties(rest)) {
      parameters.push(parameter(name, 'query', needed.includes(name), schema));
    }
  }
  if (source.upload) body = fileBody(source.upload);
  else if (source.method !== 'GET' && source.method !== 'DELETE') body = requestBody(rest);
  return {
    operationId: source.operationId,
    summary: source.summary,
    ...(description === '' ? {} : { description }),
    tags: [source.tag],
    security: security(source),
    ...(source.permission === undefined ? {} : { 'x-permission': source.permission }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: body } : {}),
    responses: responses(source, output, pathNames),
  };
}
