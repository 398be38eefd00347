import type { AuditTrace } from '../../audit/index.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { FindTenant } from './operator.ts';
import type { ShownPlugins } from './shown-plugin.ts';

export interface LifecycleApi {
  lifecycle: Lifecycle;
  shown: ShownPlugins;
  findTenant: FindTenant;
  /** Switches a plugin on or off for a tenant; told to its log and its browsers. */
  pluginSwitch: { set(tenantId: string, plugin: string, enabled: boolean, trace: AuditTrace): Promise<void> };
}
