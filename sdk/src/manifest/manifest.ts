import type { JsonObject } from '../json.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = JsonObject;

/** `plugin.json`: all that can be known of a plugin without running it. See manifest.schema.json for the rules. */
export interface Manifest {
  /** For editors: path of manifest.schema.json. */
  $schema?: string;
  /** kebab-case, unique on the platform; the first segment of every name the plugin defines. */
  id: string;
  name: string;
  /** Semantic version. */
  version: string;
  /** Range of SDK versions, e.g. `^1.0.0`. */
  sdk: string;
  description: string;
  publisher: string;
  category: string;
  /** Name of a Lucide-style icon known to the shell, e.g. `briefcase`. */
  icon?: string;
  /** Plugin id → version range. Without a required plugin this one is not loaded. */
  requires?: Record<string, string>;
  /** As `requires`, but the plugin works without. */
  optional?: Record<string, string>;
  /** What the plugin asks of the kernel; the operator grants each. */
  capabilities?: CapabilityRequest[];
  /** Permissions it defines for the tenant's people. */
  permissions?: PermissionDeclaration[];
  /** What the built-in roles hold from the start: role → permission names of this plugin. */
  roles?: Partial<Record<'owner' | 'admin' | 'recruiter' | 'sales' | 'manager' | 'viewer', string[]>>;
  settings?: JsonSchema;
  pricing?: Pricing;
  events?: EventDeclaration[];
  subscriptions?: SubscriptionDeclaration[];
  actions: ActionDeclaration[];
  /** Actions that run by the clock. At most 20. */
  schedules?: ScheduleDeclaration[];
  pages?: PageDeclaration[];
  screens?: ScreenDeclaration[];
  navigation?: NavigationItem[];
  widgets?: WidgetDeclaration[];
  /** Tables without `tenant_id`, the same for every tenant: read-only at run time. */
  sharedTables?: string[];
  /** Which of its handlers about personal data the plugin has. Without them it knows nothing of people. */
  privacy?: { export?: boolean; erase?: boolean };
  /** Demo tenant's slug → JSON file of the package handed to the plugin's `demo` handler. */
  demo?: Record<string, string>;
}

/**
 * `files`, `documents`, `tasks`, `users` (read the tenant's people), `http:<host>`, `action:<plugin>.<action>`,
 * `event:<plugin>.<event>` (subscribe to another plugin's event).
 */
export interface CapabilityRequest {
  capability: string;
  /** Shown to the operator and the tenant admin who consent. */
  reason: string;
}

export interface PermissionDeclaration {
  /** Without the plugin's id, e.g. `jobs.write`; known elsewhere as `job-board:jobs.write`. */
  name: string;
  title: string;
}

/** Amounts in minor units of `currency`. */
export interface Pricing {
  currency: string;
  oneTime?: number;
  monthly?: number;
  annual?: number;
  /** 14 when absent. */
  trialDays?: number;
  /** Prices are for each seat: a licence names how many people may use the plugin. */
  perSeat?: boolean;
  /** What is counted besides, in periods of one month. */
  meters?: MeterDeclaration[];
}

/** Something that is counted while the plugin works, e.g. analyses. */
export interface MeterDeclaration {
  /** kebab-case, e.g. `analyses`. */
  name: string;
  title: string;
  /** One of what is counted, in words: `analysis`. */
  unit: string;
  /** How many each month the price includes. */
  included: number;
  /**
   * Price of each one beyond, for those with a subscription: minor units, as a decimal where one costs less than the
   * smallest coin (`"0.4"`). Without it nothing is charged, and nobody is held up at what is included.
   */
  unitAmount?: number | string;
  /** How many each month there may be at most. */
  hardCap?: number;
}

export interface EventDeclaration {
  /** Without the plugin's id, e.g. `application.submitted`. */
  name: string;
  version: number;
  description: string;
  /** Property of the payload that names the subject: events of one subject are delivered in order. */
  subject: string;
  payload: JsonSchema;
  /** When present, the event is also pushed to the browsers of people who hold this permission of the plugin. */
  audience?: string;
}

export interface SubscriptionDeclaration {
  /** Full name, e.g. `job-board.application.submitted`. */
  event: string;
  version: number;
  /** Name of a meter under `pricing`: each event that was handled counts one, however often it was tried. */
  meter?: string;
}

export interface ActionDeclaration {
  /** Without the plugin's id, e.g. `jobs.list`. */
  name: string;
  summary: string;
  /** `read` actions run in read-only transactions and may be repeated; `write` actions commit once. */
  effect: 'read' | 'write';
  /** A permission this plugin defines (without id); `public` needs no sign-in; absent: other plugins and pages only. */
  permission?: string;
  /** Object schema. Path, query and body of the HTTP request are merged into it. */
  input: JsonSchema;
  output: JsonSchema;
  /** Absent: `POST /api/p/<plugin>/actions/<name>`. */
  http?: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below `/api/p/<plugin>`, OpenAPI style: `/jobs/{id}`. */
    path: string;
    /** Success status; 200 when absent. */
    status?: 200 | 201 | 202 | 204;
    /** The action returns `{ fileId }` and the caller receives the file as an attachment. */
    download?: boolean;
  };
  /** Records the change in the audit log with this verb; write actions without it use the action's name. */
  audit?: string;
  /** Name of a meter under `pricing`: each call that commits counts one. For write actions. */
  meter?: string;
}

/**
 * An action of the plugin that the platform runs at fixed times, once for each tenant that may use the plugin, without
 * a person: `user` is `null`. Times that passed while the platform was down are made up for by one run.
 */
export interface ScheduleDeclaration {
  /** kebab-case, e.g. `close-expired-jobs`. */
  name: string;
  /** Minute, hour, day of month, month, day of week, in UTC: `15 2 * * *` is every day at 02:15. */
  cron: string;
  /** A write action of this plugin. */
  action: string;
  /** What the action gets; `{}` when absent. */
  input?: JsonObject;
}

/** A server-rendered public page at `/t/<tenant><path>`. */
export interface PageDeclaration {
  /** OpenAPI style, e.g. `/jobs/{slug}`. */
  path: string;
  /** Read action that returns a PageModel; gets the path parameters, the query, and `form` after a failed submission. */
  action: string;
  /** Write action that a POST to the page runs: form fields and files are its input; success redirects back with `?done=1`. */
  submit?: string;
}

export interface ScreenDeclaration {
  /** Below `/<plugin>` in the shell, e.g. `/jobs` or `/jobs/{id}`. */
  path: string;
  title: string;
  /** Custom element name, prefixed with the plugin's id. */
  element: string;
  /** Built module below `dist/ui`, e.g. `jobs.js` (source `ui/jobs.ts`). */
  module: string;
  permission: string;
}

export interface NavigationItem {
  title: string;
  icon: string;
  /** Path of one of the plugin's screens. */
  path: string;
  permission: string;
  order: number;
}

export type SlotName = 'dashboard' | 'job-board.application' | (string & {});

/** An element that the shell or another plugin's screen shows in a named slot. */
export interface WidgetDeclaration {
  slot: SlotName;
  title: string;
  element: string;
  module: string;
  permission: string;
  order?: number;
}
