import { randomUUID } from 'node:crypto';

function canary(): string {
  return `canary-${randomUUID()}`;
}

/** Stand in places that no plugin may see, and must not turn up in anything that it answers. */
export const SECRETS = {
  environment: canary(),
  platform: canary(),
  otherTenant: canary(),
  otherPlugin: canary(),
  setting: canary(),
  network: canary(),
};

export const CANARIES: readonly string[] = Object.values(SECRETS);

/** What the kernel's own environment holds of them. */
export const kernelCanaries = { ATTACK_CANARY: SECRETS.environment, BAZAAR_SECRET: SECRETS.platform };
