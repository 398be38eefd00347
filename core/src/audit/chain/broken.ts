/** What can be wrong with a row, a link, or the end of a chain. */
export type Damage =
  | 'altered'
  | 'removed'
  | 'inserted'
  | 'backdated'
  | 'reordered'
  | 'cut'
  | 'forged'
  | 'unsealed'
  | 'miscounted';

export interface Broken {
  kind: Damage;
  message: string;
  /** `null` when it concerns all tenants together. */
  tenantId: string | null;
  /** Number of the link in the tenant's chain. */
  seq: number | null;
  row: { id: string; micros: string } | null;
}
