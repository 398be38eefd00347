/** Sends the form around a Vaadin button: such a button is none of the form's own. */
export function submitForm(event: Event): void {
  (event.currentTarget as HTMLElement).closest('form')?.requestSubmit();
}
