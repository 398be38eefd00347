import type { Schema } from './schema.ts';

const MOST_STEPS = 20_000;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function targetOf(root: unknown, reference: string): unknown {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let node: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isObject(node) || !Object.hasOwn(node, name)) return undefined;
    node = node[name];
  }
  return node;
}

/**
 * The schema with its references to itself (`#/$defs/…`) put in place. Where a schema contains itself it ends in an
 * open one, which the form edits as JSON.
 */
export function resolveReferences(root: Schema): Schema {
  let steps = 0;

  function visit(node: unknown, open: readonly string[]): unknown {
    steps += 1;
    if (steps > MOST_STEPS) throw new Error('The settings schema is too complex.');
    if (Array.isArray(node)) return node.map((item) => visit(item, open));
    if (!isObject(node)) return node;
    const { $ref: reference, ...rest } = node;
    const own = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, visit(value, open)]));
    if (typeof reference !== 'string') return own;
    if (open.includes(reference)) return { title: own.title, description: own.description };
    const target = visit(targetOf(root, reference) ?? {}, [...open, reference]);
    return isObject(target) ? { ...target, ...own } : own;
  }

  return visit(root, ['#']) as Schema;
}
