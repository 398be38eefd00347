export type BodyKind = 'none' | 'json' | 'multipart' | 'urlencoded' | 'other';

/** What a Content-Type header announces. JSON in a charset other than UTF-8 is `other`. */
export function bodyKind(header: string | undefined): BodyKind {
  if (header === undefined || header === '') return 'none';
  if (header === 'application/json') return 'json';
  const [type = '', ...parameters] = header.toLowerCase().split(';');
  const media = type.trim();
  if (media === 'multipart/form-data') return 'multipart';
  if (media === 'application/x-www-form-urlencoded') return 'urlencoded';
  if (media !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(media)) return 'other';
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return charset === undefined || /^charset="?utf-?8"?$/.test(charset) ? 'json' : 'other';
}
