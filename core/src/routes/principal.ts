/** The authenticated caller in one tenant. */
export interface Principal {
  tenant: { id: string; slug: string; name: string };
  user: { id: string; name: string; email: string; isOperator: boolean };
  sessionId: string;
  /** Sorted; kernel permissions as `core:<name>`, plugins' as `<plugin>:<name>`. */
  permissions: readonly string[];
}
