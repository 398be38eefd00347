import { FUNCTIONS, TYPES, VALUE_FUNCTIONS } from './allow-lists.ts';
import type { SqlNode } from './parse.ts';
import { SqlRefused } from './refused.ts';

/** What a piece of SQL may touch. */
export interface Reach {
  /** Named in messages, e.g. `queries/list-jobs.sql`. */
  source: string;
  schema: string;
  nodes: ReadonlySet<string>;
  /** Functions of schema `bazaar`. */
  kernelFunctions: ReadonlySet<string>;
}

function names(list: unknown): string[] {
  return Array.isArray(list) ? list.map((item) => String(item?.String?.sval ?? '')) : [];
}

function commonTables(node: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(node)) for (const item of node) commonTables(item, found);
  else if (typeof node === 'object' && node !== null) {
    const { ctename } = node as { ctename?: string };
    if (ctename !== undefined) found.add(ctename);
    for (const value of Object.values(node)) commonTables(value, found);
  }
  return found;
}

/** Walks the whole tree and refuses every node, relation, function and type outside the reach. */
export function checkReach(statement: SqlNode, reach: Reach): void {
  const { source, schema } = reach;
  const refuse = (complaint: string): never => {
    throw new SqlRefused(source, complaint);
  };
  const ctes = commonTables(statement, new Set());
  for (const name of ctes) if (/^pg_/i.test(name)) refuse(`WITH may not be named “${name}”`);

  const relation = (node: SqlNode) => {
    const name = String(node.relname);
    const named = [node.catalogname, node.schemaname, name].filter(Boolean).join('.');
    const own = node.schemaname === undefined ? !/^pg_/i.test(name) : node.schemaname === schema;
    if (node.catalogname !== undefined || !own) {
      refuse(`names “${named}”; a plugin reaches only tables of its own schema “${schema}”`);
    }
    if (node.relpersistence === 't') refuse(`makes “${named}” temporary; use an ordinary table`);
    if (node.relpersistence === 'u') refuse(`makes “${named}” unlogged; its rows would be lost in a crash`);
  };

  const call = (path: string[]) => {
    const name = path.at(-1) ?? '';
    const from = path.length === 1 ? 'pg_catalog' : path.slice(0, -1).join('.');
    const allowed = from === 'pg_catalog' ? FUNCTIONS.has(name) : from === 'bazaar' && reach.kernelFunctions.has(name);
    if (!allowed) refuse(`calls “${path.join('.')}”, which is not on the list of allowed functions`);
  };

  const type = (path: string[]) => {
    const name = path.at(-1) ?? '';
    const from = path.length === 1 ? undefined : path.slice(0, -1).join('.');
    const builtIn = (from === undefined || from === 'pg_catalog') && TYPES.has(name);
    // Names of array types begin with an underscore (`_regclass`); plugins write `mood[]`.
    // An unqualified name that is no built-in can only be a type of the plugin's schema; PREPARE finds out whether it is.
    const own =
      from === schema || (from === undefined && !/^(_|reg|pg_|oid|xid|cid|tid|name$|any|record|xml)/i.test(name));
    if (!builtIn && !own) refuse(`names the type “${path.join('.')}”, which is not on the list of allowed types`);
  };

  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const content = node as SqlNode;
    // By shape and not by kind: in many places the tree holds these nodes without their wrapper.
    if (typeof content.relname === 'string') relation(content);
    if (Array.isArray(content.funcname)) call(names(content.funcname));
    if (Array.isArray(content.names) && 'typemod' in content) type(names(content.names));
    if (content.intoClause !== undefined) refuse('SELECT INTO makes a table; create it in a migration');
    for (const [key, value] of Object.entries(content)) {
      if (/^[A-Z]/.test(key)) {
        if (!reach.nodes.has(key)) refuse(`uses ${key}, which plugins may not`);
        if (key === 'A_Expr') {
          const operator = names((value as SqlNode).name);
          if (operator.length > 1 && operator[0] !== 'pg_catalog') refuse(`uses the operator “${operator.join('.')}”`);
        }
        if (key === 'SQLValueFunction' && !VALUE_FUNCTIONS.has(String((value as SqlNode).op))) {
          refuse('asks for the database user or catalogue');
        }
        if (key === 'CollateClause' && names((value as SqlNode).collname).length > 1)
          refuse('names a schema in COLLATE');
      }
      walk(value);
    }
  };
  walk(statement);
}
