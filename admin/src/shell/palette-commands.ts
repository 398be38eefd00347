import type { App } from '../app/app.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { routesOf } from '../routing/kernel-routes.ts';
import { chooseScheme, SCHEMES } from '../theme/scheme.ts';
import { navigationGroups } from './navigation.ts';
import type { Command } from './palette-search.ts';
import { SCHEME_TITLES } from './user-menu.ts';

/** Everything the palette offers this person: the menu, screens without parameters, the scheme, sign-out. */
export function paletteCommands(app: App): Command[] {
  const shell = app.shell.data;
  if (!shell) return [];
  const go = (path: string) => () => app.router.navigate(path);
  const entries = navigationGroups(shell).flatMap(({ title, items }) =>
    items.map((item) => ({ title: item.title, group: title ?? 'Workspace', icon: item.icon, path: item.path })),
  );
  const listed = new Set(entries.map(({ path }) => path));
  const screens = shell.screens
    .filter(({ path }) => !path.includes('{') && !listed.has(path))
    .map(({ title, plugin, path }) => ({ title, group: pluginName(shell, plugin), icon: 'app-window', path }));
  const own = routesOf('account', shell).map(({ title, icon, pattern }) => ({
    title,
    group: 'Account',
    icon,
    run: go(pattern.path),
  }));
  return [
    ...[...entries, ...screens].map(({ path, ...command }) => ({ ...command, run: go(path) })),
    ...SCHEMES.map((scheme) => ({
      title: `${SCHEME_TITLES[scheme]} appearance`,
      group: 'Preferences',
      icon: 'sun-moon',
      run: () => chooseScheme(scheme),
    })),
    ...own,
    { title: 'Sign out', group: 'Account', icon: 'log-out', run: () => void app.session.signOut() },
  ];
}
