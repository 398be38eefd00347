import { expect, test } from 'vitest';
import { withPackageFile } from './package-file.ts';

test.each([
  ['/dev/zero', /is neither a folder nor a file/],
  ['/nowhere/package.tgz', /there is nothing there/],
])('%s is not read', async (path, message) => {
  await expect(withPackageFile(path, () => Promise.resolve())).rejects.toThrow(message);
});
