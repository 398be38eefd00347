/** Scrolls a row of tabs that is wider than the screen to the chosen one. For lit's `ref`. */
export function revealTab(tab: Element | undefined): void {
  // Only once it stands in the document it has a place.
  requestAnimationFrame(() => {
    const row = tab?.parentElement;
    if (!tab || !row) return;
    const { left, width } = tab.getBoundingClientRect();
    const around = row.getBoundingClientRect();
    row.scrollLeft += left + width / 2 - (around.left + around.width / 2);
  });
}
