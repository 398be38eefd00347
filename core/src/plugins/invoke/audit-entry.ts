import type { JsonObject, JsonValue } from '@bazaar/sdk';
import type { StagedAudit } from '../../data/index.ts';
import type { ActionContract } from '../contract/plugin-contract.ts';

const MAX_FIELDS = 50;

function idOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { id } = value;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' && id.length <= 200 ? id : undefined;
}

/** The audit log names the fields that were changed but not their values, which may be personal or secret. */
export function auditEntry(contract: ActionContract, input: JsonObject, output: JsonValue): StagedAudit {
  const entityId = idOf(output) ?? idOf(input);
  const fields: string[] = [];
  for (const name in input) {
    if (fields.length === MAX_FIELDS) break;
    if (name !== 'id' && name.length <= 100 && input[name] !== undefined) fields.push(name);
  }
  return {
    action: contract.auditAction,
    ...(entityId === undefined ? {} : { entityId }),
    ...(fields.length === 0 ? {} : { detail: { fields } }),
  };
}
