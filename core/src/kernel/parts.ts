import type { Server } from 'node:http';
import type { Logger } from 'pino';
import type { AuditChain } from '../audit/index.ts';
import type { Billing, Payments } from '../billing/index.ts';
import type { Changes } from '../caching/index.ts';
import type { CommandLineTokens } from '../command-line/index.ts';
import type { Database } from '../data/index.ts';
import type { DemoDependencies } from '../demo/index.ts';
import type { DocumentExtractor } from '../documents/index.ts';
import type { Events } from '../events/index.ts';
import type { Files } from '../files/index.ts';
import type { HttpOptions } from '../http/index.ts';
import type { Identity } from '../identity/index.ts';
import type { Licensing } from '../licensing/index.ts';
import type { Lifecycle } from '../lifecycle/index.ts';
import type { RequestLimit } from '../listener/index.ts';
import type { Mailer, MailService } from '../mail/index.ts';
import type { Metering } from '../metering/index.ts';
import type { PublicPages } from '../pages/index.ts';
import type { Pictures } from '../pictures/index.ts';
import type { CapabilityUsage, HostServices, LoadedPlugins, OutgoingHttp, PluginCalls } from '../plugins/index.ts';
import type { Privacy } from '../privacy/index.ts';
import type { Realtime, Sockets } from '../realtime/index.ts';
import type { Route } from '../routes/index.ts';
import type { SandboxTier } from '../sandbox/index.ts';
import type { Schedules } from '../schedules/index.ts';
import type { Settings } from '../settings/index.ts';
import type { TenantDirectory } from '../tenancy/index.ts';
import type { Config } from './config.ts';
import type { HousekeepingOptions } from './housekeeping.ts';

/** What exists before the parts are composed. */
export interface Foundations {
  config: Config;
  version: string;
  secret: string;
  log: Logger;
  db: Database;
  loaded: LoadedPlugins;
  sandbox: SandboxTier;
  server: Server;
  /** Drawn at the start of this process. */
  instance: string;
  /** Where browsers reach the platform, without a trailing slash. */
  publicOrigin: string;
  /** Where this process is reached from its own machine, without a trailing slash. */
  localOrigin: string;
}

/** The parts of the running platform, by the names they ask for one another with. */
export interface Parts extends Foundations {
  now: () => Date;
  changes: Changes;
  auditChain: AuditChain;
  tenants: TenantDirectory;
  identity: Identity;
  operators: CommandLineTokens;
  requestLimit: RequestLimit;
  sockets: Sockets;
  realtime: Realtime & { close(): void };
  licensing: Licensing;
  payments: Payments;
  billing: Billing;
  settings: Settings;
  mail: MailService;
  /** For the rooms that queue e-mails. */
  mailer: Mailer;
  files: Files;
  pictures: Pictures;
  documents: DocumentExtractor;
  outgoing: OutgoingHttp;
  /** To the identity providers of tenants. */
  providerHttp: OutgoingHttp;
  usage: CapabilityUsage;
  metering: Metering;
  services: HostServices;
  calls: PluginCalls;
  events: Events;
  schedules: Schedules;
  pages: PublicPages;
  privacy: Privacy;
  routes: Route[];
  demo: Omit<DemoDependencies, 'report'>;
  lifecycle: Lifecycle;
  housekeeping: HousekeepingOptions;
  httpOptions: Omit<HttpOptions, 'readiness' | 'probesOnly'>;
}
