import type { JsonObject } from '@bazaar/sdk';
import type { LoadedPlugin } from '../../plugins/index.ts';
import type { Access, Route } from '../../routes/index.ts';
import { actionEndpoint } from '../plugin-routes.ts';
import { describeOperation, type OperationSource } from './operation.ts';
import { hoistDefinitions, PROBLEM_SCHEMA } from './schemas.ts';

const NO_INPUT = { type: 'object', additionalProperties: false };

function signIn(access: Access): OperationSource['signIn'] {
  return access === 'public' ? 'none' : 'required';
}

function ofRoute(route: Route): OperationSource {
  return {
    method: route.method,
    path: route.path,
    operationId: route.operationId,
    summary: route.summary,
    tag: route.tag,
    input: route.input ?? NO_INPUT,
    output: route.output,
    status: route.status ?? 200,
    download: false,
    signIn: signIn(route.access),
    ...(typeof route.access === 'object' ? { permission: route.access.permission } : {}),
    ...(route.access === 'person' || route.access === 'operator' ? { only: route.access } : {}),
    sudo: route.sudo ?? false,
    ...(route.upload ? { upload: route.upload.types } : {}),
    licensed: false,
  };
}

function ofPlugin(plugin: LoadedPlugin): OperationSource[] {
  const { id, name } = plugin.manifest;
  const sources: OperationSource[] = [];
  for (const action of plugin.actions.values()) {
    if (action.permission === undefined) continue;
    sources.push({
      ...actionEndpoint(id, action),
      operationId: `${id}.${action.name}`,
      summary: action.summary,
      tag: name,
      input: action.input,
      output: action.output,
      download: action.http?.download ?? false,
      signIn: action.permission === 'public' ? 'optional' : 'required',
      ...(action.permission === 'public' ? {} : { permission: `${id}:${action.permission}` }),
      sudo: false,
      licensed: true,
    });
  }
  return sources;
}

function probe(operationId: string, summary: string, statuses: Record<string, string>): JsonObject {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const responses = Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [status, { description, content }]),
  );
  return { get: { operationId, summary, tags: ['Operation'], security: [], responses } };
}

/** The OpenAPI 3.1 document of the kernel's routes and the given plugins' actions. */
export function openApiDocument(
  routes: readonly Route[],
  plugins: readonly LoadedPlugin[],
  version: string,
): JsonObject {
  const paths: Record<string, JsonObject> = {};
  const schemas: JsonObject = { Problem: PROBLEM_SCHEMA };
  for (const source of [...routes.map(ofRoute), ...plugins.flatMap(ofPlugin)]) {
    const input = hoistDefinitions(source.input, `${source.operationId}.input`, schemas);
    const output = hoistDefinitions(source.output, `${source.operationId}.output`, schemas);
    const path = paths[source.path] ?? {};
    path[source.method.toLowerCase()] = describeOperation(source, input, output);
    paths[source.path] = path;
  }
  paths['/healthz'] = probe('healthz', 'Whether the process is alive', { 200: 'It is.' });
  paths['/readyz'] = probe('readyz', 'Whether requests can be served, and the state of every plugin', {
    200: 'They can.',
    503: 'Not now; the body says why.',
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bazaar',
      version,
      description:
        'The kernel and the plugins that are active for the caller.\n\n' +
        'Refusals are problem documents (RFC 9457): `code` and `reason` are for programs, `detail` for people, and ' +
        '`errors` names the fields. Lists have `items` and, unless they end there, a `nextCursor`: send it as `cursor`, ' +
        'with the same filters, for the next page. Times are ISO 8601 in UTC. Amounts of money are integers in the ' +
        'minor unit of their `currency`.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The `accessToken` of `POST /api/auth/sign-in`, or an API key.',
        },
      },
    },
  };
}
