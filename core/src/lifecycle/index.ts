export { lifecycleRoutes } from './api/routes.ts';
export type { Impact } from './impact.ts';
export { Lifecycle, type LifecycleOptions } from './lifecycle.ts';
export type { CanaryChoices, Operation, OperationKind, Operator, PackageChoices } from './types.ts';
