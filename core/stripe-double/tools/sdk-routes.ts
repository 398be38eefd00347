import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call that the SDK can make: `POST /v1/customers/{id}`, and the TypeScript type of its parameters. */
export interface SdkRoute {
  method: 'GET' | 'POST' | 'DELETE';
  /** With one `{}` for each identifier in the path. */
  path: string;
  /** File (relative to the resources folder, without suffix) and name there of the parameters' type. */
  type: { file: string; name: string };
}

function declarations(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts') && !name.endsWith('index.d.ts'))
    .map((name) => name.slice(0, -'.d.ts'.length))
    .sort();
}

/** Reads the routes out of the SDK's own resource definitions, and the types of their parameters beside them. */
export function sdkRoutes(resources: string): SdkRoute[] {
  const routes = new Map<string, SdkRoute>();
  for (const file of declarations(resources)) {
    const code = readFileSync(join(resources, `${file}.js`), 'utf8');
    const types = readFileSync(join(resources, `${file}.d.ts`), 'utf8');
    // A method begins at four spaces; its request follows before the next one begins.
    for (const part of code.split(/\n(?= {4}\w+\([^)]*\) \{\n)/).slice(1)) {
      const name = /^ {4}(\w+)\(/.exec(part)?.[1] ?? '';
      const request = /_makeRequest\('(GET|POST|DELETE)', (?:'([^']+)'|`([^`]+)`)/.exec(part);
      if (request === null) continue;
      const path = (request[2] ?? request[3] ?? '').replaceAll(/\$\{[^}]*\}/g, '{}');
      if (!path.startsWith('/v1/')) continue;
      const signature = new RegExp(`^ {4}${name}\\((.*)\\): `, 'm').exec(types)?.[1] ?? '';
      const type = /params\??: ([\w.]+)/.exec(signature)?.[1];
      if (type === undefined) throw new Error(`No type of parameters found for ${path}`);
      const method = request[1] as SdkRoute['method'];
      const route: SdkRoute = { method, path, type: { file, name: type } };
      routes.set(`${method} ${path}`, route);
    }
  }
  return [...routes.values()].sort((a, b) =>
    a.path === b.path ? a.method.localeCompare(b.method) : a.path < b.path ? -1 : 1,
  );
}
