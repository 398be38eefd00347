import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../core/test/identity/support/identity-provider.ts';
import { oneTimeCode } from '../../../core/test/identity/support/one-time-code.ts';
import { chooseByTyping, expectAccessible, Product } from './product.ts';

const PASSWORD = 'bazaar-demo-1';

let product: Product;
let idp: IdentityProvider;
/** Of the recruiter's authenticator app. */
let secret: string;

beforeAll(async () => {
  idp = await startIdentityProvider();
  process.env.BAZAAR_SSO_PRIVATE_TARGETS = idp.target;
  product = await Product.start();
  idp.serve([`${product.url}/api/auth/oidc/acme-staffing/callback`]);
});

afterAll(async () => {
  delete process.env.BAZAAR_SSO_PRIVATE_TARGETS;
  await product?.stop();
  await idp?.close();
});

const STEP_MS = 30_000;

/** `steps`: of one before or to come, as a code is good for one use. */
function codeOf(secret: string, steps = 0): string {
  return oneTimeCode(secret, Date.now() + steps * STEP_MS);
}

/** Not at the end of a step: a code of the step before is refused as soon as this one is over. */
async function withinStep(): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < 5_000) await sleep(left);
}

/** Another name of the same server: browsers have no passkeys for numbers. */
const named = () => product.url.replace('127.0.0.1', 'localhost');

async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function enterPassword(page: Page, email: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const signedIn = (page: Page) => page.getByRole('navigation').first().waitFor();

async function call(method: string, path: string, email: string, body: object): Promise<void> {
  const token = await product.accessToken(email);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${product.url}${path}`, { method, headers, body: JSON.stringify(body) });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
}

test('a person sets up an authenticator app, signs in with its code, and with a recovery code', async () => {
  const page = await product.signIn('recruiter@acme.test');
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  secret = (await page.locator('bz-second-factor-panel code').textContent()) ?? '';
  await withinStep();
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  const recovery = await page.locator('bz-security .codes li').allTextContents();
  expect(recovery).toHaveLength(10);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();

  const phone = await product.visit();
  await enterPassword(phone, 'recruiter@acme.test');
  await phone.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
  await expectAccessible(phone);
  await phone.getByLabel('Code', { exact: true }).fill('000000');
  await phone.keyboard.press('Enter');
  await phone.locator('vaadin-text-field[invalid]').waitFor();
  await phone.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await phone.keyboard.press('Enter');
  await signedIn(phone);

  const borrowed = await product.visit();
  await enterPassword(borrowed, 'recruiter@acme.test');
  await borrowed.getByRole('button', { name: 'Use a recovery code' }).click();
  await borrowed.getByLabel('Recovery code').fill(recovery[0] ?? '');
  await borrowed.keyboard.press('Enter');
  await signedIn(borrowed);
});

test('a person makes a passkey and signs in by it alone', async () => {
  const page = await product.visit({ baseURL: named() });
  await addAuthenticator(page);
  await enterPassword(page, 'recruiter@northwind.test');
  await signedIn(page);
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByLabel('Name', { exact: true }).fill('This laptop');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('This laptop').waitFor();

  await page.context().clearCookies();
  await page.goto('/');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await signedIn(page);
});

test('a member comes in by the identity provider of the company', async () => {
  const owner = 'owner@acme.test';
  await call('POST', '/api/security/domains', owner, { domain: 'acme.test' });
  const vouch = '/api/platform/tenants/acme-staffing/domains/acme.test/vouch';
  await call('POST', vouch, 'operator@bazaar.test', {});
  await call('PUT', '/api/security/single-sign-on', owner, {
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    enabled: true,
    enforced: false,
    provisioning: true,
    defaultRole: 'viewer',
  });
  idp.person = { sub: 'nora', email: 'nora@acme.test', email_verified: true, name: 'Nora Newcomer' };
  const page = await product.visit();
  await page.goto('/');
  await page.getByRole('link', { name: 'Single sign-on' }).click();
  await page.getByLabel('Workspace').fill('acme-staffing');
  await page.getByRole('button', { name: 'Go to your company' }).click();
  await page.getByText('Nora Newcomer').first().waitFor();

  idp.person = { sub: 'eve', email: 'eve@elsewhere.test', email_verified: true };
  const stranger = await product.visit();
  await stranger.goto('/api/auth/oidc/acme-staffing/start');
  await stranger.getByRole('alert').getByText('not of a domain of this workspace').waitFor();
  await expectAccessible(stranger);
});

test('who came by the company proves themselves by app, and then by passkey, before a passkey is made or goes', async () => {
  idp.person = { sub: 'robin', email: 'recruiter@acme.test', email_verified: true };
  const page = await product.visit({ baseURL: named() });
  await addAuthenticator(page);
  const comeIn = async () => {
    await page.goto(`${product.url}/api/auth/oidc/acme-staffing/start`);
    await signedIn(page);
    const cookies = await page.context().cookies(`${product.url}/api/auth/refresh`);
    await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, domain: 'localhost' })));
    await page.goto('/account/security');
  };
  await comeIn();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('button', { name: 'Use the authenticator app' }).click();
  await page.getByLabel('Code of your authenticator app').fill('000000');
  await page.keyboard.press('Enter');
  await page.locator('vaadin-text-field[invalid]').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Code of your authenticator app').fill(codeOf(secret, 1));
  await page.keyboard.press('Enter');
  await page.getByLabel('Name', { exact: true }).fill('Key of the company');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Key of the company').waitFor();

  await comeIn();
  await page.getByRole('button', { name: 'Remove Key of the company' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('Key of the company').waitFor({ state: 'detached' });
});

test('an operator books a tier and acts as a member, says so all the time, and the workspace can read it', async () => {
  const page = await product.visit();
  await enterPassword(page, 'operator@bazaar.test');
  await page.getByRole('button', { name: 'Acme Staffing', exact: true }).click();
  await signedIn(page);
  await page.goto('/platform/tenants');
  await page.getByRole('button', { name: 'Tier of Northwind Clinics' }).click();
  const day = page.getByRole('combobox', { name: 'Until the end of' });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await day.fill('1/2/2020');
  await day.press('Enter');
  await save.click();
  await page.getByText('This moment is over.').waitFor();
  await expectAccessible(page);
  await day.fill('4 March 2040');
  await day.press('Enter');
  await page.getByRole('spinbutton', { name: 'Seats' }).fill('12');
  await save.click();
  await page.getByText('Pro tier until 4 Mar 2040 · 3 of 12 seats').waitFor();

  await page.getByRole('button', { name: 'Act as a member of Northwind Clinics' }).click();
  await chooseByTyping(page.getByRole('combobox', { name: 'Member' }), 'owner@northwind');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Ticket 42: jobs are not shown');
  await page.getByRole('button', { name: 'Act as this member' }).click();
  const banner = page.getByRole('alert').filter({ hasText: 'Everything is logged under both names' });
  await banner.waitFor();
  await page.getByText('Northwind Clinics').first().waitFor();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByText('impersonation.started').first().waitFor();
  await page.getByText('tenant.tier-changed').first().waitFor();
  await banner.waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Stop acting as/ }).click();
  await banner.waitFor({ state: 'detached' });
  await page.goto('/platform/tenants');
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
});
