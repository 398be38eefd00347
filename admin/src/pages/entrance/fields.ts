import { html } from 'lit';

interface Field {
  label?: string;
  value: string;
  /** What is wrong with it. */
  error?: string | undefined;
  autocomplete?: string;
  help?: string;
  changed(value: string): void;
}

const onInput = (changed: Field['changed']) => (event: Event) =>
  changed((event.currentTarget as HTMLInputElement).value);

export function textField({ label = '', value, error = '', autocomplete = 'off', help = '', changed }: Field) {
  return html`<vaadin-text-field
    label=${label}
    required
    manual-validation
    autocomplete=${autocomplete}
    helper-text=${help}
    .value=${value}
    ?invalid=${error !== ''}
    .errorMessage=${error}
    @input=${onInput(changed)}
  ></vaadin-text-field>`;
}

export function emailField({ label = 'E-mail', value, error = '', autocomplete = 'username', changed }: Field) {
  return html`<vaadin-email-field
    label=${label}
    required
    manual-validation
    autocomplete=${autocomplete}
    .value=${value}
    ?invalid=${error !== ''}
    .errorMessage=${error}
    @input=${onInput(changed)}
  ></vaadin-email-field>`;
}

export function passwordField({
  label = 'Password',
  value,
  error = '',
  autocomplete = 'current-password',
  help = '',
  changed,
}: Field) {
  return html`<vaadin-password-field
    label=${label}
    required
    manual-validation
    autocomplete=${autocomplete}
    helper-text=${help}
    .value=${value}
    ?invalid=${error !== ''}
    .errorMessage=${error}
    @input=${onInput(changed)}
  ></vaadin-password-field>`;
}

/** What a new password must be; the server says the same, and more. */
export const PASSWORD_HELP = 'At least 10 characters; a short sentence is best.';
