import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataPackage, JOBS } from '../support/plugin-packages.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let copies: TestDatabase[] = [];
beforeAll(async () => {
  copies = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all(copies.map((copy) => copy.drop())));

// Roles belong to the server: copies of one database, e.g. one for trying, share those of a plugin.
test('copies of a database install and purge the same plugin without regard to each other', async () => {
  const pkg = dataPackage(JOBS);
  await Promise.all(
    copies.map(async ({ database: { plugins } }) => {
      for (let round = 0; round < 6; round++) {
        await (await plugins.install(pkg)).close();
        await plugins.purge(pkg.pluginId);
      }
    }),
  );
  for (const { database } of copies) expect(await database.plugins.rows(pkg.pluginId)).toEqual([]);
});
