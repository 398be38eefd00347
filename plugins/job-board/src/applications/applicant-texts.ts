import type { Contract } from '../contract.generated.ts';
import { given } from './intake.ts';

type Settings = Contract['settings'];

// The settings have longer texts from the start; these stand where a tenant has emptied them.

export function acknowledgementOf({ acknowledgement }: Settings): string {
  return given(acknowledgement) ?? 'Thank you for applying. We have received your application.';
}

export function consentTextOf({ consentText }: Settings): string {
  return given(consentText) ?? 'I agree that my details and CV are stored and used to assess this application.';
}
