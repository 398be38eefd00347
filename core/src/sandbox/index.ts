export { createSandboxTier } from './tier.ts';
export type {
  HardeningStep,
  PluginFacts,
  ProcessFacts,
  SandboxLimits,
  SandboxTier,
  SandboxTierOptions,
} from './types.ts';
