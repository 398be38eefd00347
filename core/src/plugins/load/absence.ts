import type { PluginRecord } from './records.ts';
import type { Absence } from './serving.ts';

/** What is said of a plugin none of whose versions serves; nothing of one that has left no version. */
export function absenceOf(record: PluginRecord): Absence | undefined {
  const newest = record.versions.at(-1);
  if (!newest) return undefined;
  const { id } = record;
  const { version, tier, manifest } = newest;
  const about = { id, name: manifest.name, version, tier, manifest };
  return record.state === 'parked'
    ? {
        ...about,
        state: 'parked',
        reason: 'It was uninstalled; its data is kept and "bazaar plugin restore" brings it back.',
      }
    : { ...about, state: 'inactive', reason: 'It is not in plugins.lock.json.' };
}
