const PROFILE_FIELDS = ['description', 'type', 'industry', 'size', 'website', 'headquarters', 'foundedYear'] as const;

type ProfileField = (typeof PROFILE_FIELDS)[number];

/** The workspace as `GET /api/tenant` tells it; what it does not say of itself is absent. */
export interface WorkspaceView {
  slug: string;
  name: string;
  profile: Partial<Record<ProfileField, string | number>>;
  /** Where it is found. */
  logo: string | null;
  verifiedAt: string | null;
}

/** What stands in the form. */
export type WorkspaceDraft = Readonly<Record<'name' | ProfileField, string>>;

/** What `PATCH /api/tenant` takes; `null` removes a field. */
interface WorkspaceChange {
  name?: string;
  profile?: Partial<Record<ProfileField, string | number | null>>;
}

export function draftOf({ name, profile }: WorkspaceView): WorkspaceDraft {
  const text = (field: ProfileField) => String(profile[field] ?? '');
  return {
    name,
    description: text('description'),
    type: text('type'),
    industry: text('industry'),
    size: text('size'),
    website: text('website'),
    headquarters: text('headquarters'),
    foundedYear: text('foundedYear'),
  };
}

function sentAs(field: ProfileField, text: string): string | number | null {
  if (text === '') return null;
  return field === 'foundedYear' ? Number(text) : text;
}

/** What is not as it is stored, so that nobody overwrites what somebody else has changed; `null` when all is. */
export function changeOf(stored: WorkspaceView, draft: WorkspaceDraft): WorkspaceChange | null {
  const known = draftOf(stored);
  const name = draft.name.trim();
  const fields = PROFILE_FIELDS.filter((field) => draft[field].trim() !== known[field]);
  if (name === known.name && fields.length === 0) return null;
  const profile = fields.map((field) => [field, sentAs(field, draft[field].trim())] as const);
  return {
    ...(name === known.name ? {} : { name }),
    ...(fields.length === 0 ? {} : { profile: Object.fromEntries(profile) }),
  };
}
