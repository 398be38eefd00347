import { pathParameters, pathsAreAmbiguous } from '../path-template.ts';
import { checkPathParameters } from './actions.ts';
import { checkPermission, listed, type Review } from './review.ts';

/** Screens, navigation, widgets and public pages. */
export function checkInterface(review: Review): void {
  const { manifest } = review;
  const screens = manifest.screens ?? [];
  checkDistinctPaths(review, 'screens', screens);
  for (const [index, screen] of screens.entries()) {
    checkPermission(review, `/screens/${index}/permission`, screen.permission);
  }
  for (const [index, item] of (manifest.navigation ?? []).entries()) {
    checkPermission(review, `/navigation/${index}/permission`, item.permission);
    if (!screens.some((screen) => screen.path === item.path)) {
      const paths = screens.map((screen) => screen.path);
      review.report(`/navigation/${index}/path`, `"${item.path}" is not the path of a screen (${listed(paths)})`);
    } else if (pathParameters(item.path).length > 0) {
      review.report(`/navigation/${index}/path`, 'leads to a screen with a parameter: nobody could fill it in');
    }
  }
  for (const [index, widget] of (manifest.widgets ?? []).entries()) {
    checkPermission(review, `/widgets/${index}/permission`, widget.permission);
    checkSlot(review, `/widgets/${index}/slot`, widget.slot);
  }
  checkElements(review);
  checkPages(review);
}

function checkDistinctPaths(review: Review, list: string, entries: readonly { path: string }[]): void {
  for (const [index, { path }] of entries.entries()) {
    const other = entries.slice(0, index).findIndex((before) => pathsAreAmbiguous(before.path, path));
    if (other >= 0) {
      review.report(
        `/${list}/${index}/path`,
        `"${path}" cannot be told from /${list}/${other}/path; change one of them`,
      );
    }
  }
}

function checkSlot(review: Review, pointer: string, slot: string): void {
  const [plugin, ...rest] = slot.split('.');
  if (rest.length === 0) {
    if (slot !== 'dashboard') {
      review.report(pointer, `the shell has no slot "${slot}"; use "dashboard" or "<plugin>.<slot>"`);
    }
  } else if (plugin !== undefined && plugin !== review.manifest.id && !review.dependencies.has(plugin)) {
    review.report(pointer, `is a slot of plugin "${plugin}"; add it to "optional" or "requires"`);
  }
}

/**
 * Custom elements share one registry in the browser: names begin with the plugin's id, and belong to one module each.
 */
function checkElements(review: Review): void {
  const { manifest, report } = review;
  const modules = new Map<string, string>();
  for (const list of ['screens', 'widgets'] as const) {
    for (const [index, { element, module }] of (manifest[list] ?? []).entries()) {
      const pointer = `/${list}/${index}/element`;
      if (!element.startsWith(`${manifest.id}-`)) {
        report(pointer, `must begin with "${manifest.id}-", e.g. "${manifest.id}-${element}"`);
      }
      const known = modules.get(element);
      if (known === undefined) modules.set(element, module);
      else if (known !== module) report(pointer, `"${element}" is already defined by module "${known}"`);
    }
  }
}

function checkPages(review: Review): void {
  const { manifest, report } = review;
  const pages = manifest.pages ?? [];
  checkDistinctPaths(review, 'pages', pages);
  for (const [index, page] of pages.entries()) {
    for (const [key, effect] of [
      ['action', 'read'],
      ['submit', 'write'],
    ] as const) {
      const name = page[key];
      if (name === undefined) continue;
      const pointer = `/pages/${index}/${key}`;
      const action = manifest.actions.find((declared) => declared.name === name);
      if (!action) {
        report(
          pointer,
          `"${name}" is not an action of this plugin (${listed(manifest.actions.map((one) => one.name))})`,
        );
        continue;
      }
      if (action.effect !== effect) report(pointer, `"${name}" must have the effect "${effect}"`);
      if (action.permission !== undefined && action.permission !== 'public') {
        report(pointer, `"${name}" needs a permission, which visitors never hold; make it "public" or remove it`);
      }
      checkPathParameters(review, `/pages/${index}/path`, page.path, action);
    }
  }
}
