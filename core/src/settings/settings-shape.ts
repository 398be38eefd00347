import { isDeepStrictEqual } from 'node:util';
import type { FieldError, JsonObject, JsonSchema, JsonValue, Manifest } from '@bazaar/sdk';
import { pointerOf } from '../errors/index.ts';
import { withDefaults } from './defaults.ts';
import { joinSecrets, type Path, type SplitValues, secretPaths, splitSecrets } from './secret-paths.ts';

const NO_SETTINGS: JsonSchema = { type: 'object', properties: {}, additionalProperties: false };

/** What follows from a plugin's settings schema. Pure. */
export interface SettingsShape {
  schema: JsonSchema;
  check(values: JsonObject): FieldError[];
  /** All values, defaults filled in. */
  whole(stored: SplitValues): JsonObject;
  /** The same as JSON, made once for what is stored: handlers ask for it in most of their calls. */
  wholeText(stored: SplitValues): string;
  /** What may be shown, defaults filled in. */
  shown(stored: SplitValues): JsonObject;
  /** What is to be stored when an admin sends `values`: secrets kept when absent, removed when `null`. */
  merge(stored: SplitValues, values: JsonObject): SplitValues;
}

export function settingsShape(
  { settings: schema = NO_SETTINGS }: Pick<Manifest, 'settings'>,
  compile: (schema: JsonSchema) => (values: JsonObject) => FieldError[],
): SettingsShape {
  const paths: Path[] = secretPaths(schema);
  const check = compile(schema);
  const whole = (stored: SplitValues) => withDefaults(schema, joinSecrets(stored, paths));
  const texts = new WeakMap<SplitValues, string>();
  return {
    schema,
    check,
    whole,
    wholeText(stored) {
      const text = texts.get(stored) ?? JSON.stringify(whole(stored));
      texts.set(stored, text);
      return text;
    },
    shown: (stored) => splitSecrets(withDefaults(schema, joinSecrets(stored, paths)), paths).visible,
    merge(stored, values) {
      const sent = splitSecrets(values, paths);
      const secrets = new Map<string, JsonValue>();
      for (const path of paths) {
        const pointer = pointerOf(path);
        const value = sent.secrets.has(pointer) ? sent.secrets.get(pointer) : stored.secrets.get(pointer);
        if (value !== undefined && value !== null) secrets.set(pointer, value);
      }
      // Joined and taken apart again: a secret whose object was removed goes with it.
      return splitSecrets(joinSecrets({ visible: sent.visible, secrets }, paths), paths);
    },
  };
}

/** Names of what differs, for the audit log: top-level properties, and pointers of secrets. Never values. */
export function changedNames(before: SplitValues, after: SplitValues): { changed: string[]; secretsChanged: string[] } {
  const names = new Set([...Object.keys(before.visible), ...Object.keys(after.visible)]);
  const pointers = new Set([...before.secrets.keys(), ...after.secrets.keys()]);
  const own = (values: JsonObject, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  return {
    changed: [...names]
      .filter((name) => !isDeepStrictEqual(own(before.visible, name), own(after.visible, name)))
      .sort(),
    secretsChanged: [...pointers]
      .filter((pointer) => !isDeepStrictEqual(before.secrets.get(pointer), after.secrets.get(pointer)))
      .sort(),
  };
}
