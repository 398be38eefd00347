import { nameOf, nodesOf, type SqlNode, statements, unwrap, writesOf } from './parse.ts';

/** In rising order: each keeps out what the one before does. */
export const LOCK_MODES = ['share', 'share row exclusive', 'access exclusive'] as const;
export type LockMode = (typeof LOCK_MODES)[number];

export interface LockedRelation {
  /** Of a table or an index, without its schema. */
  name: string;
  mode: LockMode;
  /** Also the tables that are connected with it by foreign keys. */
  neighbours: boolean;
}

/** What these do to a table, they do to the constraints of its neighbours. */
const REACHES_NEIGHBOURS = new Set(['AT_DropConstraint', 'AT_DropColumn', 'AT_AlterColumnType']);
const DROPS = new Set(['OBJECT_TABLE', 'OBJECT_INDEX']);

function lockedBy(statement: SqlNode): LockedRelation[] {
  const [kind, node] = unwrap(statement);
  const locked = (mode: LockMode, names: readonly string[], neighbours = false) =>
    names.map((name) => ({ name, mode, neighbours }));
  const referenced = nodesOf(statement, 'pktable').map(nameOf);
  const found = [
    ...locked('share row exclusive', referenced),
    ...locked(
      'share row exclusive',
      writesOf(statement).map(({ relation }) => nameOf(relation)),
    ),
  ];
  switch (kind) {
    case 'IndexStmt':
      return [...found, ...locked('share', [nameOf(node.relation)])];
    case 'RenameStmt':
      return [...found, ...locked('access exclusive', [nameOf(node.relation)])];
    case 'CreateStmt':
      return [...found, ...locked('access exclusive', nodesOf(node.inhRelations ?? [], 'RangeVar').map(nameOf))];
    case 'AlterTableStmt': {
      const subtypes = nodesOf(node.cmds, 'AlterTableCmd').map(({ subtype }) => String(subtype));
      const partitions = nodesOf(node.cmds, 'PartitionCmd').map(({ name }) => nameOf(name));
      const neighbours = subtypes.some((subtype) => REACHES_NEIGHBOURS.has(subtype));
      return [...found, ...locked('access exclusive', [nameOf(node.relation), ...partitions], neighbours)];
    }
    case 'DropStmt': {
      if (!DROPS.has(String(node.removeType))) return found;
      const names = nodesOf(node.objects, 'List').map(({ items }) => {
        const last = (items as { String?: { sval?: string } }[]).at(-1);
        return last?.String?.sval ?? '';
      });
      return [...found, ...locked('access exclusive', names, true)];
    }
    default:
      return found;
  }
}

/** Which relations a checked migration locks, as far as its text tells; some may only be made by it. */
export function lockedRelations(source: string, sql: string): LockedRelation[] {
  return statements(source, sql).flatMap(lockedBy);
}
