import { hash } from 'node:crypto';
import type { Manifest } from '@bazaar/sdk';
import manifestSchema from '@bazaar/sdk/manifest.schema.json' with { type: 'json' };
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { messageOf } from '../../errors/index.ts';
import { checkActions } from './checks/actions.ts';
import { checkDependencies } from './checks/dependencies.ts';
import { checkEvents } from './checks/events.ts';
import { checkInterface } from './checks/interface.ts';
import { checkPermissions } from './checks/permissions.ts';
import { checkPricing } from './checks/pricing.ts';
import { createReview } from './checks/review.ts';
import { checkSchedules } from './checks/schedules.ts';
import { checkSchema } from './checks/schemas.ts';
import { checkUnseen } from './checks/unseen.ts';
import type { PackageIssue } from './issue.ts';
import { DUPLICATE_KEY, parseJson } from './parse-json.ts';

export const MANIFEST_FILE = 'plugin.json';

/** More than any honest manifest has; bounds the work of all later checks. */
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 40;

let validate: ValidateFunction | undefined;

function manifestValidator(): ValidateFunction {
  validate ??= new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strictRequired: false,
    // A test checks the schema itself.
    validateSchema: false,
    // Used once for each plugin: optimising would take longer than it saves.
    code: { optimize: false },
  }).compile(manifestSchema);
  return validate;
}

export type ManifestReview = { manifest: Manifest; issues: [] } | { manifest?: undefined; issues: PackageIssue[] };

/** Hashes of texts that were found valid: a start reads some more than once. */
const passed = new Set<string>();
const MOST_REMEMBERED = 10_000;

/** Reads the text of a `plugin.json`: returns the manifest, or everything that is wrong with it. */
export function reviewManifest(text: string): ManifestReview {
  const digest = hash('sha512', text, 'base64');
  if (passed.has(digest)) return { manifest: JSON.parse(text) as Manifest, issues: [] };
  const review = reviewText(text);
  if (review.manifest && passed.size < MOST_REMEMBERED) passed.add(digest);
  return review;
}

function reviewText(text: string): ManifestReview {
  const issues: PackageIssue[] = [];
  const report = (pointer: string, message: string): void => {
    issues.push({ file: MANIFEST_FILE, pointer, message });
  };
  const value = parse(text, report);
  if (value === undefined) return { issues };
  checkUnseen(value, report);
  const isShaped = manifestValidator();
  if (!isShaped(value)) {
    for (const error of withoutEchoes(isShaped.errors ?? [])) report(error.instancePath, explain(error));
    return { issues };
  }
  const manifest = value as Manifest;
  const review = createReview(manifest, report);
  checkDependencies(review);
  checkPermissions(review);
  if (manifest.settings) checkSchema(review, '/settings', manifest.settings, { object: true, uploads: false });
  checkActions(review);
  checkSchedules(review);
  checkEvents(review);
  checkInterface(review);
  checkPricing(review);
  return issues.length === 0 ? { manifest, issues: [] } : { issues };
}

function parse(text: string, report: (pointer: string, message: string) => void): unknown {
  if (text.length > MAX_BYTES) {
    report('', `is larger than ${MAX_BYTES} bytes`);
    return undefined;
  }
  try {
    const { value, duplicates } = parseJson(text);
    for (const pointer of duplicates) report(pointer, DUPLICATE_KEY);
    if (depthOf(value, 0) <= MAX_DEPTH) return value;
    report('', `is nested deeper than ${MAX_DEPTH} levels`);
  } catch (error) {
    report('', messageOf(error));
  }
  return undefined;
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return depth;
  let deepest = depth + 1;
  for (const child of Object.values(value)) deepest = Math.max(deepest, depthOf(child, depth + 1));
  return deepest;
}

/** `anyOf` reports its branches as well as itself. */
function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter(
    (error) => error.keyword !== 'anyOf' && error.keyword !== 'propertyNames' && error.keyword !== 'const',
  );
}

function explain(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return `"${params.additionalProperty}" is unknown here; remove it or correct its spelling`;
    case 'required':
      return `"${params.missingProperty}" is missing; add it`;
    case 'pattern':
      return `does not have the form it needs (${params.pattern})${describe(error)}`;
    case 'enum':
      return `must be one of ${JSON.stringify(params.allowedValues)}`;
    default:
      return `${error.message ?? 'is not allowed'}${error.propertyName === undefined ? '' : ` (name "${error.propertyName}")`}`;
  }
}

function describe(error: ErrorObject): string {
  const parent = error.parentSchema as { description?: unknown } | undefined;
  const name = error.propertyName === undefined ? '' : ` in the name "${error.propertyName}"`;
  return `${name}${typeof parent?.description === 'string' ? `: ${parent.description}` : ''}`;
}
