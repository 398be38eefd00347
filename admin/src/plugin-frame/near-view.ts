const MARGIN = '400px';

/** Resolves when the element is about to be scrolled into view. */
export function nearView(element: Element): Promise<void> {
  return new Promise((resolve) => {
    // The shell's pages scroll inside of an element, for which the margin is another option; newer than the types.
    const options: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: MARGIN, scrollMargin: MARGIN };
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      resolve();
    }, options);
    observer.observe(element);
  });
}
