/**
 * The message of a thrown value, for logs and reports: JavaScript throws anything, not only errors, and some errors
 * (such as Node's for several addresses that all refuse a connection) have a name only.
 */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  return String(thrown);
}
