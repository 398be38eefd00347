import type { JsonObject } from '@bazaar/sdk';
import type { DocumentExtractor } from '../../documents/index.ts';
import type { FileStore } from '../../files/index.ts';
import type { Log } from '../../logging/index.ts';
import type { Realtime } from '../../realtime/index.ts';
import type { TenantMembers } from '../../tenancy/index.ts';
import type { EndedCall, Meter } from './call-meter.ts';
import type { CapabilityUsage } from './capability-usage.ts';
import type { OutgoingHttp } from './outgoing/outgoing-http.ts';

/** Settings as the plugin sees them: defaults filled in, secrets opened. */
export interface PluginSettings {
  get(tenantId: string, pluginId: string): Promise<JsonObject>;
}

/** The kernel services behind the host operations. */
export interface HostServices {
  files: FileStore;
  documents: DocumentExtractor;
  settings: PluginSettings;
  members: TenantMembers;
  realtime: Realtime;
  http: OutgoingHttp;
  usage: CapabilityUsage;
  meter: Meter;
  /** Called when an invocation has ended. Must not throw. */
  observe(call: EndedCall): void;
  log: Log;
}
