/** Answers of the kernel's API as the shell reads them. */

export interface NavigationEntry {
  plugin: string;
  title: string;
  icon: string;
  /** Full path inside the shell. */
  path: string;
  order: number;
}

export interface ScreenEntry {
  plugin: string;
  /** Full path inside the shell; parameters as `{name}`. */
  path: string;
  title: string;
  element: string;
  /** URL of the module that defines `element`. */
  module: string;
  /** Shown in a frame on an origin of its own: its plugin is sandboxed. */
  framed?: boolean;
}

export interface WidgetEntry {
  plugin: string;
  slot: string;
  title: string;
  element: string;
  module: string;
  framed?: boolean;
  order: number;
}

/** A licence that has ended, and until when it allows what its state says. */
export interface FadingLicence {
  plugin: string;
  name: string;
  state: 'grace' | 'read-only' | 'suspended';
  until: string;
}

export interface ShellData {
  tenant: { id: string; slug: string; name: string; logo?: string | null };
  user: {
    id: string;
    name: string;
    email: string;
    permissions: string[];
    isOperator?: boolean;
    /** Where it is found. */
    picture?: string | null;
  };
  navigation: NavigationEntry[];
  screens: ScreenEntry[];
  widgets: WidgetEntry[];
  openTasks: number;
  demo: boolean;
  fading?: FadingLicence[];
  plugins?: { id: string; name: string; publisher: string; version: string; actions: string[]; calls?: string[] }[];
}

export interface SetupStatus {
  /** Nobody has set the installation up yet. */
  needed: boolean;
  /** The documented demo accounts exist. */
  demo?: boolean;
  /** Visitors may sign up with a workspace of their own. */
  signUp?: boolean;
}

export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

type LicenceState = 'none' | 'trial' | 'active' | 'grace' | 'read-only' | 'suspended' | 'expired' | 'revoked';

export interface LicenceView {
  state: LicenceState;
  plan: string | null;
  /** ISO 8601; `null` for a lifetime licence or none. */
  validUntil: string | null;
}

/** Amounts in minor units of `currency`. */
export interface PricingView {
  currency: string;
  oneTime?: number;
  monthly?: number;
  annual?: number;
  /** Prices are for each seat. */
  perSeat?: boolean;
}

/** An installed plugin as the tenant's admin sees it. */
export interface PluginView {
  id: string;
  name: string;
  description: string;
  publisher: string;
  category: string;
  icon: string | null;
  version: string;
  tier: 'inline' | 'sandbox';
  /** On the platform, in the version meant for this tenant. */
  state: 'active' | 'draining' | 'inactive' | 'parked' | 'quarantined' | 'failed';
  /** Why it is not active, in words. */
  reason: string | null;
  /** In this tenant. */
  enabled: boolean;
  licence: LicenceView;
  pricing: PricingView | null;
  trial: { available: boolean; days: number };
  /** What it asks of the platform, and why. */
  capabilities: { capability: string; reason: string }[];
  /** What it lets people do. */
  permissions: { name: string; title: string }[];
  /** Plugin → version range. */
  requires: Record<string, string>;
  optional: Record<string, string>;
  hasSettings: boolean;
}

/** What stops when a plugin is switched off. */
export interface BlastRadius {
  dependents: { id: string; name: string }[];
  limited: { id: string; name: string }[];
  surfaces: { screens: number; widgets: number; pages: number };
}

export interface SettingsDocument {
  schema: Record<string, unknown>;
  /** Defaults filled in, secrets left out. */
  values: Record<string, unknown>;
  /** JSON pointers of the secrets that are stored. */
  secretsSet: string[];
  /** `false`: the secrets must be entered again. */
  secretsReadable: boolean;
  /** Sent back, so that nobody overwrites what they have not seen. */
  revision: string;
}

export interface TaskView {
  id: string;
  plugin: string;
  kind: string;
  title: string;
  description: string | null;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  /** Path inside the shell. */
  link: string | null;
  createdAt: string;
  /** Of tasks for operators of the platform. */
  dueAt?: string | null;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: { kind: 'user' | 'visitor' | 'plugin' | 'system'; id: string | null; name?: string | null };
  plugin: string | null;
  action: string;
  entityId: string | null;
  detail: Record<string, unknown>;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
}
