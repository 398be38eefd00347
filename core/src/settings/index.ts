export { createSettings } from './create-settings.ts';
export type { Settings, SettingsDependencies, SettingsReader } from './types.ts';
