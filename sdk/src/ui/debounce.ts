/** Runs `work` once the calls have paused for `wait` milliseconds. */
export function debounce(work: () => void, wait = 250): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}
