import { html, type JsonObject, type JsonValue, type PageModel } from '@bazaar/sdk';
import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../errors/index.ts';
import type { ActionCall, LoadedPlugin } from '../plugins/index.ts';
import type { TenantFace } from '../tenancy/index.ts';
import { createPublicPages } from './public-pages.ts';
import type { PublicPages, PublicRequest, SubmittedForm } from './types.ts';

const tenant = { id: '11111111-1111-4111-8111-111111111111', slug: 'acme', name: 'Acme <&> Co' };

const input = { type: 'object', properties: { q: { type: 'string' }, page: { type: 'integer' } } };
const submit = { type: 'object', properties: { email: { type: 'string' }, cv: { format: 'bazaar-file' } } };
const actions = [
  { name: 'jobs', effect: 'read', input },
  { name: 'job', effect: 'read', input: { properties: { slug: {}, done: { type: 'string' }, form: {} } } },
  { name: 'apply', effect: 'write', input: submit },
];

function plugin(id: string, pages: { path: string; action: string; submit?: string }[]): LoadedPlugin {
  return {
    manifest: { id, name: id, pages },
    actions: new Map(actions.map((action) => [action.name, action])),
  } as unknown as LoadedPlugin;
}

const board = plugin('board', [
  { path: '/jobs', action: 'jobs' },
  { path: '/jobs/{slug}', action: 'job', submit: 'apply' },
  { path: '/jobs/new', action: 'jobs' },
]);

const invoke = vi.fn<(plugin: LoadedPlugin, action: string, call: ActionCall) => Promise<JsonValue>>();
const admit = vi.fn<() => Promise<void>>();
const log = { error: vi.fn(), warn: vi.fn() };
let plugins: LoadedPlugin[];
let face: TenantFace;
let pages: PublicPages;

function page(model: Partial<PageModel> = {}): JsonValue {
  return { title: 'Jobs', body: html`<h1>Jobs</h1>`, ...model } as unknown as JsonValue;
}

beforeEach(() => {
  vi.resetAllMocks();
  plugins = [board];
  face = { profile: {}, logo: null, isVerified: false };
  invoke.mockResolvedValue(page());
  pages = createPublicPages({
    plugins: {
      all: () => plugins,
      use: async (id, _tenantId, work) => work(plugins.find(({ manifest }) => manifest.id === id) as LoadedPlugin),
    },
    invoker: { invoke, admit },
    findTenant: async (slug) => (slug === 'acme' ? tenant : null),
    findFace: async () => face,
    publicUrl: 'https://jobs.example.org/',
    log,
  });
});

const form: SubmittedForm = {
  values: { email: 'x', consent: '' },
  input: { email: 'x', slug: 'of-the-body' },
  discard: vi.fn(async () => {}),
};

async function visit(path: string, request: Partial<PublicRequest> = {}) {
  const [bare = '', query = ''] = path.split('?');
  const response = await pages.handle({
    method: 'GET',
    path: bare,
    query,
    origin: 'http://localhost',
    requestId: 'r1',
    ip: '192.0.2.1',
    userAgent: 'test',
    readForm: async () => form,
    ...request,
  });
  if (!response) throw new Error('not answered');
  return response;
}

const post = (path: string, request: Partial<PublicRequest> = {}) => visit(path, { method: 'POST', ...request });

test('asks the page’s action as a visitor, with path parameters and the declared part of the query', async () => {
  await visit('/t/acme/jobs?q=nurse&page=2&utm_source=mail&q=other');
  const [serving, action, call] = invoke.mock.calls[0] ?? [];
  expect([serving?.manifest.id, action]).toEqual(['board', 'jobs']);
  expect(call).toMatchObject({
    tenant,
    user: null,
    actor: { kind: 'visitor', userId: null, ip: '192.0.2.1' },
    input: { q: 'nurse', page: 2 },
  });
});

test('the path says which job, whatever the query says; nobody but the kernel fills in a form', async () => {
  await visit('/t/acme/jobs/a%20b?slug=other&form=x');
  expect(invoke.mock.calls[0]?.[2].input).toEqual({ slug: 'a b' });
});

test('text in a path comes before parameters', async () => {
  await visit('/t/acme/jobs/new');
  expect(invoke.mock.calls[0]?.[1]).toBe('jobs');
});

test('renders a whole document without script, everything escaped', async () => {
  invoke.mockResolvedValue(
    page({
      title: 'Nurse "A" <b>',
      description: 'Care & more',
      canonicalPath: '/jobs/nurse',
      meta: { 'og:type': 'article', 'bad name': 'x' },
      jsonLd: [{ '@type': 'JobPosting', title: '</script><script>alert(1)</script>' }],
    }),
  );
  const { status, headers, body } = await visit('/t/acme/jobs/nurse');
  expect(status).toBe(200);
  expect(headers['Content-Type']).toBe('text/html; charset=utf-8');
  expect(headers['Content-Security-Policy']).toContain("default-src 'none'");
  expect(headers['Content-Security-Policy']).not.toContain('script');
  expect(body).toContain('<title>Nurse &quot;A&quot; &lt;b&gt; – Acme &lt;&amp;&gt; Co</title>');
  expect(body).toContain('<link rel="canonical" href="https://jobs.example.org/t/acme/jobs/nurse">');
  expect(body).toContain('<meta property="og:type" content="article">');
  expect(body).not.toContain('bad name');
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(body) ?? [];
  expect(JSON.parse(json)).toEqual({ '@type': 'JobPosting', title: '</script><script>alert(1)</script>' });
  expect(body.match(/<script/g)).toHaveLength(1);
});

test('a page is shown without what would do harm', async () => {
  invoke.mockResolvedValue(
    page({ body: { html: '<meta http-equiv="refresh" content="0;url=x"><p onclick="x">Hello</p>' } }),
  );
  const { body } = await visit('/t/acme/jobs/nurse');
  expect(body).toContain('<p>Hello</p>');
  expect(body).not.toContain('http-equiv');
});

test('the style sheet has an address of its own, to be kept for ever', async () => {
  const [, address = ''] = /<link rel="stylesheet" href="([^"]+)">/.exec((await visit('/t/acme/jobs')).body) ?? [];
  const { status, headers, body } = await visit(address);
  expect(status).toBe(200);
  expect(headers['Content-Type']).toBe('text/css; charset=utf-8');
  expect(headers['Cache-Control']).toContain('immutable');
  expect(body).toContain('prefers-color-scheme: dark');
});

test.each([
  ['/t/', 404],
  ['/t/unknown/jobs', 404],
  ['/t/acme/nothing', 404],
  ['/t/acme/jobs/a/b', 404],
  ['/t/%ff/jobs', 404],
  ['/t/-/theme.old.css', 404],
])('%s is a page that says so (%i)', async (path, status) => {
  const response = await visit(path);
  expect(response.status).toBe(status);
  expect(response.body).toContain('This page is not here');
  expect(response.body).toContain('<meta name="robots" content="noindex">');
});

test('paths elsewhere are not its own', async () => {
  const request = { path: '/api/me', method: 'GET' } as PublicRequest;
  expect(await pages.handle(request)).toBeNull();
});

test.each([
  ['licence-required', 404],
  ['licence-ended', 404],
  ['plugin-disabled', 404],
  ['forbidden', 404],
  ['not-found', 404],
  ['unavailable', 503],
  ['invalid-input', 400],
  ['plugin-failed', 500],
] as const)('a refusal %s becomes a page with status %i', async (code, status) => {
  invoke.mockRejectedValue(new ApiError(code, 'Internal words.'));
  const response = await visit('/t/acme/jobs');
  expect(response.status).toBe(status);
  expect(response.headers['Content-Type']).toContain('text/html');
  expect(response.body.includes('Internal words.')).toBe(status === 503 || status === 400);
});

test('a bug becomes a page that reveals nothing, and a line in the log', async () => {
  invoke.mockRejectedValue(new Error('secret'));
  const response = await visit('/t/acme/jobs');
  expect(response.status).toBe(500);
  expect(response.body).not.toContain('secret');
  expect(log.error).toHaveBeenCalledOnce();
});

test.each<[string, JsonValue]>([
  ['nothing', null],
  ['no body', { title: 'x' }],
  ['a body that is text', { title: 'x', body: '<p>' }],
  ['no title', { body: { html: '' } }],
])('an action that returns %s is a bug', async (_name, output) => {
  invoke.mockResolvedValue(output);
  for (let visits = 0; visits < 3; visits++) expect((await visit('/t/acme/jobs')).status).toBe(500);
  // It is told of once: everybody who comes by would add a line.
  expect(log.error).not.toHaveBeenCalled();
  expect(log.warn).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ plugin: 'board', action: 'jobs', times: 1, tenant: 'acme', path: '/t/acme/jobs' }),
    expect.stringContaining('did not return a page'),
  );
});

test('parts of a page that are not as agreed are left out', async () => {
  invoke.mockResolvedValue({
    title: 'Jobs',
    body: { html: '<h1>Jobs</h1>' },
    status: 42,
    canonicalPath: '//evil.example',
    robots: 'all',
    jsonLd: ['x', { a: 1 }],
  });
  const { status, body } = await visit('/t/acme/jobs');
  expect(status).toBe(200);
  expect(body).not.toContain('evil.example');
  expect(body.match(/ld\+json/g)).toHaveLength(1);
});

test('one page has one address', async () => {
  expect(await visit('/t/acme/jobs/?q=a')).toMatchObject({ status: 308, headers: { Location: '/t/acme/jobs?q=a' } });
  expect(await visit('/t/acme/')).toMatchObject({ status: 308, headers: { Location: '/t/acme' } });
  expect(await visit('/t/acme//jobs/')).toMatchObject({ status: 308, headers: { Location: '/t/acme/jobs' } });
});

test('other methods are refused with those that are taken', async () => {
  const read = await visit('/t/acme/jobs', { method: 'POST' });
  expect(read).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
  const both = await visit('/t/acme/jobs/x', { method: 'DELETE' });
  expect(both).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD, POST' } });
});

test('the start page lists the pages that can be visited now, by their own titles', async () => {
  plugins = [board, plugin('news', [{ path: '/news', action: 'jobs' }])];
  invoke.mockImplementation(async ({ manifest }, _action, call) => {
    if (manifest.id === 'news') throw new ApiError('licence-required', 'No licence.');
    expect(call.input).toEqual({});
    // What a page weighs is nothing to who only reads its name.
    return page({ title: 'Open jobs', description: 'All of them', body: { html: '<p>'.repeat(10_001) } });
  });
  const { status, body } = await visit('/t/acme?q=x');
  expect(status).toBe(200);
  expect(body).toContain('<a href="/t/acme/jobs">Open jobs</a>');
  expect(body).not.toContain('/t/acme/news');
  expect(body).toContain('<link rel="canonical" href="https://jobs.example.org/t/acme">');
});

test('the start page says what the tenant says of itself, escaped, and nothing where it is silent', async () => {
  expect((await visit('/t/acme')).body).not.toContain('class="meta"');
  face.profile = { description: 'We <b>care</b>.\n\nEverywhere.', website: 'https://acme.test/a?b"c', size: '1-10' };
  const { body } = await visit('/t/acme');
  expect(body).toContain('<p dir="auto">We &lt;b&gt;care&lt;/b&gt;.</p><p dir="auto">Everywhere.</p>');
  expect(body).toContain('<a href="https://acme.test/a?b&quot;c" rel="nofollow noopener">acme.test</a></p>');
  face.profile = { type: 'staffing-agency', headquarters: 'Berlin', website: 'https://acme.test' };
  expect((await visit('/t/acme')).body).toContain(
    '<p class="meta">Staffing agency · Berlin · <a href="https://acme.test"',
  );
});

test('the logo stands on every page, and the start page says whether the tenant is verified', async () => {
  const plain = await visit('/t/acme');
  expect(plain.body).not.toMatch(/<img|Verified|og:image/);
  face = { profile: { website: 'https://acme.test' }, logo: 'a-logo.png', isVerified: true };
  const path = '/api/pictures/workspaces/acme/a-logo.png';
  for (const page of ['/t/acme', '/t/acme/jobs', '/t/acme/nowhere']) {
    const { body } = await visit(page);
    expect(body).toContain(`<img class="logo" src="${path}" alt="">`);
    expect(body).toContain(`<meta property="og:image" content="https://jobs.example.org${path}">`);
  }
  const { body } = await visit('/t/acme');
  expect(body).toContain('>Verified</span></h1>');
  const [, data = ''] = /<script type="application\/ld\+json">(.*)<\/script>/.exec(body) ?? [];
  expect(JSON.parse(data)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: tenant.name,
    url: 'https://jobs.example.org/t/acme',
    logo: `https://jobs.example.org${path}`,
    sameAs: 'https://acme.test',
  });
});

test('a plugin that has gone has no pages any more', async () => {
  expect((await visit('/t/acme/jobs')).status).toBe(200);
  plugins = [];
  expect((await visit('/t/acme/jobs')).status).toBe(404);
  expect((await visit('/t/acme')).body).toContain('Nothing has been published here yet.');
});

test('a form that is taken leads back to its page', async () => {
  const response = await post('/t/acme/jobs/nurse?ref=1');
  expect(response).toMatchObject({ status: 303, headers: { Location: '/t/acme/jobs/nurse?done=1' } });
  expect(invoke.mock.calls[0]?.[1]).toBe('apply');
  expect(invoke.mock.calls[0]?.[2].input).toEqual({ email: 'x', slug: 'nurse' });
  expect(form.discard).not.toHaveBeenCalled();
});

test.each([
  ['invalid-input', 400],
  ['conflict', 409],
  ['unprocessable', 422],
  ['too-large', 413],
  ['unavailable', 503],
] as const)('a form refused with %s comes again with what was typed (%i)', async (code, status) => {
  const refusal = new ApiError(code, 'Not so.', { reason: 'why', errors: [{ pointer: '/email', message: 'Wrong.' }] });
  invoke.mockImplementation(async (_id, action) => {
    if (action === 'apply') throw refusal;
    return page({ title: 'Again' });
  });
  const response = await post('/t/acme/jobs/nurse?done=1');
  expect(response.status).toBe(status);
  expect(response.body).toContain('<title>Again');
  expect(invoke.mock.lastCall?.[2].input).toEqual({
    slug: 'nurse',
    form: {
      values: { email: 'x', consent: '' },
      errors: [{ pointer: '/email', message: 'Wrong.' }],
      message: 'Not so.',
      reason: 'why',
    },
  });
  expect(form.discard).toHaveBeenCalledOnce();
});

test('a form with refused fields comes back with what was typed, and nothing of it stays', async () => {
  const errors = [{ pointer: '/cv', message: 'A program.' }];
  const refused = new ApiError('unsupported-media-type', 'A program.', { reason: 'file-type-refused', errors });
  const response = await post('/t/acme/jobs/nurse', { readForm: async () => ({ ...form, refused }) });
  expect(response.status).toBe(415);
  expect(invoke.mock.calls.map(([, action]) => action)).toEqual(['job']);
  const again = invoke.mock.lastCall?.[2].input.form as JsonObject;
  expect(again).toMatchObject({ values: form.values, errors });
  expect(form.discard).toHaveBeenCalledOnce();
});

test('a page that knows no forms still says what is wrong', async () => {
  invoke.mockImplementation(async (_id, action) => {
    throw new ApiError('invalid-input', action === 'apply' ? 'Give an e-mail.' : 'form is not known');
  });
  const response = await post('/t/acme/jobs/nurse');
  expect(response.status).toBe(400);
  expect(response.body).toContain('Give an e-mail.');
});

test('a job that closed meanwhile keeps its own status', async () => {
  invoke.mockImplementation(async (_id, action) => {
    if (action === 'apply') throw new ApiError('conflict', 'Closed.');
    return page({ status: 410 });
  });
  expect((await post('/t/acme/jobs/nurse')).status).toBe(410);
});

test('nothing is read or stored for a plugin that would not take the form', async () => {
  admit.mockRejectedValue(new ApiError('licence-required', 'No licence.'));
  const readForm = vi.fn(async () => form);
  const response = await post('/t/acme/jobs/nurse', { readForm });
  expect(response.status).toBe(404);
  expect(readForm).not.toHaveBeenCalled();
});

test('a form whose plugin can only be read is not taken, which is no reason to say that its page is gone', async () => {
  admit.mockRejectedValue(new ApiError('licence-ended', 'Reading only.'));
  const readForm = vi.fn(async () => form);
  const response = await post('/t/acme/jobs/nurse', { readForm });
  expect(response.status).toBe(503);
  expect(response.body).toContain('What you have written was not sent.');
  expect(response.body).not.toContain('Reading only');
  expect(readForm).not.toHaveBeenCalled();
});

test('files of a submission that failed for our fault are removed too', async () => {
  invoke.mockRejectedValue(new ApiError('plugin-failed', 'Bug.'));
  expect((await post('/t/acme/jobs/nurse')).status).toBe(500);
  expect(form.discard).toHaveBeenCalledOnce();
});

test('one address can send thirty forms in ten minutes to a tenant', async () => {
  for (let sent = 0; sent < 30; sent++) expect((await post('/t/acme/jobs/nurse')).status).toBe(303);
  const refused = await post('/t/acme/jobs/nurse');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['Retry-After'])).toBeGreaterThan(0);
  expect((await post('/t/acme/jobs/nurse', { ip: '192.0.2.2' })).status).toBe(303);
});
