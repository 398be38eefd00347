import type { JsonObject } from '@bazaar/sdk';
import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels, Locale } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { personPicturePath } from '../../pictures/index.ts';
import { PLATFORM_TENANT, type Principal } from '../../routes/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { isWebAddress, NO_WEB_ADDRESS } from '../web-address.ts';
import { auditAccount } from './account-audit.ts';

/** What a person says of themselves. Empty texts are left out. */
export interface Profile {
  phone?: string;
  bio?: string;
  location?: string;
  timeZone?: string;
  website?: string;
  linkedin?: string;
  github?: string;
}

export interface Preferences {
  notifications: {
    /** Reminders of licences and trials that end, to those who manage them. */
    licences: boolean;
  };
  privacy: {
    /** Colleagues see the profile and the picture. */
    shareProfile: boolean;
    /** Colleagues see the last sign-in. */
    shareLastSignIn: boolean;
  };
}

export interface OwnAccount {
  name: string;
  email: string;
  locale: Locale;
  hasPassword: boolean;
  /** Where it is found. */
  picture: string | null;
  profile: Profile;
  preferences: Preferences;
}

export interface ProfileInput {
  name?: string;
  locale?: Locale;
  profile?: Profile;
  preferences?: { [Part in keyof Preferences]?: Partial<Preferences[Part]> };
}

const DEFAULTS: Preferences = {
  notifications: { licences: true },
  privacy: { shareProfile: true, shareLastSignIn: true },
};

/** What is stored, with the defaults of what the person has not decided. */
export function preferencesOf(stored: JsonObject): Preferences {
  const { notifications, privacy } = stored as Partial<Preferences>;
  return {
    notifications: { ...DEFAULTS.notifications, ...notifications },
    privacy: { ...DEFAULTS.privacy, ...privacy },
  };
}

/** The given fields over those that are known; an empty text removes one. */
export function mergeProfile(known: Profile, given: Profile): Profile {
  const merged = Object.entries({ ...known, ...given }).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(merged.filter(([, text]) => text !== ''));
}

async function own(models: CoreModels, userId: string, lock: boolean) {
  const user = await models.User.findOne({ where: { id: userId }, lock });
  // One that was erased while the request was on its way is there, and nobody's.
  if (user?.status !== 'active') throw new ApiError('not-found', 'There is no such account.');
  return user;
}

export function createProfiles({ db, changes, pictures }: Pick<IdentityDependencies, 'db' | 'changes' | 'pictures'>) {
  return {
    async read({ user }: Principal): Promise<OwnAccount> {
      const { name, email, locale, passwordHash, picture, profile, preferences } = await db.asPlatform((models) =>
        own(models, user.id, false),
      );
      return {
        name,
        email,
        locale,
        hasPassword: passwordHash !== null,
        picture: personPicturePath(picture),
        profile: profile as Profile,
        preferences: preferencesOf(preferences),
      };
    },

    /** Changes what is given, as all of the person's tenants see it. */
    async change({ user }: Principal, input: ProfileInput, trace: AuditTrace): Promise<void> {
      const { profile, preferences } = input;
      checkTimeZone(profile?.timeZone);
      checkAddresses(profile);
      const fields = Object.keys(input).sort();
      if (fields.length === 0) return;
      await db.asPlatform(async (models) => {
        const stored = await own(models, user.id, true);
        const known = preferencesOf(stored.preferences);
        await stored.update({
          ...(input.name === undefined ? {} : { name: input.name.trim() }),
          ...(input.locale === undefined ? {} : { locale: input.locale }),
          ...(profile === undefined
            ? {}
            : { profile: mergeProfile(stored.profile as Profile, profile) as unknown as JsonObject }),
          ...(preferences === undefined
            ? {}
            : {
                preferences: {
                  notifications: { ...known.notifications, ...preferences.notifications },
                  privacy: { ...known.privacy, ...preferences.privacy },
                },
              }),
        });
        await auditAccount(models, trace, user.id, { action: 'profile.changed', detail: { fields } });
      });
      await changes.announce('membership', { userId: user.id });
    },

    /** Another picture, or none. It belongs to the account, whichever tenant the person is in; says where it is found. */
    async changePicture({ user }: Principal, bytes: Buffer | null, trace: AuditTrace): Promise<string | null> {
      const place = { tenantId: PLATFORM_TENANT.id, userId: user.id };
      const name = await pictures.change(place, bytes, (picture) =>
        db.asPlatform(async (models) => {
          const stored = await own(models, user.id, true);
          const before = stored.picture;
          if (before === picture) return before;
          await stored.update({ picture });
          await auditAccount(models, trace, user.id, { action: 'profile.changed', detail: { fields: ['picture'] } });
          return before;
        }),
      );
      await changes.announce('membership', { userId: user.id });
      return personPicturePath(name);
    },
  };
}

const ADDRESSES = ['website', 'linkedin', 'github'] as const;

function checkAddresses(profile: Profile = {}): void {
  const errors = ADDRESSES.filter((name) => profile[name] && !isWebAddress(profile[name])).map((name) => ({
    pointer: `/profile/${name}`,
    message: NO_WEB_ADDRESS,
  }));
  if (errors.length > 0) throw new ApiError('invalid-input', NO_WEB_ADDRESS, { errors });
}

function checkTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined || timeZone === '') return;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    const message = 'There is no such time zone.';
    throw new ApiError('invalid-input', message, { errors: [{ pointer: '/profile/timeZone', message }], cause });
  }
}

export type Profiles = ReturnType<typeof createProfiles>;
