import semver from 'semver';
import { parseCapability } from '../capability.ts';
import { type Review, reportRepeated } from './review.ts';

const RANGE_HELP = 'write a semantic version range such as "^1.0.0"';

/** The kernel's own names, and the first segments of its addresses: a plugin's screens live under its id. */
const RESERVED_IDS: ReadonlySet<string> = new Set(
  'core bazaar admin api assets healthz metrics readyz setup sign-in t tasks ui'.split(' '),
);

/** Id, version ranges, capabilities. */
export function checkDependencies(review: Review): void {
  const { manifest, report } = review;
  if (RESERVED_IDS.has(manifest.id)) report('/id', `"${manifest.id}" is reserved; choose another id`);
  if (semver.valid(manifest.version) === null) report('/version', 'is not a semantic version; write e.g. "1.0.0"');
  if (semver.validRange(manifest.sdk) === null) report('/sdk', `is not a version range; ${RANGE_HELP}`);
  for (const kind of ['requires', 'optional'] as const) {
    for (const [id, range] of Object.entries(manifest[kind] ?? {})) {
      if (semver.validRange(range) === null)
        report(`/${kind}/${id}`, `"${range}" is not a version range; ${RANGE_HELP}`);
      if (id === manifest.id) report(`/${kind}/${id}`, 'a plugin cannot depend on itself; remove the line');
      if (kind === 'optional' && manifest.requires?.[id] !== undefined) {
        report(`/optional/${id}`, 'is required as well; keep only one of the two');
      }
    }
  }
  checkCapabilities(review);
}

function checkCapabilities(review: Review): void {
  const { manifest, report } = review;
  const requests = manifest.capabilities ?? [];
  reportRepeated(
    review,
    requests.map((request, index) => [`/capabilities/${index}/capability`, request.capability] as const),
    'capability',
  );
  for (const [index, { capability }] of requests.entries()) {
    const pointer = `/capabilities/${index}/capability`;
    const parsed = parseCapability(capability);
    if (!parsed) {
      report(
        pointer,
        `"${capability}" is not a capability; use files, documents, tasks, users, http:<host>, ` +
          'action:<plugin>.<action> or event:<plugin>.<event>',
      );
    } else if (parsed.kind === 'action' || parsed.kind === 'event') {
      if (parsed.plugin === manifest.id) {
        report(pointer, `a plugin needs no capability for its own ${parsed.kind}s; remove the request`);
      } else if (!review.dependencies.has(parsed.plugin)) {
        report(pointer, `names plugin "${parsed.plugin}"; add it with a version range to "requires" or "optional"`);
      }
    }
  }
}
