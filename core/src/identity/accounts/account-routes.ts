import { traceOf } from '../../audit/index.ts';
import { MOST_BYTES, PICTURE_TYPES } from '../../pictures/index.ts';
import { defineRoute, LINE_INPUT, NAME_INPUT, type Route, signedIn, uploaded } from '../../routes/index.ts';
import { ADDRESS_INPUT, LOCALE_INPUT } from './address-input.ts';
import type { createChangePassword } from './change-password.ts';
import type { EmailChanges } from './email-change.ts';
import { NEW_PASSWORD_INPUT } from './password-rules.ts';
import type { ProfileInput, Profiles } from './profile.ts';
import { TIME_ZONE_INPUT, URL_INPUT } from './profile-input.ts';
import type { createProveByPassword } from './prove.ts';

const TAG = 'Identity';
const PASSWORD = { type: 'string', minLength: 1, maxLength: 1024 };
const text = (maxLength: number) => ({ type: 'string', maxLength });
const flags = (...names: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
});
const PROFILE = {
  type: 'object',
  additionalProperties: false,
  properties: {
    phone: { ...text(40), pattern: '^[+0-9 ()./-]*$' },
    bio: text(2000),
    location: { ...LINE_INPUT, maxLength: 120 },
    timeZone: TIME_ZONE_INPUT,
    website: URL_INPUT,
    linkedin: URL_INPUT,
    github: URL_INPUT,
  },
};
const PREFERENCES = {
  type: 'object',
  additionalProperties: false,
  properties: { notifications: flags('licences'), privacy: flags('shareProfile', 'shareLastSignIn') },
};
const ACCOUNT = {
  type: 'object',
  required: ['name', 'email', 'locale', 'hasPassword', 'picture', 'profile', 'preferences'],
  properties: {
    name: { type: 'string' },
    email: { type: 'string' },
    locale: LOCALE_INPUT,
    hasPassword: { type: 'boolean' },
    picture: { type: ['string', 'null'], description: 'Where it is found.' },
    profile: PROFILE,
    preferences: PREFERENCES,
  },
};

export interface AccountParts {
  profiles: Profiles;
  emailChanges: EmailChanges;
  changePassword: ReturnType<typeof createChangePassword>;
  proveByPassword: ReturnType<typeof createProveByPassword>;
}

/** What people do with their own account. */
export function accountRoutes({ profiles, emailChanges, changePassword, proveByPassword }: AccountParts): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/me/account',
      operationId: 'getAccount',
      summary: 'Your own account: profile and preferences',
      tag: TAG,
      access: 'person',
      output: ACCOUNT,
      handler: (context) => profiles.read(signedIn(context)),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/api/me',
      operationId: 'updateMe',
      summary: 'Change your own name, profile and preferences; what is left out stays',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          name: { ...NAME_INPUT, maxLength: 120 },
          locale: LOCALE_INPUT,
          profile: { ...PROFILE, description: 'An empty text removes a field.' },
          preferences: PREFERENCES,
        },
      },
      output: ACCOUNT,
      handler: async (context, input: ProfileInput) => {
        await profiles.change(signedIn(context), input, traceOf(context));
        return profiles.read(signedIn(context));
      },
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/me/picture',
      operationId: 'setPicture',
      summary: 'Choose another picture of yourself; people in your workspaces see it if you share your profile',
      tag: TAG,
      access: 'person',
      upload: { types: PICTURE_TYPES, maxBytes: MOST_BYTES },
      output: {
        type: 'object',
        required: ['picture'],
        properties: { picture: { type: 'string', description: 'Where it is found.' } },
      },
      handler: async (context) => ({
        picture: await profiles.changePicture(signedIn(context), uploaded(context), traceOf(context)),
      }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/me/picture',
      operationId: 'removePicture',
      summary: 'Remove your picture',
      tag: TAG,
      access: 'person',
      output: {},
      status: 204,
      handler: async (context) => {
        await profiles.changePicture(signedIn(context), null, traceOf(context));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/me/password',
      operationId: 'changePassword',
      summary: 'Choose another password; ends all your other sessions',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['current', 'password'],
        properties: { current: PASSWORD, password: NEW_PASSWORD_INPUT },
      },
      output: {},
      status: 204,
      handler: (context, input: { current: string; password: string }) =>
        changePassword(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/me/email',
      operationId: 'changeEmail',
      summary: 'Ask for another e-mail address; both the old and the new one have to confirm by mail',
      tag: TAG,
      access: 'person',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email'],
        properties: { email: ADDRESS_INPUT },
      },
      output: {},
      status: 202,
      handler: async (context, { email }: { email: string }) => {
        await emailChanges.ask(signedIn(context), email, traceOf(context));
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/prove',
      operationId: 'proveByPassword',
      summary: 'Prove by your password that it is still you: for 15 minutes you may do what asks for it',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['password'],
        properties: { password: PASSWORD },
      },
      output: {},
      status: 204,
      handler: (context, { password }: { password: string }) =>
        proveByPassword(signedIn(context), password, traceOf(context)),
    }),
  ];
}
