import { resolve } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { StripeConfig } from '../billing/index.ts';
import { StartupError } from '../errors/index.ts';
import type { LicencePolicy } from '../licensing/index.ts';
import type { TierSeats } from '../tenancy/index.ts';
import { CONFIG_SCHEMA, VARIABLES, type Variable } from './config-schema.ts';

/** How one process of the platform runs. Paths are absolute. */
export interface Config {
  port: number;
  host: string;
  /** Without a trailing slash; absent when browsers use the address of the server itself. */
  publicUrl?: string;
  trustProxy: boolean;
  dataDir: string;
  /** Where platforms of this machine share what they have built. */
  buildCache?: string;
  databaseUrl?: string;
  secret?: string;
  demo: boolean;
  /** Whether visitors may make tenants of their own. */
  signUp: boolean;
  /** How many people a workspace of each subscription tier may have. */
  tierSeats: TierSeats;
  role: 'web' | 'worker' | 'both';
  pluginsLock: string;
  /** Per minute and address; 0 for no limit. */
  rateLimit: number;
  /** In bytes. */
  uploadLimit: number;
  /** Who shows it may read the metrics. */
  metricsToken?: string;
  /** Where e-mails go; captured when absent. */
  smtp?: { url: string; from: string };
  stripe: StripeConfig;
  /** How money is shared with publishers. */
  market: { feePercent: number; holdDays: number };
  /** `host:port` of identity providers in private networks. */
  ssoPrivateTargets: string[];
  /** How licences fade after their end. */
  licencePolicy: LicencePolicy;
  /** Public keys of those whose licence files are accepted, as in the environment. */
  licenceKeys?: string;
  /** How long events and what became of them are kept. */
  retentionDays: number;
  /** How long the audit log is kept; 0 for ever. */
  auditRetentionDays: number;
  logLevel: string;
  /** Folder of the built shell. */
  shellFolder: string;
}

interface Values {
  PORT: number;
  HOST: string;
  BAZAAR_PUBLIC_URL?: string;
  BAZAAR_TRUST_PROXY: '0' | '1';
  BAZAAR_DATA_DIR: string;
  BAZAAR_BUILD_CACHE?: string;
  DATABASE_URL?: string;
  BAZAAR_SECRET?: string;
  BAZAAR_DEMO: '0' | '1';
  BAZAAR_SIGN_UP: '0' | '1';
  BAZAAR_TIER_SEATS: string;
  BAZAAR_ROLE: Config['role'];
  BAZAAR_PLUGINS_LOCK?: string;
  BAZAAR_RATE_LIMIT: number;
  BAZAAR_UPLOAD_LIMIT: number;
  BAZAAR_METRICS_TOKEN?: string;
  BAZAAR_SMTP_URL?: string;
  BAZAAR_MAIL_FROM?: string;
  STRIPE_SECRET_KEY?: string;
  STRIPE_PUBLISHABLE_KEY?: string;
  STRIPE_WEBHOOK_SECRET?: string;
  STRIPE_AUTOMATIC_TAX: '0' | '1';
  BAZAAR_STRIPE_DOUBLE_PORT?: number;
  BAZAAR_PLATFORM_FEE_PERCENT: number;
  BAZAAR_PAYOUT_HOLD_DAYS: number;
  BAZAAR_SSO_PRIVATE_TARGETS?: string;
  BAZAAR_LICENCE_KEYS?: string;
  BAZAAR_GRACE_DAYS: number;
  BAZAAR_READ_ONLY_DAYS: number;
  BAZAAR_SUSPENDED_DAYS: number;
  BAZAAR_RETENTION_DAYS: number;
  BAZAAR_AUDIT_RETENTION_DAYS: number;
  BAZAAR_LOG_LEVEL: string;
}

function complaint(error: ErrorObject, given: string): string {
  const name = error.instancePath.slice(1);
  const { isSecret, example }: Partial<Variable> = VARIABLES[name as keyof typeof VARIABLES] ?? {};
  const shown = isSecret ? '' : ` but is “${given}”`;
  const { params } = error;
  switch (error.keyword) {
    case 'enum':
      return `${name} must be one of ${(params.allowedValues as string[]).join(', ')}${shown}.`;
    case 'type':
      return `${name} must be a ${params.type === 'integer' ? 'whole number' : 'number'}${shown}.`;
    case 'minimum':
    case 'maximum':
      return `${name} must be ${params.comparison} ${params.limit}${shown}.`;
    case 'minLength':
      return `${name} must have at least ${params.limit} characters.`;
    case 'maxLength':
      return `${name} must have at most ${params.limit} characters.`;
    case 'pattern':
      return `${name} must look like ${example ?? 'the documentation says'}${shown}.`;
    default:
      return `${name}: ${error.message}${shown}.`;
  }
}

/** How numbers are written, by the schema's type: one of fifteen digits is still exact. */
const NUMBERS: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d{1,15}$/,
  number: /^-?\d{1,9}(?:\.\d{1,6})?$/,
};

/** The variables that are set and meant for us; empty means not set. Numbers are read where one is expected. */
function collect(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(VARIABLES)) {
    const text = environment[name]?.trim();
    if (text === undefined || text === '') continue;
    values[name] = NUMBERS[schema.type]?.test(text) ? Number(text) : text;
  }
  return values;
}

function stripeOf(values: Values): StripeConfig {
  const stripe: StripeConfig = {
    webhookSecrets: (values.STRIPE_WEBHOOK_SECRET ?? '').split(',').flatMap((one) => one.trim() || []),
    tax: values.STRIPE_AUTOMATIC_TAX === '1',
  };
  if (values.STRIPE_SECRET_KEY) stripe.secretKey = values.STRIPE_SECRET_KEY;
  if (values.STRIPE_PUBLISHABLE_KEY) stripe.publishableKey = values.STRIPE_PUBLISHABLE_KEY;
  if (values.BAZAAR_STRIPE_DOUBLE_PORT !== undefined) stripe.doublePort = values.BAZAAR_STRIPE_DOUBLE_PORT;
  return stripe;
}

/** Its pattern names all of them, in this order. */
function tierSeatsOf(text: string): TierSeats {
  const [free = 1, basic = 1, pro = 1, enterprise = 1] = [...text.matchAll(/\d+/g)].map(Number);
  return { free, basic, pro, enterprise };
}

let validator: ValidateFunction<Values> | undefined;

/** Made once, and in the quickest way: every command line waits for it. */
function validatorOfValues(): ValidateFunction<Values> {
  // The schema is our own and tried in tests: checking it against its meta-schema would take longer than all the rest.
  const options = {
    allErrors: true,
    useDefaults: true,
    validateSchema: false,
    multipleOfPrecision: 6,
    code: { optimize: false },
  };
  validator ??= new Ajv2020(options).compile<Values>(CONFIG_SCHEMA);
  return validator;
}

/**
 * Reads the configuration; throws `StartupError` with one line for each wrong variable. `root` is the project's
 * folder, relative paths of the environment are meant from the present one.
 */
export function readConfig(environment: NodeJS.ProcessEnv, root: string): Config {
  const values = collect(environment);
  const validate = validatorOfValues();
  const given = { ...values };
  if (!validate(values)) {
    const lines = (validate.errors ?? []).map((error) => complaint(error, String(given[error.instancePath.slice(1)])));
    throw new StartupError(lines.join('\n'));
  }
  const config: Config = {
    port: values.PORT,
    host: values.HOST,
    trustProxy: values.BAZAAR_TRUST_PROXY === '1',
    dataDir: given.BAZAAR_DATA_DIR === undefined ? resolve(root, '.data') : resolve(values.BAZAAR_DATA_DIR),
    demo: values.BAZAAR_DEMO === '1',
    signUp: values.BAZAAR_SIGN_UP === '1',
    tierSeats: tierSeatsOf(values.BAZAAR_TIER_SEATS),
    role: values.BAZAAR_ROLE,
    pluginsLock: values.BAZAAR_PLUGINS_LOCK ? resolve(values.BAZAAR_PLUGINS_LOCK) : resolve(root, 'plugins.lock.json'),
    rateLimit: values.BAZAAR_RATE_LIMIT,
    uploadLimit: values.BAZAAR_UPLOAD_LIMIT,
    stripe: stripeOf(values),
    market: { feePercent: values.BAZAAR_PLATFORM_FEE_PERCENT, holdDays: values.BAZAAR_PAYOUT_HOLD_DAYS },
    ssoPrivateTargets: (values.BAZAAR_SSO_PRIVATE_TARGETS ?? '')
      .split(',')
      .flatMap((one) => one.trim().toLowerCase() || []),
    licencePolicy: {
      graceDays: values.BAZAAR_GRACE_DAYS,
      readOnlyDays: values.BAZAAR_READ_ONLY_DAYS,
      suspendedDays: values.BAZAAR_SUSPENDED_DAYS,
    },
    retentionDays: values.BAZAAR_RETENTION_DAYS,
    auditRetentionDays: values.BAZAAR_AUDIT_RETENTION_DAYS,
    logLevel: values.BAZAAR_LOG_LEVEL,
    shellFolder: resolve(root, 'admin/dist'),
  };
  if (values.BAZAAR_PUBLIC_URL) config.publicUrl = values.BAZAAR_PUBLIC_URL.replace(/\/$/, '');
  if (values.BAZAAR_BUILD_CACHE) config.buildCache = resolve(values.BAZAAR_BUILD_CACHE);
  if (values.DATABASE_URL) config.databaseUrl = values.DATABASE_URL;
  if (values.BAZAAR_SECRET) config.secret = values.BAZAAR_SECRET;
  if (values.BAZAAR_SMTP_URL) config.smtp = { url: values.BAZAAR_SMTP_URL, from: values.BAZAAR_MAIL_FROM ?? '' };
  if (values.BAZAAR_LICENCE_KEYS) config.licenceKeys = values.BAZAAR_LICENCE_KEYS;
  if (values.BAZAAR_METRICS_TOKEN) config.metricsToken = values.BAZAAR_METRICS_TOKEN;
  return config;
}
