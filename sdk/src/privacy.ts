import type { JsonObject } from './json.ts';

/** Whose data the platform asks a plugin for, within one tenant: all that is of any of these is this person's. */
export interface PersonIdentity {
  /** E-mail address in lower case; compare without case. */
  email: string;
  /** Their account, when they have one: for what they wrote or are responsible for. */
  userId: string | null;
  /** Files that plugins have named as this person's: what was made of them is the person's too. */
  files: readonly string[];
}

/** Whom to tell of, and from where. */
export interface PersonExportRequest extends PersonIdentity {
  /** `nextCursor` of the answer before this one; absent at first. */
  cursor?: string;
}

/** Records of one kind, e.g. applications. */
export interface PersonalRecords {
  /** kebab-case: the name of their file in the export. */
  name: string;
  /** For the person, e.g. `Your applications`. */
  title: string;
  /** As they are stored, with names that can be understood. */
  records: readonly JsonObject[];
}

/** What a plugin knows of a person: all of it, or the next part. Parts of one name become one list. */
export interface PersonExport {
  collections: readonly PersonalRecords[];
  /** Ids of the plugin's files that are about the person. */
  files?: readonly string[];
  /** Says that there is more, and where: the handler is called again with it. At most 2,000 characters. */
  nextCursor?: string;
}

/** What a plugin did about a person's data, for the certificate; never the data itself. */
export interface PersonErasure {
  /** Deleted, or changed so that nobody can tell any more whom it was about. */
  erased: readonly { what: string; count: number }[];
  /** What the law demands to keep. */
  kept: readonly { what: string; count: number; reason: string }[];
  /** The plugin's files about the person. The platform deletes them. */
  files?: readonly string[];
  /** Ids of what was erased: the platform empties events and removes tasks that refer to them. At most 10,000. */
  ids?: readonly string[];
}
