/** An id in an input. The pattern refuses the `urn:uuid:` that the format alone lets through. */
export const UUID_INPUT = {
  type: 'string',
  format: 'uuid',
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
};

/** A plugin's id in an input. */
export const PLUGIN_INPUT = { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 };
