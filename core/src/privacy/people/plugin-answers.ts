import type { JsonObject, JsonValue, PersonErasure, PersonExport } from '@bazaar/sdk';
import { compileSchema, fieldErrors } from '../../plugins/index.ts';

const NAME = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 };
const WORDS = { type: 'string', minLength: 1, maxLength: 300 };
const IDS = { type: 'array', maxItems: 10_000, items: { type: 'string', minLength: 1, maxLength: 200 } };
const FILES = { type: 'array', maxItems: 10_000, items: { type: 'string', format: 'uuid' } };
const COUNT = { type: 'integer', minimum: 0 };

const EXPORT = {
  type: 'object',
  required: ['collections'],
  properties: {
    collections: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['name', 'title', 'records'],
        properties: { name: NAME, title: WORDS, records: { type: 'array', items: { type: 'object' } } },
      },
    },
    files: FILES,
    nextCursor: { type: 'string', minLength: 1, maxLength: 2000 },
  },
};

const ERASURE = {
  type: 'object',
  required: ['erased', 'kept'],
  properties: {
    erased: {
      type: 'array',
      maxItems: 100,
      items: { type: 'object', required: ['what', 'count'], properties: { what: WORDS, count: COUNT } },
    },
    kept: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['what', 'count', 'reason'],
        properties: { what: WORDS, count: COUNT, reason: { ...WORDS, maxLength: 1000 } },
      },
    },
    files: FILES,
    ids: IDS,
  },
};

function reader<Answer>(schema: JsonObject, handler: string): (answer: JsonValue) => Answer {
  let check: ReturnType<typeof compileSchema> | undefined;
  return (answer) => {
    check ??= compileSchema(schema);
    const errors = check.errorsOf(answer);
    if (errors.length === 0) return answer as Answer;
    const wrong = fieldErrors(errors)
      .slice(0, 5)
      .map(({ pointer, message }) => `${pointer}: ${message}`);
    throw new TypeError(`"${handler}" returned something else than it should: ${wrong.join(' ')}`);
  };
}

/** Plugins are strangers: their answers are looked at before anything is made of them. Throw in words. */
export const readExport = reader<PersonExport>(EXPORT, 'exportPerson');
export const readErasure = reader<PersonErasure>(ERASURE, 'erasePerson');
