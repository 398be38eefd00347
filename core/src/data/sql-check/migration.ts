import { ALTER_TABLE, DROPPABLE, MIGRATION_NODES, QUERY_NODES, RENAMABLE } from './allow-lists.ts';
import { protectsOnly } from './migration-parts.ts';
import { nodesOf, placeOf, type SqlNode, statementsWithPlaces, unwrap } from './parse.ts';
import { checkReach } from './reach.ts';
import { SqlRefused } from './refused.ts';

const STATEMENTS = new Set([
  'CreateStmt',
  'AlterTableStmt',
  'IndexStmt',
  'CreateEnumStmt',
  'AlterEnumStmt',
  'CreateDomainStmt',
  'AlterDomainStmt',
  'ViewStmt',
  'CommentStmt',
  'DropStmt',
  'RenameStmt',
  'CreateSeqStmt',
  'AlterSeqStmt',
  'CreateStatsStmt',
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
]);

const REMEDIES: Record<string, string> = {
  CreatePolicyStmt: 'write select bazaar.protect(…) after CREATE TABLE instead of CREATE POLICY',
  GrantStmt: 'grants are made by the kernel',
  CreateFunctionStmt: 'plugins keep their logic in their code, not in database functions',
  CreateTrigStmt: 'plugins keep their logic in their code, not in triggers',
  TransactionStmt: 'every migration runs in a transaction of the kernel',
  CreateTableAsStmt: 'create the table first and INSERT … SELECT',
  VariableSetStmt: 'settings of the session belong to the kernel',
  CreateExtensionStmt: 'extensions are the operator’s decision',
};

const NODES: ReadonlySet<string> = new Set([...QUERY_NODES, ...MIGRATION_NODES]);
const KERNEL_FUNCTIONS: ReadonlySet<string> = new Set(['protect', 'current_tenant']);

const TENANT_COLUMN = 'tenant_id';
const TAKES_AWAY = new Set(['AT_DropColumn', 'AT_AlterColumnType', 'AT_SetExpression', 'AT_DropExpression']);
const KEEPS_TENANT = 'the column tenant_id tells whose a row is, for as long as there is one';

/** `bazaar.protect` is a definition and runs as one: alone, so that no row is read on the way. */
function protects(statement: SqlNode): boolean {
  return nodesOf(statement, 'FuncCall').some(
    ({ funcname }) => path({ List: { items: funcname } }).at(-1) === 'protect',
  );
}

function path(object: unknown): string[] {
  const list = (object as { List?: { items?: { String?: { sval?: string } }[] } }).List?.items;
  return (list ?? []).map((item) => item.String?.sval ?? '');
}

function checkStatement(source: string, schema: string, kind: string, node: SqlNode): void {
  const refuse = (complaint: string): never => {
    throw new SqlRefused(source, complaint);
  };
  switch (kind) {
    case 'AlterTableStmt':
      for (const command of (node.cmds as SqlNode[] | undefined) ?? []) {
        const { subtype, name } = unwrap(command)[1];
        if (!ALTER_TABLE.has(String(subtype)))
          refuse(`a migration may not change a table like this (${String(subtype)})`);
        if (name === TENANT_COLUMN && TAKES_AWAY.has(String(subtype))) refuse(KEEPS_TENANT);
      }
      break;
    case 'DropStmt':
      if (!DROPPABLE.has(String(node.removeType))) refuse('may not drop this');
      for (const object of (node.objects as unknown[] | undefined) ?? []) {
        const names = path(object);
        if (names.length > 2 || (names.length === 2 && names[0] !== schema)) refuse(`drops “${names.join('.')}”`);
      }
      break;
    case 'RenameStmt':
      if (!RENAMABLE.has(String(node.renameType))) refuse('may not rename this');
      if (node.subname === TENANT_COLUMN || node.newname === TENANT_COLUMN) refuse(KEEPS_TENANT);
      break;
    case 'IndexStmt':
      if (node.concurrent) refuse('CREATE INDEX CONCURRENTLY cannot run in a migration’s transaction');
      if (node.tableSpace) refuse('may not choose a tablespace');
      break;
    case 'CreateStmt':
      if (node.tablespacename) refuse('may not choose a tablespace');
      // Whoever may read the table that is inherited from reads the rows of all that inherit, whosever they are.
      if (node.inhRelations !== undefined && node.partbound === undefined)
        refuse('a table may not inherit from another; give it its own columns, or make it a partition');
      break;
    case 'CreateStatsStmt':
      // PostgreSQL would compute them in the background, where no time limit holds.
      if ((node.exprs as SqlNode[] | undefined)?.some((item) => unwrap(item)[1].expr !== undefined))
        refuse('statistics are of columns, not of expressions');
      break;
  }
}

/** Named objects that are no relations: `create type other.mood`, `create sequence …` are caught by the names in lists. */
function checkDefinedNames(source: string, schema: string, node: SqlNode): void {
  for (const key of ['typeName', 'domainname', 'defnames']) {
    const list = node[key];
    if (!Array.isArray(list)) continue;
    const names = list.map((item) => String(item?.String?.sval ?? ''));
    if (names.length > 2 || (names.length === 2 && names[0] !== schema)) {
      throw new SqlRefused(source, `defines “${names.join('.')}” outside the plugin's schema “${schema}”`);
    }
  }
}

/** Checks one half of a migration: definitions and data of the plugin's own schema. Throws `SqlRefused`. */
export function checkMigration(sql: string, { schema, name }: { schema: string; name: string }): void {
  for (const { statement, offset } of statementsWithPlaces(name, sql)) {
    try {
      checkOne(name, schema, statement);
    } catch (error) {
      throw error instanceof SqlRefused ? error.at(placeOf(sql, offset)) : error;
    }
  }
}

function checkOne(name: string, schema: string, statement: SqlNode): void {
  const [kind, node] = unwrap(statement);
  if (!STATEMENTS.has(kind)) {
    const why = REMEDIES[kind] ?? 'tables, their columns, indexes and types, views, and rows are what it may change';
    throw new SqlRefused(name, `a migration may not do this: ${why}`);
  }
  if (protects(statement) && !protectsOnly(statement))
    throw new SqlRefused(name, "bazaar.protect is called alone and with a name: select bazaar.protect('jobs')");
  checkStatement(name, schema, kind, node);
  checkDefinedNames(name, schema, node);
  checkReach(statement, { source: name, schema, nodes: NODES, kernelFunctions: KERNEL_FUNCTIONS });
}
