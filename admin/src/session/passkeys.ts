import { UiProblem } from '@bazaar/sdk/ui';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

/** Whether this browser has passkeys, at this address. */
export function passkeysWork(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window;
}

const REFUSALS: Record<string, string> = {
  NotAllowedError: 'No passkey was used: it was cancelled, or took too long.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys cannot be used at this address.',
};

function asProblem(error: unknown): UiProblem {
  const name = error instanceof Error ? error.name : '';
  const detail = REFUSALS[name] ?? 'This browser could not use a passkey.';
  return new UiProblem({ status: 400, code: 'passkey-failed', detail });
}

/** Asks the browser for a passkey; throws `UiProblem` when the person or the browser declines. */
export async function usePasskey(optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<object> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    return await startAuthentication({ optionsJSON });
  } catch (error) {
    throw asProblem(error);
  }
}

/** Has the browser make a passkey; throws `UiProblem` when the person or the browser declines. */
export async function makePasskey(optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<object> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    return await startRegistration({ optionsJSON });
  } catch (error) {
    throw asProblem(error);
  }
}
