import type { TenantIdentity, UserIdentity } from '@bazaar/sdk';
import semver from 'semver';
import { ApiError } from '../../errors/index.ts';
import type { LicenceDecision, Licences } from '../../licensing/index.ts';
import type { ActionContract } from '../contract/plugin-contract.ts';
import type { LoadedPlugin, PluginRegistry } from '../types.ts';

/** Who asks, as far as admission must know. */
export interface Caller {
  tenant: TenantIdentity;
  user: UserIdentity | null;
  /** Work without a person (events, schedules): held to what plugins were granted, not to a person's permissions. */
  isSystem: boolean;
  /** Another plugin's handler, or the kernel itself: may call actions that have no permission of their own. */
  isInternal: boolean;
}

/** Whether a call may go ahead: plugin active, licensed, enabled, permitted. */
export class Admission {
  readonly #plugins: PluginRegistry;
  readonly #licences: Licences;

  constructor(plugins: PluginRegistry, licences: Licences) {
    this.#plugins = plugins;
    this.#licences = licences;
  }

  find(plugin: LoadedPlugin, action: string): ActionContract {
    const contract = plugin.contract.actions.get(action);
    if (!contract) throw new ApiError('not-found', `${plugin.manifest.name} has no action "${action}".`);
    return contract;
  }

  async check(plugin: LoadedPlugin, contract: ActionContract, caller: Caller): Promise<void> {
    const { id, name } = plugin.manifest;
    const decision = await this.#licences.decide(caller.tenant.id, id);
    if (!(contract.readOnly ? decision.readable : decision.writable)) throw unlicensed(id, name, decision);
    if (!(await this.#licences.enabled(caller.tenant.id, id))) {
      throw new ApiError('plugin-disabled', `${name} is switched off in this workspace.`, {
        action: adminAction(id, 'Open plugin'),
      });
    }
    if (contract.isPublic) return;
    if (contract.permission === undefined) {
      if (caller.isInternal || contract.isPage) return;
      throw new ApiError('not-found', `${name} has no action "${contract.name}" that can be called from outside.`);
    }
    if (caller.user?.permissions.includes(contract.permission) || caller.isSystem) return;
    throw new ApiError('forbidden', `This needs the permission "${contract.permission}".`, {
      reason: 'permission-missing',
    });
  }

  /** Whether the action would serve this tenant and this calling plugin at all now. */
  async serves(pluginId: string, action: string, tenantId: string, caller: LoadedPlugin): Promise<boolean> {
    const plugin = this.#plugins.get(pluginId, tenantId);
    const contract = plugin?.contract.actions.get(action);
    if (!plugin || !contract || !understands(caller, plugin)) return false;
    const decision = await this.#licences.decide(tenantId, pluginId);
    if (!(contract.readOnly ? decision.readable : decision.writable)) return false;
    return this.#licences.enabled(tenantId, pluginId);
  }
}

/** Whether a plugin was written for the version of the other that is running. */
export function understands({ manifest }: LoadedPlugin, other: LoadedPlugin): boolean {
  const { id, version } = other.manifest;
  const range = manifest.requires?.[id] ?? manifest.optional?.[id];
  return range === undefined || semver.satisfies(version, range, { includePrerelease: true });
}

function adminAction(pluginId: string, label: string): { label: string; href: string } {
  return { label, href: `/admin/plugins/${pluginId}` };
}

function unlicensed(pluginId: string, name: string, decision: LicenceDecision): ApiError {
  if (decision.state === 'none') {
    return new ApiError('licence-required', `This workspace has no licence for ${name}.`, {
      reason: 'licence-none',
      action: adminAction(pluginId, 'Start a trial or buy'),
    });
  }
  const what =
    decision.readable && !decision.writable
      ? `The licence for ${name} allows reading only; renew it to make changes.`
      : `The licence for ${name} is ${decision.state}; renew it to go on.`;
  return new ApiError('licence-ended', what, {
    reason: `licence-${decision.state}`,
    action: adminAction(pluginId, 'Renew licence'),
  });
}
