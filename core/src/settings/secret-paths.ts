import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { pointerOf } from '../errors/index.ts';
import { isObject, resolveReference } from './json-object.ts';

/** Names of properties from the top: `['mail', 'password']`. */
export type Path = readonly string[];

const MARK = 'x-secret';
/** More than any schema written by a person takes. */
const MOST_STEPS = 20_000;
/** Keywords whose schemas describe the same value. */
const SAME_VALUE = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'not', 'dependentSchemas'];
/** Keywords whose schemas describe values that have no fixed name. */
const UNNAMED = [
  'items',
  'prefixItems',
  'contains',
  'additionalProperties',
  'patternProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
];

/** Anything but `false` counts: a slip must not show a secret. */
function isMarked(node: JsonSchema): boolean {
  return node[MARK] !== undefined && node[MARK] !== false;
}

/** The schemas directly below a keyword: one, a list, or a map. */
function schemasOf(keyword: string, value: unknown): JsonSchema[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  const isMap = keyword === 'dependentSchemas' || keyword === 'patternProperties';
  return isMap ? Object.values(value).filter(isObject) : [value];
}

/**
 * Where a settings schema marks secrets (`"x-secret": true`), in whatever branch they stand. A secret inside a list, or
 * under a name that is not fixed, makes the whole list or map secret: what has no fixed place cannot be kept while the
 * rest is replaced. Paths below another secret are left out.
 */
export function secretPaths(schema: JsonSchema): Path[] {
  const found = new Map<string, Path>();
  let steps = 0;
  const hasSecrets = JSON.stringify(schema).includes(`"${MARK}":`);

  /** `named` is the innermost value with a fixed place that `node` belongs to. */
  function visit(node: JsonSchema, path: Path, named: boolean, open: ReadonlyMap<JsonSchema, Path>): void {
    steps += 1;
    if (steps > MOST_STEPS) throw new Error('the settings schema is too complex');
    const from = open.get(node);
    // A schema that contains itself has secrets at any depth: the value it begins again at is kept secret as a whole.
    const secret = from === undefined ? isMarked(node) : from.length < path.length && hasSecrets;
    if (secret) found.set(JSON.stringify(path), path);
    if (secret || from !== undefined) return;
    const within = new Map(open).set(node, path);
    const target = resolveReference(schema, node.$ref);
    if (target) visit(target, path, named, within);
    for (const keyword of SAME_VALUE) {
      for (const branch of schemasOf(keyword, node[keyword])) visit(branch, path, named, within);
    }
    for (const keyword of UNNAMED) {
      for (const branch of schemasOf(keyword, node[keyword])) visit(branch, path, false, within);
    }
    const { properties } = node;
    if (!isObject(properties)) return;
    for (const [name, property] of Object.entries(properties)) {
      if (isObject(property)) visit(property, named ? [...path, name] : path, named, within);
    }
  }

  visit(schema, [], true, new Map());
  const paths = [...found.values()];
  const isBelow = (path: Path, other: Path): boolean =>
    other.length < path.length && other.every((name, index) => path[index] === name);
  return paths.filter((path) => !paths.some((other) => isBelow(path, other)));
}

/** Settings taken apart: what may be shown, and by pointer what may not. */
export interface SplitValues {
  visible: JsonObject;
  secrets: Map<string, JsonValue>;
}

/** Takes the secrets out. Empty objects that only held secrets stay. Does not change `values`. */
export function splitSecrets(values: JsonObject, paths: readonly Path[]): SplitValues {
  const secrets = new Map<string, JsonValue>();
  let visible: JsonObject = values;
  for (const path of paths) {
    const value = valueAt(visible, path);
    if (value === undefined) continue;
    secrets.set(pointerOf(path), value);
    visible = without(visible, path);
  }
  return { visible, secrets };
}

/** Puts the secrets back. A secret whose object has been removed stays out, as it has no meaning there. */
export function joinSecrets({ visible, secrets }: SplitValues, paths: readonly Path[]): JsonObject {
  let values = visible;
  for (const path of paths) {
    const value = secrets.get(pointerOf(path));
    if (value !== undefined) values = withValue(values, path, value);
  }
  return values;
}

function valueAt(values: JsonObject, path: Path): JsonValue | undefined {
  let node: JsonValue | undefined = values;
  for (const name of path) node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  return node;
}

function without(values: JsonObject, [name, ...rest]: Path): JsonObject {
  if (name === undefined) return {};
  const { [name]: inner, ...others } = values;
  return rest.length > 0 && isObject(inner) ? { ...others, [name]: without(inner, rest) } : others;
}

function withValue(values: JsonObject, [name, ...rest]: Path, value: JsonValue): JsonObject {
  if (name === undefined) return isObject(value) ? value : values;
  if (rest.length === 0) return { ...values, [name]: value };
  const inner = Object.hasOwn(values, name) ? values[name] : undefined;
  return isObject(inner) ? { ...values, [name]: withValue(inner, rest, value) } : values;
}
