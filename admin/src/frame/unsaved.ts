const WAIT_MS = 150;

/** Whether the screen would ask before the tab is closed: screens with unsaved work cancel `beforeunload`. */
function hasUnsaved(): boolean {
  const question = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(question);
  return question.defaultPrevented;
}

/** Tells when work becomes unsaved or saved; returns a way to ask at once. */
export function watchUnsaved(tell: (unsaved: boolean) => void): () => void {
  let told = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    clearTimeout(timer);
    const unsaved = hasUnsaved();
    if (unsaved !== told) tell(unsaved);
    told = unsaved;
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  };
  for (const event of ['input', 'change', 'click', 'keyup', 'drop']) window.addEventListener(event, askSoon, true);
  return ask;
}
