/** An id in an input. The pattern refuses the `urn:uuid:` that the format alone lets through. */
export const UUID_INPUT = {
  type: 'string',
  format: 'uuid',
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
};

/** A plugin's id in an input. */
export const PLUGIN_INPUT = { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 };

// Control characters and separators would begin lines of their own in letters; the others turn the direction of the
// text that stands around them.
const NOT_IN_NAMES = '\\p{Cc}\\p{Zl}\\p{Zp}\u202A-\u202E\u2066-\u2069';

/** What people say in one line, or nothing. */
export const LINE_INPUT = { type: 'string', pattern: `^[^${NOT_IN_NAMES}]*$` };

/** What people call something: one line in which something can be read. */
export const NAME_INPUT = {
  type: 'string',
  minLength: 1,
  pattern: `^[^${NOT_IN_NAMES}]*[^\\s${NOT_IN_NAMES}][^${NOT_IN_NAMES}]*$`,
};
