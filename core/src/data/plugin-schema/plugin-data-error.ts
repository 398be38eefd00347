/** Why the data of a plugin cannot be installed, in words for its author: what is wrong, where, and the remedy. */
export class PluginDataError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PluginDataError';
  }
}
