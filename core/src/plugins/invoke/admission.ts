import type { TenantIdentity, UserIdentity } from '@bazaar/sdk';
import semver from 'semver';
import { ApiError } from '../../errors/index.ts';
import type { LicenceDecision, LicenceScope, Licences } from '../../licensing/index.ts';
import type { ActionContract } from '../contract/plugin-contract.ts';
import type { LoadedPlugin, PluginRegistry } from '../types.ts';

/** What admission needs to know of the caller. */
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
    const effect = contract.readOnly ? 'read' : caller.isSystem ? 'deliver' : 'write';
    const decision = await this.#licences.decide(caller.tenant.id, id, { effect });
    if (decision.code !== 'ok') throw unlicensed(plugin, decision);
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
    if (caller.user?.permissions.includes(contract.permission)) {
      await this.#seat(plugin, caller.tenant.id, caller.user.id, effect);
      return;
    }
    if (caller.isSystem) return;
    throw new ApiError('forbidden', `This needs the permission "${contract.permission}".`, {
      reason: 'permission-missing',
    });
  }

  /** People take a seat when they first use a plugin whose seats are counted. */
  async #seat(plugin: LoadedPlugin, tenantId: string, userId: string, effect: LicenceScope['effect']): Promise<void> {
    const { id, name } = plugin.manifest;
    const { code } = await this.#licences.decide(tenantId, id, { effect, userId });
    if (code !== 'seat-required' || (await this.#licences.takeSeat(tenantId, id, userId))) return;
    throw new ApiError(
      'seat-required',
      `All seats of ${name} are taken. Somebody must leave theirs, or more be bought.`,
      {
        reason: 'seat-required',
        action: adminAction(id, 'Show seats'),
      },
    );
  }

  /** Whether the action would serve this tenant and this calling plugin at all now. */
  async serves(pluginId: string, action: string, tenantId: string, caller: LoadedPlugin): Promise<boolean> {
    const plugin = this.#plugins.get(pluginId, tenantId);
    const contract = plugin?.contract.actions.get(action);
    if (!plugin || !contract || !understands(caller, plugin)) return false;
    const { code } = await this.#licences.decide(tenantId, pluginId, { effect: contract.readOnly ? 'read' : 'write' });
    if (code !== 'ok') return false;
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

/** Why a plugin may not work under its licence, with the way out. */
export function unlicensed(
  { manifest: { id, name } }: LoadedPlugin,
  decision: Pick<LicenceDecision, 'state' | 'readable'>,
): ApiError {
  if (decision.state === 'none') {
    return new ApiError('licence-required', `This workspace has no licence for ${name}.`, {
      reason: 'licence-none',
      action: adminAction(id, 'Start a trial or buy'),
    });
  }
  const what = decision.readable
    ? `The licence for ${name} allows reading only; renew it to make changes.`
    : `The licence for ${name} is ${decision.state}; renew it to go on.`;
  return new ApiError('licence-ended', what, {
    reason: `licence-${decision.state}`,
    action: adminAction(id, 'Renew licence'),
  });
}
