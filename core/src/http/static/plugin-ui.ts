import { ApiError } from '../../errors/index.ts';
import type { LoadedPlugin, PluginRegistry } from '../../plugins/index.ts';
import type { HttpMiddleware } from '../context.ts';
import { StaticFolder, safeSegments, sendStatic } from './folder.ts';

const PREFIX = '/ui/plugins/';

/**
 * `/ui/plugins/<id>/<version>/<module>`: a plugin's built screens. Readable from everywhere: framed screens run on
 * an opaque origin, and there is nothing secret in them.
 */
export function pluginUi(plugins: PluginRegistry): HttpMiddleware {
  const folders = new WeakMap<LoadedPlugin, StaticFolder>();
  return async (ctx) => {
    const [id = '', version, ...module] = safeSegments(ctx.path.slice(PREFIX.length)) ?? [];
    const plugin = version === undefined ? undefined : plugins.version(id, version);
    const missing = () => new ApiError('not-found', `There is nothing at ${ctx.path}.`);
    if (!plugin || module.length === 0) throw missing();
    let folder = folders.get(plugin);
    if (!folder) {
      const built = await plugin.ui();
      if (built === undefined) throw missing();
      folder = new StaticFolder(built);
      folders.set(plugin, folder);
    }
    const file = await folder.read(module);
    if (!file) throw missing();
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    // Chunks carry a hash in their name; an entry keeps its name while it is worked on.
    sendStatic(ctx, file, module[0] === 'chunks' ? 'public, max-age=31536000, immutable' : 'no-cache');
  };
}
