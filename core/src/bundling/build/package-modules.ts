import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'rolldown';
import { BundleError } from '../bundle-error.ts';
import { LIMITS } from '../limits.ts';
import type { BundleIssue } from '../types.ts';
import { sourceProblem } from './source-check.ts';

const MODULE_TYPES: Readonly<Record<string, 'js' | 'ts' | 'json'>> = {
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.ts': 'ts',
  '.mts': 'ts',
  '.json': 'json',
};

export interface PackageModulesOptions {
  /** Real path of the package's folder: nothing outside is read. */
  root: string;
  /** The module that an import stands for, a refusal in words, or nothing: then it is looked for in the package. */
  shared(source: string): { id: string; external: boolean } | string | undefined;
  /** Further real folders that `shared` leads into. */
  trusted?: readonly string[];
  /** Where refusals are told: the bundler wraps what its plugins throw. */
  issues: BundleIssue[];
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

/**
 * The only way from an import to a file: it answers every question of the bundler, so that neither its resolver nor
 * its loader ever leaves the package.
 */
export function packageModules({ root, shared, trusted = [], issues }: PackageModulesOptions): Plugin {
  let modules = 0;
  let bytes = 0;

  const nameOf = (path: string | undefined): string => (path === undefined ? '' : relative(root, path));
  const refuse = (file: string | undefined, message: string): never => {
    const issue = { file: nameOf(file), message };
    issues.push(issue);
    throw new BundleError([issue]);
  };
  const folderOf = (file: string): string => trusted.find((folder) => isInside(folder, file)) ?? root;

  return {
    name: 'package-modules',
    resolveId: {
      order: 'pre',
      async handler(source, importer, { isEntry }) {
        if (isEntry || importer === undefined) return source;
        const imports = (what: string) => refuse(importer, `imports "${source.slice(0, 200)}", ${what}`);
        const known = shared(source);
        if (typeof known === 'string') return imports(known);
        if (known) return known;
        const folder = folderOf(importer);
        if (/^\.{1,2}(\/|$)/.test(source)) {
          if (!isInside(folder, resolve(dirname(importer), source))) return imports('which is outside the package');
        } else if (isBuiltin(source)) {
          return imports('a module of Node.js; a plugin reaches the outside through its context (ctx) only');
        } else if (/^([a-z][a-z0-9+.-]*:|\/|\\)/i.test(source)) {
          return imports('but a plugin can import only what is in its package and @bazaar/sdk');
        }
        const found = await this.resolve(source, importer, { skipSelf: true });
        if (found?.external !== false || !/^(\/|[a-z]:\\)/i.test(found.id)) {
          return imports('which is not in the package');
        }
        const path = realpathSync(found.id);
        if (!isInside(folder, path)) {
          const bare = !/^\.{1,2}\//.test(source);
          return imports(bare ? 'which is not in the package' : 'a link that leads out of the package');
        }
        return path;
      },
    },
    load: {
      order: 'pre',
      handler(id) {
        // Modules that the bundler itself adds have names that no file can have.
        if (id.startsWith('\0') || id.startsWith('rolldown:')) return null;
        const moduleType = MODULE_TYPES[extname(id)];
        if (!moduleType) {
          return refuse(id, `a plugin is made of ${Object.keys(MODULE_TYPES).join(', ')} files; this is none of them`);
        }
        modules += 1;
        if (modules > LIMITS.modules) return refuse(undefined, `is made of more than ${LIMITS.modules} modules`);
        const { size } = statSync(id);
        bytes += size;
        if (size > LIMITS.fileBytes) return refuse(id, `has ${size} bytes; at most ${LIMITS.fileBytes} are possible`);
        if (bytes > LIMITS.sourceBytes) {
          return refuse(undefined, `has more than ${LIMITS.sourceBytes} bytes of source`);
        }
        const code = readFileSync(id, 'utf8');
        const problem = sourceProblem(id, code, moduleType);
        if (problem !== undefined) return refuse(id, problem);
        return { code, moduleType };
      },
    },
  };
}

/** Real path of an entry below the package's real folder. Throws `BundleError`. */
export function entryPath(root: string, entry: string): string {
  let path: string;
  try {
    path = realpathSync(join(root, entry));
  } catch (error) {
    throw new BundleError([{ file: entry, message: `cannot be read (${(error as NodeJS.ErrnoException).code})` }]);
  }
  if (!isInside(root, path))
    throw new BundleError([{ file: entry, message: 'is a link that leads out of the package' }]);
  return path;
}
