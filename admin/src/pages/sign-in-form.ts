import { formErrors, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { SetupStatus } from '../api/types.ts';
import { DEMO_PASSWORD } from '../session/demo-accounts.ts';
import { passkeysWork } from '../session/passkeys.ts';
import { emailField, passwordField } from './entrance/fields.ts';
import { submitOnEnter } from './entrance.ts';
import { demoPicks } from './sign-in-picks.ts';

export const signInStyles = css`
  .demo {
    display: grid;
    gap: var(--bz-space-2);
    padding-block-start: var(--bz-space-5);
    border-block-start: 1px solid var(--bz-border);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-2) var(--bz-space-4);
    justify-content: space-between;
    align-items: center;
  }
`;

interface SignInForm {
  email: string;
  password: string;
  busy: boolean;
  /** Why the last attempt was refused; `null` when there was none. */
  failure: unknown;
  /** The session of whoever was here has run out. */
  ended: boolean;
  setup: SetupStatus;
  changed(change: { email?: string; password?: string; failure?: unknown }): void;
  submit(): void;
  byPasskey(): void;
}

/** E-mail and password, and the other ways in. */
export function signInForm({ email, password, busy, failure, ended, setup, changed, submit, byPasskey }: SignInForm) {
  const errors = formErrors(failure);
  return html`
    <div>
      <h1>Sign in</h1>
      <p class="subtitle">Welcome back. Use your work e-mail.</p>
    </div>
    ${
      ended && failure === null
        ? html`<p class="banner" role="status">
            <bazaar-icon name="clock"></bazaar-icon>Your session has ended. Sign in to go on where you were.
          </p>`
        : nothing
    }
    ${
      failure !== null && errors.size === 0
        ? html`<p class="banner danger" role="alert">
            <bazaar-icon name="circle-alert"></bazaar-icon><span>${problemMessage(failure)} ${wayOut(failure)}</span>
          </p>`
        : nothing
    }
    <form @submit=${(event: Event) => event.preventDefault()} @keydown=${submitOnEnter(submit)}>
      ${emailField({
        value: email,
        error: errors.get('/email'),
        changed: (value) => changed({ email: value }),
      })}
      ${passwordField({
        value: password,
        error: errors.get('/password'),
        changed: (value) => changed({ password: value }),
      })}
      <vaadin-button class="submit" theme="primary" ?disabled=${busy} @click=${submit}>
        ${busy ? 'Signing in…' : 'Sign in'}
      </vaadin-button>
    </form>
    <div class="ways">
      ${
        passkeysWork()
          ? html`<vaadin-button ?disabled=${busy} @click=${byPasskey}>
              <bazaar-icon name="key-round" slot="prefix"></bazaar-icon>Use a passkey
            </vaadin-button>`
          : nothing
      }
      <a href="/single-sign-on">Single sign-on</a>
    </div>
    <p class="ways">
      <a href="/forgot-password">Forgot your password?</a>
      ${setup.signUp ? html`<a href="/sign-up">Start a workspace</a>` : nothing}
    </p>
    ${setup.demo ? demoPicks((picked) => changed({ email: picked, password: DEMO_PASSWORD, failure: null })) : nothing}
  `;
}

/** What the person can do about a refusal. */
function wayOut(failure: unknown) {
  const action = failure instanceof UiProblem ? failure.action : undefined;
  return action ? html`<a href=${action.href}>${action.label}</a>` : nothing;
}
