import type { PageDeclaration } from '@bazaar/sdk';
import { type LoadedPlugin, parsePathTemplate } from '../plugins/index.ts';

/** A public page of an active plugin. */
export interface PageRoute {
  plugin: LoadedPlugin;
  page: PageDeclaration;
  segments: readonly ReturnType<typeof parsePathTemplate>[number][];
}

export interface PageMatch extends PageRoute {
  params: Record<string, string>;
}

/** All public pages of the given plugins; text comes before parameters at the same place of a path. */
export function pageRoutes(plugins: readonly LoadedPlugin[]): PageRoute[] {
  return plugins
    .flatMap((plugin) =>
      (plugin.manifest.pages ?? []).map((page) => ({ plugin, page, segments: parsePathTemplate(page.path) })),
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Binary number with a 1 for each parameter, the first segment counting most. */
function rank({ segments }: PageRoute): number {
  return segments.reduce((sum, segment, index) => sum + ('parameter' in segment ? 2 ** (20 - index) : 0), 0);
}

/** `segments` are the decoded parts of the path below the tenant's public root. */
export function matchPage(routes: readonly PageRoute[], segments: readonly string[]): PageMatch | null {
  for (const route of routes) {
    if (route.segments.length !== segments.length) continue;
    const params: Record<string, string> = {};
    const fits = route.segments.every((expected, index) => {
      const given = segments[index] ?? '';
      if ('text' in expected) return expected.text === given;
      params[expected.parameter] = given;
      return true;
    });
    if (fits) return { ...route, params };
  }
  return null;
}
