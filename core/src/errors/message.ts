/** What a thrown value says, for logs and reports: JavaScript throws anything, not only errors. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
