import type { JsonObject } from '@bazaar/sdk';
import { fileIdsIn } from '../../contract/file-fields.ts';
import { summarise } from '../../contract/input-errors.ts';
import { object, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const MAX_EVENTS = 1_000;
const MAX_SUBJECT = 200;
const MAX_PAYLOAD = 64 * 1024;
/** Of all events of one invocation: they are written with the commit, as one value. */
const MAX_PAYLOADS = 8 * 1024 * 1024;

function subjectOf(payload: JsonObject, property: string): string {
  const subject = payload[property];
  // The review of the manifest guarantees that the schema requires a string or an integer.
  return text(
    typeof subject === 'number' ? String(subject) : subject,
    `"${property}", the subject of the event,`,
    MAX_SUBJECT,
  );
}

export const events: OperationGroup<'events'> = {
  'events.emit': async (session, { event, payload }) => {
    session.needWrite('events.emit');
    const contract = session.plugin.contract.events.get(text(event, 'the name of an event', 100));
    if (!contract) throw new TypeError(`"${event}" is not declared under "events" in plugin.json`);
    const size = JSON.stringify(object(payload, 'payload')).length;
    if (size > MAX_PAYLOAD) {
      throw new TypeError(`payload of "${event}" is larger than ${MAX_PAYLOAD} characters; send an id instead`);
    }
    const errors = contract.payloadErrors(payload);
    if (errors.length > 0) throw new TypeError(`payload of "${event}" does not fit its schema: ${summarise(errors)}`);
    session.counts.events += 1;
    session.counts.payloads += size;
    if (session.counts.events > MAX_EVENTS) throw new RangeError(`more than ${MAX_EVENTS} events in one invocation`);
    if (session.counts.payloads > MAX_PAYLOADS) {
      throw new RangeError(`events of more than ${MAX_PAYLOADS} characters in one invocation; send ids instead`);
    }
    await checkHandedOver(session, fileIdsIn(payload, contract.fileIds));
    const { name, version, subject } = contract.declaration;
    session.unit.emit({ name, version, subject: subjectOf(payload, subject), payload: structuredClone(payload) });
    return null;
  },
};

/** A plugin can hand over only files that it may read itself. */
export async function checkHandedOver(
  session: Parameters<OperationGroup<'events'>['events.emit']>[0],
  fileIds: readonly string[],
): Promise<void> {
  const { services, tenant, plugin, user } = session;
  const scope = { tenantId: tenant.id, pluginId: plugin.manifest.id, userId: user?.id ?? null };
  for (const id of fileIds) await services.files.info(scope, id);
}
