import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// A stamp beside the output remembers a hash over everything that went in; equal hash, nothing to build.

const toolFiles = [
  'package-lock.json',
  'tsconfig.json',
  'scripts/ui/*.mjs',
  'core/src/bundling/**/*.ts',
  'sdk/src/ui/**/*.ts',
];

function digest(root, files) {
  const hash = createHash('sha256');
  for (const file of [...new Set(files)].sort()) {
    hash.update(`${file}\0`);
    const path = join(root, file);
    hash.update(existsSync(path) ? readFileSync(path) : 'missing');
    hash.update('\0');
  }
  return hash.digest('hex');
}

const isTest = (file) => /\.test\.ts$/.test(file);

let tools;

/** Hash over what every target depends on; read once. */
function toolsOf(root) {
  tools ??= digest(
    root,
    globSync(toolFiles, { cwd: root }).filter((file) => !isTest(file)),
  );
  return tools;
}

function inputsOf(root, patterns, learned) {
  const found = globSync(patterns, { cwd: root }).filter((file) => !isTest(file));
  return `${toolsOf(root)}.${digest(root, [...found, ...learned])}`;
}

/** Whether the output of an earlier build stands for what the inputs are now. */
export function isCurrent(root, target) {
  const path = join(root, target.output, '.stamp.json');
  if (!existsSync(path)) return false;
  const stamp = JSON.parse(readFileSync(path, 'utf8'));
  return (
    stamp.hash === inputsOf(root, target.inputs, stamp.learned) &&
    stamp.files.every((file) => existsSync(join(root, target.output, file)))
  );
}

/** `learned`: files below root that the bundler met outside the target's own patterns. */
export function writeStamp(root, target, learned) {
  const path = join(root, target.output, '.stamp.json');
  const files = globSync('**/*.{js,html,json,css,woff2}', { cwd: join(root, target.output) });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ hash: inputsOf(root, target.inputs, learned), learned, files }));
}
