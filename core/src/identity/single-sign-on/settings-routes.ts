import { traceOf } from '../../audit/index.ts';
import { defineRoute, type Route, signedIn } from '../../routes/index.ts';
import type { Domains } from './domains.ts';
import type { PolicyInput, SignInSettings, SingleSignOnInput } from './settings.ts';

const TAG = 'Security';
const ACCESS = { permission: 'core:security.manage' } as const;
const DOMAIN = { type: 'string', minLength: 1, maxLength: 253 };
const FLAG = { type: 'boolean' };
const NAMED_DOMAIN = {
  type: 'object',
  additionalProperties: false,
  required: ['domain'],
  properties: { domain: DOMAIN },
};

const SINGLE_SIGN_ON = {
  issuer: { type: 'string', minLength: 1, maxLength: 500 },
  clientId: { type: 'string', minLength: 1, maxLength: 500 },
  enabled: FLAG,
  enforced: { ...FLAG, description: 'Members sign in here and nowhere else; owners keep their own way in.' },
  provisioning: { ...FLAG, description: 'Whether who comes for the first time becomes a member.' },
  defaultRole: { type: 'string', minLength: 1, maxLength: 100, description: 'What newcomers get.' },
};

const DOMAIN_ITEM = {
  type: 'object',
  required: ['domain', 'verifiedAt', 'verifiedBy', 'record'],
  properties: {
    domain: { type: 'string' },
    verifiedAt: { type: ['string', 'null'], format: 'date-time' },
    verifiedBy: { enum: ['dns', 'operator', null] },
    record: {
      type: 'object',
      required: ['name', 'value'],
      description: 'The TXT record that shows whose domain it is.',
      properties: { name: { type: 'string' }, value: { type: 'string' } },
    },
  },
};

const SETTINGS = {
  type: 'object',
  required: ['secondFactorRequired', 'supportAccess', 'singleSignOn', 'redirectUri', 'domains'],
  properties: {
    secondFactorRequired: FLAG,
    supportAccess: { ...FLAG, description: 'Whether operators of the platform may act as members.' },
    singleSignOn: {
      type: ['object', 'null'],
      required: [...Object.keys(SINGLE_SIGN_ON), 'updatedAt'],
      properties: { ...SINGLE_SIGN_ON, updatedAt: { type: 'string', format: 'date-time' } },
    },
    redirectUri: { type: 'string', description: 'To be registered with the provider.' },
    domains: { type: 'array', items: DOMAIN_ITEM },
  },
};

/** How a tenant's members sign in. */
export function signInSettingsRoutes(settings: SignInSettings, domains: Domains): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/security',
      operationId: 'getSignInSettings',
      summary: 'How members of this tenant sign in',
      tag: TAG,
      access: ACCESS,
      output: SETTINGS,
      handler: async (context) => {
        const principal = signedIn(context);
        return { ...(await settings.show(principal)), domains: await domains.list(principal.tenant.id) };
      },
    }),
    defineRoute({
      method: 'PATCH',
      path: '/api/security/policy',
      operationId: 'changeSignInPolicy',
      summary: 'Ask all members for a second factor; let operators of the platform in, or not',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: { secondFactorRequired: FLAG, supportAccess: FLAG },
      },
      output: {},
      status: 204,
      handler: (context, input: PolicyInput) => settings.savePolicy(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/security/single-sign-on',
      operationId: 'saveSingleSignOn',
      summary: "Set up the tenant's identity provider",
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: Object.keys(SINGLE_SIGN_ON),
        properties: {
          ...SINGLE_SIGN_ON,
          clientSecret: { type: 'string', minLength: 1, maxLength: 1000, description: 'The known one when absent.' },
        },
      },
      output: {},
      status: 204,
      handler: (context, input: SingleSignOnInput) =>
        settings.saveSingleSignOn(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/security/single-sign-on',
      operationId: 'removeSingleSignOn',
      summary: 'Forget the identity provider; members sign in by password again',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      output: {},
      status: 204,
      handler: (context) => settings.removeSingleSignOn(signedIn(context), traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/security/domains',
      operationId: 'claimDomain',
      summary: 'Say that a domain is yours; the answer says how to show it',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: NAMED_DOMAIN,
      output: DOMAIN_ITEM,
      status: 201,
      handler: (context, { domain }: { domain: string }) =>
        domains.claim(signedIn(context).tenant.id, domain, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/security/domains/{domain}/verify',
      operationId: 'verifyDomain',
      summary: 'Look for the record that shows whose domain it is',
      tag: TAG,
      access: ACCESS,
      input: NAMED_DOMAIN,
      output: {},
      status: 204,
      handler: (context, { domain }: { domain: string }) =>
        domains.verify(signedIn(context).tenant.id, domain.toLowerCase(), traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/security/domains/{domain}',
      operationId: 'removeDomain',
      summary: 'Give up a domain',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: NAMED_DOMAIN,
      output: {},
      status: 204,
      handler: (context, { domain }: { domain: string }) =>
        domains.remove(signedIn(context).tenant.id, domain.toLowerCase(), traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/tenants/{tenant}/domains/{domain}/vouch',
      operationId: 'vouchForDomain',
      summary: 'Confirm that a domain is the tenant’s, known by other means than DNS',
      tag: 'Platform',
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant', 'domain'],
        properties: { tenant: { type: 'string', minLength: 1, maxLength: 63 }, domain: DOMAIN },
      },
      output: {},
      status: 204,
      handler: (context, { tenant, domain }: { tenant: string; domain: string }) =>
        domains.vouch(tenant, domain.toLowerCase(), traceOf(context)),
    }),
  ];
}
