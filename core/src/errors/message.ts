/** The message of a thrown value, for logs and reports: JavaScript throws anything, not only errors. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
