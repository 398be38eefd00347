import type { JsonObject, JsonValue } from '@bazaar/sdk';
import manifestSchema from '@bazaar/sdk/manifest.schema.json' with { type: 'json' };
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { describeIssue } from './issue.ts';
import { reviewManifest } from './review-manifest.ts';

function manifest(): JsonObject {
  return {
    id: 'job-board',
    name: 'Job board',
    version: '1.0.0',
    sdk: '^1.0.0',
    description: 'Jobs.',
    publisher: 'Bazaar',
    category: 'recruiting',
    requires: { people: '^2.0.0' },
    capabilities: [
      { capability: 'files', reason: 'Keeps the CVs of applicants' },
      { capability: 'event:people.person.removed', reason: 'Forgets people who asked for it' },
    ],
    permissions: [{ name: 'jobs.write', title: 'Edit jobs' }],
    roles: { recruiter: ['jobs.write'] },
    pricing: {
      currency: 'EUR',
      monthly: 4900,
      meters: [{ name: 'calls', title: 'Calls', unit: 'call', included: 100, unitAmount: '0.4', hardCap: 500 }],
    },
    settings: { type: 'object', properties: { currency: { type: 'string', default: 'EUR' } } },
    events: [
      {
        name: 'job.published',
        version: 1,
        description: 'A job became public.',
        subject: 'jobId',
        payload: { type: 'object', required: ['jobId'], properties: { jobId: { type: 'string' } } },
        audience: 'jobs.write',
      },
    ],
    subscriptions: [{ event: 'people.person.removed', version: 1 }],
    actions: [
      {
        name: 'jobs.get',
        summary: 'One job',
        effect: 'read',
        permission: 'public',
        input: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
        output: { type: 'object' },
        http: { method: 'GET', path: '/jobs/{id}' },
      },
      {
        name: 'jobs.apply',
        summary: 'Apply',
        effect: 'write',
        permission: 'public',
        input: {
          type: 'object',
          required: ['id', 'cv'],
          properties: { id: { type: 'string' }, cv: { format: 'bazaar-file', 'x-max-bytes': 1000 } },
        },
        output: { type: 'null' },
        http: { method: 'POST', path: '/jobs/{id}/applications', status: 204 },
      },
    ],
    pages: [{ path: '/jobs/{id}', action: 'jobs.get', submit: 'jobs.apply' }],
    screens: [
      { path: '/jobs', title: 'Jobs', element: 'job-board-jobs', module: 'jobs.js', permission: 'jobs.write' },
      { path: '/jobs/{id}', title: 'Job', element: 'job-board-job', module: 'job.js', permission: 'jobs.write' },
    ],
    navigation: [{ title: 'Jobs', icon: 'briefcase', path: '/jobs', permission: 'jobs.write', order: 1 }],
    widgets: [
      { slot: 'dashboard', title: 'Jobs', element: 'job-board-tile', module: 'tile.js', permission: 'jobs.write' },
    ],
  };
}

/** The manifest with one value replaced (or removed, by `undefined`) at a JSON Pointer. */
function altered(pointer: string, value: JsonValue | undefined): string {
  const root = manifest();
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  let node = root as Record<string, unknown>;
  for (const key of keys) node = node[key] as Record<string, unknown>;
  if (value === undefined) delete node[last];
  else node[last] = value;
  return JSON.stringify(root);
}

function issuesOf(text: string): string[] {
  return reviewManifest(text).issues.map(describeIssue);
}

it('has a schema in order', () => {
  expect(new Ajv2020().validateSchema(manifestSchema)).toBe(true);
});

describe('review of plugin.json', () => {
  it('accepts a manifest that is in order', () => {
    const review = reviewManifest(JSON.stringify(manifest()));
    expect(review.issues).toEqual([]);
    expect(review.manifest?.id).toBe('job-board');
  });

  it('accepts texts of many lines, and scripts that need joiners', () => {
    expect(issuesOf(altered('/description', 'Jobs.\n\tمی\u200Cخواهم 👩\u200D💻'))).toEqual([]);
  });

  it.each<[string, JsonValue | undefined, RegExp]>([
    ['/colour', 'red', /plugin.json: "colour" is unknown here/],
    ['/actions/0/http/verb', 'GET', /\/actions\/0\/http: "verb" is unknown/],
    ['/name', undefined, /"name" is missing; add it/],
    ['/id', 'Job_Board', /\/id: does not have the form/],
    ['/id', 'core', /"core" is reserved/],
    ['/id', 'admin', /"admin" is reserved/],
    ['/version', '1.0', /\/version/],
    ['/name', 'Job \u202Edraob', /\/name: holds the character U\+202E, which cannot be seen/],
    ['/publisher', 'Baz\u200Baar', /\/publisher: holds the character U\+200B/],
    ['/capabilities/0/reason', 'Keeps the CVs\u0007 of applicants', /\/capabilities\/0\/reason: holds .* U\+0007/],
    ['/actions/0/input/properties', { 'i\u2066d': {} }, /\/actions\/0\/input\/properties: a name here holds/],
    ['/sdk', 'newest', /\/sdk: is not a version range/],
    ['/requires/people', 'some', /\/requires\/people: "some" is not a version range/],
    ['/requires/job-board', '1', /cannot depend on itself/],
    ['/optional', { people: '^2.0.0' }, /\/optional\/people: is required as well/],
    ['/capabilities/0/capability', 'everything', /"everything" is not a capability; use files/],
    ['/capabilities/0/capability', 'action:crm.deals.list', /add it with a version range to "requires" or "optional"/],
    ['/capabilities/1/capability', 'files', /capability "files" is already at \/capabilities\/0/],
    ['/capabilities', [], /accepts a file: request the capability "files"/],
    ['/capabilities', [], /\/subscriptions\/0\/event: is another plugin's event: request the capability/],
    ['/roles/recruiter/0', 'jobs.wirte', /permission "jobs.wirte" is not defined.*jobs.write/],
    ['/roles/boss', [], /"boss" is unknown/],
    ['/settings', { type: 'objekt' }, /\/settings: is not a valid JSON Schema/],
    ['/settings', { type: 'string' }, /\/settings\/type: must be "object"/],
    [
      '/settings',
      { type: 'object', properties: { a: { type: 'string', minlength: 1 } } },
      /unknown keyword: "minlength"/,
    ],
    [
      '/settings',
      { type: 'object', properties: { a: { type: 'string', pattern: '(?=a)' } } },
      /\/settings: is not a valid/,
    ],
    ['/settings', { type: 'object', properties: { a: { $ref: 'https://example.com/a' } } }, /only "#\/\$defs\/<name>"/],
    ['/settings', { type: 'object', properties: { a: { type: 'array', uniqueItems: true } } }, /needs a "maxItems"/],
    ['/events/0/subject', 'id', /"id" is no property of the payload \(jobId\)/],
    ['/events/0/payload/required', [], /must hold "jobId"/],
    ['/events/0/payload/properties/jobId/type', 'object', /must be "string" or "integer"/],
    ['/events/0/audience', 'all', /permission "all" is not defined/],
    ['/subscriptions/0/event', 'job-board.job.closed', /is not an event of this plugin/],
    ['/subscriptions/0', { event: 'job-board.job.published', version: 2 }, /declared with version 1/],
    ['/actions/1/name', 'jobs.get', /action "jobs.get" is already at \/actions\/0\/name/],
    ['/actions/0/permission', 'jobs.read', /\/actions\/0\/permission: permission "jobs.read"/],
    ['/actions/0/permission', undefined, /needs a "permission" \(or "public"\)/],
    ['/actions/0/effect', 'write', /GET must not change anything/],
    ['/actions/1/http/method', 'GET', /needs POST, PUT or PATCH/],
    ['/actions/0/http/path', '/jobs/{slug}', /parameter \{slug\} must be a required property/],
    ['/actions/0/http/path', '/actions/{id}', /belongs to actions without a path/],
    ['/actions/0/http/path', 'jobs', /\/actions\/0\/http\/path/],
    ['/actions/0/http/download', true, /a download must return "fileId"/],
    ['/actions/1/http', { method: 'GET', path: '/jobs/{id}' }, /GET \/jobs\/\{id\} cannot be told from \/jobs\/\{id\}/],
    ['/actions/1/input/properties/cv', { format: 'bazaar-file' }, /x-max-bytes: must say how large/],
    [
      '/actions/1/input/properties/cv',
      { type: 'object', properties: { a: { format: 'bazaar-file' } } },
      /must be a direct property of the input/,
    ],
    ['/events/0/payload/properties/f', { format: 'bazaar-file' }, /only for inputs of actions/],
    [
      '/events/0/payload/properties/f',
      { anyOf: [{ type: 'string', format: 'bazaar-file-id' }] },
      /must be reachable through "properties" and "items"/,
    ],
    ['/pages/0/action', 'jobs.show', /"jobs.show" is not an action of this plugin \(jobs.get and jobs.apply\)/],
    ['/pages/0/action', 'jobs.apply', /must have the effect "read"/],
    ['/actions/1/permission', 'jobs.write', /which visitors never hold/],
    ['/screens/1/path', '/jobs', /cannot be told from \/screens\/0\/path/],
    ['/screens/0/element', 'other-jobs', /must begin with "job-board-"/],
    ['/widgets/0/element', 'job-board-jobs', /already defined by module "jobs.js"/],
    ['/navigation/0/path', '/people', /is not the path of a screen/],
    ['/navigation/0/path', '/jobs/{id}', /leads to a screen with a parameter/],
    ['/widgets/0/slot', 'sidebar', /the shell has no slot "sidebar"/],
    ['/widgets/0/slot', 'crm.deal', /is a slot of plugin "crm"/],
    ['/demo', { 'acme-staffing': '../secret.json' }, /\/demo\/acme-staffing/],
    ['/pricing', { currency: 'eur', monthly: 1 }, /\/pricing\/currency: does not have the form/],
    ['/pricing', { currency: 'ISK', oneTime: 150 }, /\/pricing\/oneTime: must be a multiple of 100/],
    ['/pricing', { currency: 'KWD', annual: 5124 }, /\/pricing\/annual: must be a multiple of 10:/],
    ['/pricing', { currency: 'EUR', monthly: 1.5 }, /\/pricing\/monthly: must be integer/],
    ['/pricing', { currency: 'EUR', perSeat: true }, /no price that could be for each seat/],
    ['/pricing/meters/0/unitAmount', '1,5', /\/pricing\/meters\/0\/unitAmount: does not have the form/],
    ['/pricing/meters/0/unitAmount', -1, /\/pricing\/meters\/0\/unitAmount: must be >= 0/],
    ['/pricing/monthly', undefined, /\/unitAmount: is charged with a subscription/],
    ['/pricing/meters/0/hardCap', 50, /is less than the 100 that are included/],
    ['/pricing/meters/0/name', 'seats', /"seats" counts people/],
    ['/pricing/meters/1', { name: 'calls', title: 'A', unit: 'a', included: 0 }, /meter "calls" is already at/],
    ['/actions/0/meter', 'calls', /only write actions are counted/],
    ['/actions/1/meter', 'jobs', /there is no meter "jobs" under "pricing"; its meters are calls/],
    ['/subscriptions/0/meter', 'jobs', /\/subscriptions\/0\/meter: there is no meter "jobs"/],
  ])('%s = %j', (pointer, value, message) => {
    expect(issuesOf(altered(pointer, value)).join('\n')).toMatch(message);
  });

  it('collects everything that is wrong', () => {
    const broken = JSON.parse(altered('/roles/recruiter/0', 'nope')) as Record<string, unknown>;
    broken.requires = { people: 'some' };
    broken.navigation = [{ title: 'A', icon: 'a', path: '/nowhere', permission: 'nope', order: 1 }];
    expect(issuesOf(JSON.stringify(broken))).toHaveLength(4);
  });

  it.each([
    ['{', /is not JSON/],
    ['[]', /must be object/],
    ['null', /must be object/],
    [`{"settings":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`, /nested deeper/],
    [JSON.stringify({ name: 'x'.repeat(2_000_000) }), /larger than/],
  ])('refuses junk %#', (text, message) => {
    expect(issuesOf(text).join('\n')).toMatch(message);
  });
});
