/** The Vaadin elements that a module names, as they were found when it was built; `null` when nobody knows. */
async function elementsOf(module: string): Promise<readonly string[] | null> {
  try {
    const list = new URL('bazaar-elements.js', module).href;
    const { default: used } = (await import(/* @vite-ignore */ list)) as { default: Record<string, string[]> };
    return used[module.slice(module.lastIndexOf('/') + 1)] ?? null;
  } catch {
    // Built before there was such a list: the module may use all of them.
    return null;
  }
}

/** Defines the Vaadin elements a module uses: each frame runs their code anew, and many widgets need none of it. */
export async function defineElements(module: string): Promise<void> {
  const used = await elementsOf(module);
  if (used?.length === 0) return;
  // The third of them that most screens get by with.
  await import('../elements/vaadin-basics.ts');
  if (used?.every((tag) => customElements.get(tag))) return;
  await import('../elements/vaadin-all.ts');
}
