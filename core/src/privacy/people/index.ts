export { listText, type RecordKeeper } from './collected.ts';
export { eraseAccount, eraseFromTenant } from './core-erase.ts';
export { exportAccount, exportFromTenant } from './core-export.ts';
export { type KeepingPlugin, PluginPeople, type PluginPeopleOptions } from './plugin-people.ts';
