import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { IMPLEMENTED } from '../src/implemented.ts';
import { resolved, type Schema, shared } from './compact-schema.ts';
import { fingerprint, GENERATED, RESOURCES } from './fingerprint.ts';
import { type SdkRoute, sdkRoutes } from './sdk-routes.ts';

// `node core/stripe-double/tools/generate.ts` writes core/stripe-double/generated/contract.json anew: every route of
// the installed stripe package, and the schemas of the parameters of those that the double implements.

function schemasOf(routes: SdkRoute[]): Record<string, Schema> {
  const folder = mkdtempSync(join(tmpdir(), 'stripe-double-'));
  try {
    const entry = join(folder, 'entry.ts');
    const imports = routes.map(({ type }, i) => {
      const [first = '', ...inner] = type.name.split('.');
      const name = [`T${i}`, ...inner].join('.');
      return `import type { ${first} as T${i} } from '${RESOURCES}/${type.file}.js';\nexport type R${i} = ${name};`;
    });
    writeFileSync(entry, imports.join('\n'));
    const compilerOptions = { module: 'nodenext', moduleResolution: 'nodenext', strict: true, types: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['entry.ts'] }));
    const generator = createGenerator({
      path: entry,
      tsconfig: join(folder, 'tsconfig.json'),
      skipTypeCheck: true,
      additionalProperties: false,
      topRef: false,
      expose: 'export',
      jsDoc: 'none',
    });
    return Object.fromEntries(
      routes.map((route, i) => {
        const schema = generator.createSchema(`R${i}`) as Schema;
        const written = resolved(schema, schema.definitions ?? {});
        if (written.type !== 'object') throw new Error(`No schema came out for ${route.type.name}`);
        return [`${route.method} ${route.path}`, written];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const routes = sdkRoutes(RESOURCES);
const names = new Set(routes.map((route) => `${route.method} ${route.path}`));
const unknown = IMPLEMENTED.filter((route) => !names.has(route));
if (unknown.length > 0) throw new Error(`The SDK knows no such routes: ${unknown.join(', ')}`);
const implemented = routes.filter((route) => IMPLEMENTED.includes(`${route.method} ${route.path}`));
const contract = { fingerprint: fingerprint(), ...shared(schemasOf(implemented)), known: [...names] };
writeFileSync(GENERATED, `${JSON.stringify(contract)}\n`);
