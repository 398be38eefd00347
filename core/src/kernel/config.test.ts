import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { StartupError } from '../errors/index.ts';
import { readConfig } from './config.ts';
import { configurationDocument } from './config-document.ts';
import { CONFIG_SCHEMA, VARIABLES, type Variable } from './config-schema.ts';

const root = resolve(import.meta.dirname, '../../..');

test('the schema is valid', () => {
  expect(new Ajv2020({ strict: true }).validateSchema(CONFIG_SCHEMA)).toBe(true);
});

describe('readConfig', () => {
  test('needs nothing', () => {
    expect(readConfig({}, '/srv/bazaar')).toEqual({
      port: 4000,
      host: '127.0.0.1',
      trustProxy: false,
      dataDir: '/srv/bazaar/.data',
      demo: true,
      signUp: true,
      tierSeats: { free: 25, basic: 50, pro: 200, enterprise: 1000 },
      role: 'both',
      pluginsLock: '/srv/bazaar/plugins.lock.json',
      rateLimit: 60000,
      uploadLimit: 26214400,
      stripe: { webhookSecrets: [], tax: false },
      market: { feePercent: 15, holdDays: 14 },
      ssoPrivateTargets: [],
      licencePolicy: { graceDays: 3, readOnlyDays: 14, suspendedDays: 90 },
      retentionDays: 90,
      auditRetentionDays: 0,
      logLevel: 'warn',
      shellFolder: '/srv/bazaar/admin/dist',
    });
  });

  test('reads what is set; empty means not set', () => {
    const config = readConfig(
      {
        PORT: '0',
        HOST: '',
        BAZAAR_DEMO: '0',
        BAZAAR_PUBLIC_URL: 'https://b.example/',
        BAZAAR_DATA_DIR: '/var/b',
        BAZAAR_SECRET: ' '.repeat(9),
      },
      '/srv',
    );
    expect(config).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      demo: false,
      publicUrl: 'https://b.example',
      dataDir: '/var/b',
    });
    expect(config).not.toHaveProperty('secret');
  });

  test('takes two webhook secrets while one takes the place of the other', () => {
    const { stripe } = readConfig(
      { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_a, whsec_b' },
      '/srv',
    );
    expect(stripe).toEqual({ secretKey: 'sk_test_1', webhookSecrets: ['whsec_a', 'whsec_b'], tax: false });
  });

  test('takes the seats of each tier', () => {
    const { tierSeats } = readConfig({ BAZAAR_TIER_SEATS: 'free=3, basic=10, pro=70, enterprise=9000' }, root);
    expect(tierSeats).toEqual({ free: 3, basic: 10, pro: 70, enterprise: 9000 });
  });

  test.each([
    ['20', 20],
    ['12.5', 12.5],
    ['12.34', 12.34],
    ['0.29', 0.29],
    ['0', 0],
  ])('takes a platform fee of %s percent', (text, feePercent) => {
    expect(readConfig({ BAZAAR_PLATFORM_FEE_PERCENT: text }, root).market.feePercent).toBe(feePercent);
  });

  test('shows what a right value looks like wherever a pattern decides', () => {
    const variables = Object.entries(VARIABLES as Record<string, Variable>);
    const unexplained = variables.filter(([, { schema, example }]) => schema.pattern && example === undefined);
    expect(unexplained.map(([name]) => name)).toEqual([]);
  });

  test.each([
    ['BAZAAR_PLATFORM_FEE_PERCENT', 'much', /^BAZAAR_PLATFORM_FEE_PERCENT must be a number but is “much”\.$/],
    ['BAZAAR_PLATFORM_FEE_PERCENT', '12.345', /^BAZAAR_PLATFORM_FEE_PERCENT: must be multiple of 0\.01/],
    ['BAZAAR_PLATFORM_FEE_PERCENT', '101', /^BAZAAR_PLATFORM_FEE_PERCENT must be <= 100/],
    [
      'BAZAAR_SSO_PRIVATE_TARGETS',
      'idp',
      /^BAZAAR_SSO_PRIVATE_TARGETS must look like idp\.internal:8443 but is “idp”\.$/,
    ],
    ['BAZAAR_TIER_SEATS', 'free=0,basic=1,pro=1,enterprise=1', /^BAZAAR_TIER_SEATS must look like free=25,basic=/],
    ['BAZAAR_TIER_SEATS', 'pro=100', /^BAZAAR_TIER_SEATS must look like/],
    ['STRIPE_SECRET_KEY', 'topsecret', /^STRIPE_SECRET_KEY must look like sk_test_… or sk_live_…\.$/],
    ['STRIPE_SECRET_KEY', 'pk_test_topsecret', /^STRIPE_SECRET_KEY must look like/],
    ['STRIPE_WEBHOOK_SECRET', 'topsecret', /^STRIPE_WEBHOOK_SECRET must look like whsec_…\.$/],
    ['STRIPE_AUTOMATIC_TAX', 'yes', /^STRIPE_AUTOMATIC_TAX must be one of 0, 1/],
    ['PORT', 'http', /^PORT must be a whole number but is “http”\.$/],
    ['PORT', '70000', /^PORT must be <= 65535 but is “70000”\.$/],
    ['PORT', '40.5', /^PORT must be a whole number/],
    ['PORT', '-1', /^PORT must be >= 0/],
    ['BAZAAR_DEMO', 'yes', /^BAZAAR_DEMO must be one of 0, 1 but is “yes”\.$/],
    ['BAZAAR_ROLE', 'boss', /^BAZAAR_ROLE must be one of web, worker, both/],
    ['BAZAAR_LOG_LEVEL', 'loud', /^BAZAAR_LOG_LEVEL must be one of/],
    ['DATABASE_URL', 'mysql://u:topsecret@h/d', /^DATABASE_URL must look like postgres/],
    ['BAZAAR_SECRET', 'topsecret', /^BAZAAR_SECRET must have at least 32 characters\.$/],
    ['BAZAAR_METRICS_TOKEN', 'topsecret', /^BAZAAR_METRICS_TOKEN must have at least 16 characters\.$/],
    ['BAZAAR_PUBLIC_URL', 'bazaar.example', /^BAZAAR_PUBLIC_URL must look like https/],
    ['BAZAAR_PUBLIC_URL', 'https://b.example/path', /^BAZAAR_PUBLIC_URL must look like https/],
    ['BAZAAR_UPLOAD_LIMIT', '1', /^BAZAAR_UPLOAD_LIMIT must be >= 1024/],
  ])('refuses %s=%s in one line that names it', (name, value, message) => {
    const read = () => readConfig({ [name]: value }, root);
    expect(read).toThrow(StartupError);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/topsecret/);
  });

  test('names every wrong variable', () => {
    expect(() => readConfig({ PORT: 'x', BAZAAR_DEMO: '2' }, root)).toThrow(/PORT.*\nBAZAAR_DEMO/s);
  });
});

test('docs/configuration.md is current', async () => {
  expect(await readFile(resolve(root, 'docs/configuration.md'), 'utf8')).toBe(configurationDocument());
});
