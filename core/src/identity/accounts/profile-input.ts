/** The address of a page in an input, or nothing: only what is safe behind a link. */
export const URL_INPUT = { type: 'string', maxLength: 300, pattern: '^(https?://[^\\s"<>]+)?$' };

/** A name of the IANA time zone database in an input, or nothing. */
export const TIME_ZONE_INPUT = { type: 'string', maxLength: 60, pattern: '^[A-Za-z0-9_+/-]*$' };
