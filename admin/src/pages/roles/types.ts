/** Permissions of the platform or of one plugin. */
export interface PermissionGroup {
  plugin: string;
  title: string;
  permissions: { name: string; title: string }[];
}
