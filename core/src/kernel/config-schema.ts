import type { JsonSchema } from '@bazaar/sdk';

/** One environment variable: what it means, what it may be, and what holds without it. */
export interface Variable {
  schema: JsonSchema & { description: string };
  /** Shown in the documentation when the default is not a plain value. */
  defaultInWords?: string;
  /** What a right value looks like, for one that the pattern refuses. */
  example?: string;
  /** Its value must not appear in an error message. */
  isSecret?: true;
}

const flag = { type: 'string', enum: ['0', '1'] };

/** Everything the platform reads from its environment. The documentation is made from this. */
export const VARIABLES = {
  PORT: {
    schema: {
      description: 'TCP port of the HTTP server. `0` takes any free one.',
      type: 'integer',
      minimum: 0,
      maximum: 65535,
      default: 4000,
    },
  },
  HOST: {
    schema: {
      description: 'Address to listen on. `0.0.0.0` admits other machines; put a proxy with TLS in front then.',
      type: 'string',
      minLength: 1,
      default: '127.0.0.1',
    },
  },
  BAZAAR_PUBLIC_URL: {
    schema: {
      description:
        'Address under which browsers reach the platform, without a path. With `https:` cookies are marked secure and browsers are told to stay with https.',
      type: 'string',
      pattern: '^https?://[^/?#]+/?$',
    },
    defaultInWords: '`http://<HOST>:<PORT>`',
    example: 'https://bazaar.example.org',
  },
  BAZAAR_TRUST_PROXY: {
    schema: {
      description:
        'Whether a proxy in front sets `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`. Only then are they believed.',
      ...flag,
      default: '0',
    },
  },
  BAZAAR_DATA_DIR: {
    schema: {
      description:
        'Folder of everything the platform keeps: the embedded database, files, the generated secret, exports of removed plugins, which changes each `plugins.lock.json` has taken in, and unpacked packages, which are made again when they are missing. With the embedded database one running process per folder; with DATABASE_URL the processes of one platform share it.',
      type: 'string',
      minLength: 1,
      default: '.data',
    },
    defaultInWords: '`.data` in the project folder',
  },
  BAZAAR_BUILD_CACHE: {
    schema: {
      description:
        'Folder of built packages that platforms on this machine share although their data folders differ. Only their user may write there. May be emptied at any time.',
      type: 'string',
      minLength: 1,
    },
    defaultInWords: 'none: each data folder has its own',
  },
  DATABASE_URL: {
    schema: {
      description:
        'PostgreSQL 15 or newer to use instead of the embedded one, as `postgres://user:password@host:port/database`. The user must be allowed to create roles and schemas.',
      type: 'string',
      pattern: '^postgres(ql)?://.+',
    },
    defaultInWords: 'the embedded PostgreSQL',
    example: 'postgres://user:password@host:port/database',
    isSecret: true,
  },
  BAZAAR_SECRET: {
    schema: {
      description:
        'Secret from which the keys are derived that sign tokens and encrypt secrets. The same on every node. Losing it signs everyone out and makes what was encrypted unreadable.',
      type: 'string',
      minLength: 32,
      maxLength: 1024,
    },
    defaultInWords: 'generated once and kept in `<BAZAAR_DATA_DIR>/secret` (mode 0600)',
    isSecret: true,
  },
  BAZAAR_DEMO: {
    schema: {
      description:
        'Whether the two demo tenants exist. `0` refuses the demo accounts and leads the first visitor to the set-up.',
      ...flag,
      default: '1',
    },
  },
  BAZAAR_SIGN_UP: {
    schema: {
      description:
        'Whether visitors may sign up with a workspace of their own. `0`: people come by invitation or single sign-on.',
      ...flag,
      default: '1',
    },
  },
  BAZAAR_TIER_SEATS: {
    schema: {
      description:
        'How many people a workspace of each tier may have, unless the operator has agreed another number with it. A lower number removes nobody; it only keeps further people from joining.',
      type: 'string',
      pattern: '^free=[1-9]\\d{0,6},\\s*basic=[1-9]\\d{0,6},\\s*pro=[1-9]\\d{0,6},\\s*enterprise=[1-9]\\d{0,6}$',
      default: 'free=25,basic=50,pro=200,enterprise=1000',
    },
    example: 'free=25,basic=50,pro=200,enterprise=1000',
  },
  BAZAAR_ROLE: {
    schema: {
      description: 'What this process does: answer requests (`web`), work on events and jobs (`worker`), or both.',
      type: 'string',
      enum: ['web', 'worker', 'both'],
      default: 'both',
    },
  },
  BAZAAR_PLUGINS_LOCK: {
    schema: {
      description: 'File that pins the installed plugins: version, integrity, tier, granted capabilities.',
      type: 'string',
      minLength: 1,
    },
    defaultInWords: '`plugins.lock.json` in the project folder',
  },
  BAZAAR_RATE_LIMIT: {
    schema: {
      description:
        'Requests per minute that one address may make on average, over ten seconds, sockets included. `0` switches the limit off.',
      type: 'integer',
      minimum: 0,
      default: 60000,
    },
  },
  BAZAAR_UPLOAD_LIMIT: {
    schema: {
      description: 'Largest accepted file, in bytes. Plugins may ask for less, never for more.',
      type: 'integer',
      minimum: 1024,
      default: 26214400,
    },
  },
  BAZAAR_METRICS_TOKEN: {
    schema: {
      description:
        'Bearer token with which a Prometheus server may read `/metrics`. Operators may read it with their access token.',
      type: 'string',
      minLength: 16,
      maxLength: 1024,
    },
    defaultInWords: 'none: operators only',
    isSecret: true,
  },
  BAZAAR_SMTP_URL: {
    schema: {
      description:
        'Mail server that e-mails are handed to: `smtp://user:password@host:587` (nothing is sent without STARTTLS, unless the server is on this machine or `?starttls=optional` is added) or `smtps://user:password@host:465`.',
      type: 'string',
      minLength: 8,
    },
    defaultInWords: 'none: e-mails are kept and shown at `/mailbox`',
    isSecret: true,
  },
  BAZAAR_MAIL_FROM: {
    schema: {
      description: 'Sender of all e-mails, as `Bazaar <no-reply@example.org>`. Needed with BAZAAR_SMTP_URL.',
      type: 'string',
      minLength: 3,
    },
    defaultInWords: 'none',
  },
  STRIPE_SECRET_KEY: {
    schema: {
      description:
        'Secret key of a Stripe account, of its test mode (`sk_test_…`) or live (`sk_live_…`). With it payments go to Stripe; without it a simulation (the double) takes its place and no money moves.',
      type: 'string',
      pattern: '^(sk|rk)_(test|live)_[A-Za-z0-9_]+$',
    },
    defaultInWords: 'none: test payments',
    example: 'sk_test_… or sk_live_…',
    isSecret: true,
  },
  STRIPE_PUBLISHABLE_KEY: {
    schema: {
      description: 'Publishable key of the same account, for clients that confirm payments themselves.',
      type: 'string',
      pattern: '^pk_(test|live)_[A-Za-z0-9_]+$',
    },
    defaultInWords: 'none',
    example: 'pk_test_… or pk_live_…',
  },
  STRIPE_WEBHOOK_SECRET: {
    schema: {
      description:
        'Signing secret of the webhook endpoint `<public address>/api/billing/stripe/webhook` (`whsec_…`); two, separated by a comma, while one replaces the other. Without it Stripe is asked for its events every half minute.',
      type: 'string',
      pattern: '^whsec_[A-Za-z0-9+/=_-]+(,\\s*whsec_[A-Za-z0-9+/=_-]+)?$',
    },
    defaultInWords: 'none: events are fetched',
    example: 'whsec_…',
    isSecret: true,
  },
  STRIPE_AUTOMATIC_TAX: {
    schema: {
      description: 'Whether Stripe Tax calculates the taxes. It must be set up in the account.',
      ...flag,
      default: '0',
    },
  },
  BAZAAR_STRIPE_DOUBLE_PORT: {
    schema: {
      description: 'TCP port of the double that stands in for Stripe while there is no key.',
      type: 'integer',
      minimum: 0,
      maximum: 65535,
    },
    defaultInWords: '`PORT` + 1',
  },
  BAZAAR_PLATFORM_FEE_PERCENT: {
    schema: {
      description:
        'Percent of the net price of a publisher’s plugin that the platform keeps, with at most two decimals.',
      type: 'number',
      minimum: 0,
      maximum: 100,
      multipleOf: 0.01,
      default: 15,
    },
  },
  BAZAAR_PAYOUT_HOLD_DAYS: {
    schema: {
      description: 'Days for which a publisher’s share of a payment is held before it is transferred.',
      type: 'integer',
      minimum: 0,
      maximum: 365,
      default: 14,
    },
  },
  BAZAAR_SSO_PRIVATE_TARGETS: {
    schema: {
      description:
        'Identity providers that may be reached although their address is not public, also without https: `host:port`, separated by commas. For a provider in the same private network, and for tests.',
      type: 'string',
      pattern: '^[^\\s,:]+:\\d{1,5}(,\\s*[^\\s,:]+:\\d{1,5})*$',
    },
    example: 'idp.internal:8443',
    defaultInWords: 'none: public addresses with https only',
  },
  BAZAAR_GRACE_DAYS: {
    schema: {
      description: 'Days after the end of a licence during which everything still works (grace).',
      type: 'integer',
      minimum: 0,
      maximum: 365,
      default: 3,
    },
  },
  BAZAAR_READ_ONLY_DAYS: {
    schema: {
      description: 'Days after the grace period during which the plugin’s data can be read, but not changed.',
      type: 'integer',
      minimum: 0,
      maximum: 365,
      default: 14,
    },
  },
  BAZAAR_SUSPENDED_DAYS: {
    schema: {
      description:
        'Days after the read-only period during which the plugin cannot be used, but its events are held for a renewal.',
      type: 'integer',
      minimum: 0,
      maximum: 3650,
      default: 90,
    },
  },
  BAZAAR_LICENCE_KEYS: {
    schema: {
      description:
        'Issuers whose licence files are accepted, as `name:public key`, separated by commas. `bazaar licence key` makes one.',
      type: 'string',
      pattern: '^[A-Za-z0-9._-]+:[A-Za-z0-9_-]{43}(,\\s*[A-Za-z0-9._-]+:[A-Za-z0-9_-]{43})*$',
    },
    defaultInWords: 'none: licence files are refused',
    example: 'name:public key',
  },
  BAZAAR_RETENTION_DAYS: {
    schema: {
      description: 'Days for which events, held and dead deliveries, and the delivery log are kept.',
      type: 'integer',
      minimum: 7,
      maximum: 36500,
      default: 90,
    },
  },
  BAZAAR_AUDIT_RETENTION_DAYS: {
    schema: {
      description: 'Days for which the audit log is kept, in whole months. `0` keeps it for ever.',
      type: 'integer',
      minimum: 0,
      maximum: 36500,
      default: 0,
    },
  },
  BAZAAR_LOG_LEVEL: {
    schema: {
      description: 'Least severe log lines to write (JSON, on standard error). `debug` includes every request.',
      type: 'string',
      enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      default: 'warn',
    },
  },
} as const satisfies Record<string, Variable>;

/** The JSON Schema of the whole environment. */
export const CONFIG_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: Object.fromEntries(Object.entries(VARIABLES).map(([name, { schema }]) => [name, schema])),
};
