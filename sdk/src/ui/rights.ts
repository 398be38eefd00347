import { html, nothing, type TemplateResult } from 'lit';
import type { UiContext } from './contract.ts';

type Rights = Pick<UiContext, 'plugin' | 'user' | 'readOnly'>;

/** Whether the person holds a permission of the plugin, named as in its manifest. The server asks again. */
export function may({ plugin, user }: Rights, permission: string): boolean {
  return user.permissions.includes(`${plugin}:${permission}`);
}

/** The same for what changes something: nobody may while the plugin can only be read. */
export function mayWrite(ctx: Rights, permission: string): boolean {
  return !ctx.readOnly && may(ctx, permission);
}

/**
 * Why a form that somebody has begun cannot be sent while the plugin can only be read, for the place beside its button.
 * The form stays, so that nothing that was typed is lost when the licence is renewed.
 */
export function readOnlyHint({ readOnly }: Pick<Rights, 'readOnly'>): TemplateResult | typeof nothing {
  return readOnly
    ? html`<span class="muted small" role="status">The licence has ended: nothing can be changed until it is renewed.</span>`
    : nothing;
}
