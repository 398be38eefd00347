import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { compileSchema } from './schema-compiler.ts';

function compiled(index: number): WeakRef<object> {
  const schema = { type: 'object', properties: { [`p${index}`]: { type: 'string', pattern: `^${index}` } } };
  compileSchema(schema);
  return new WeakRef(schema);
}

test('what is compiled does not stay when its plugin has gone', async () => {
  const schemas = Array.from({ length: 200 }, (_, index) => compiled(index));
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await turn();
  collect();
  expect(schemas.filter((schema) => schema.deref() !== undefined).length).toBeLessThan(50);
});
