import { describe, expect, it } from 'vitest';
import { fileIdPaths, fileIdsIn, uploadFields } from './file-fields.ts';

const ID = { type: 'string', format: 'bazaar-file-id' };

describe('files in schemas', () => {
  const schema = {
    type: 'object',
    properties: {
      cv: ID,
      name: { type: 'string' },
      more: { type: 'array', items: { type: 'object', properties: { file: ID } } },
      upload: { format: 'bazaar-file', 'x-max-bytes': 1 },
    },
  };

  it('are found by their format', () => {
    expect(fileIdPaths(schema)).toEqual([['cv'], ['more', '*', 'file']]);
    expect(uploadFields(schema)).toEqual(['upload']);
    expect(fileIdPaths({})).toEqual([]);
    expect(uploadFields({})).toEqual([]);
  });

  it('are read from values, whatever is missing', () => {
    const paths = fileIdPaths(schema);
    expect(fileIdsIn({ cv: 'a', more: [{ file: 'b' }, { file: 'a' }, {}, null] }, paths)).toEqual(['a', 'b']);
    expect(fileIdsIn({ cv: 7, more: 'x' }, paths)).toEqual([]);
    expect(fileIdsIn(null, paths)).toEqual([]);
    expect(fileIdsIn({ cv: 'a' }, [])).toEqual([]);
  });
});
