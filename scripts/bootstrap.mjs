// Runs one of the project's commands from a bare clone: installs what is missing, then hands over to the pinned
// Node. Plain JavaScript without dependencies, because nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

/** Command → the scripts it runs, in order; the last one receives the arguments. */
const COMMANDS = {
  start: [['scripts/build-ui.mjs'], ['core/src/main.ts']],
  test: [['scripts/test.mjs']],
  bench: [['core/bench/main.ts']],
  bazaar: [['core/src/cli/main.ts']],
};

function fail(message) {
  process.stderr.write(`bazaar: ${message}\n`);
  process.exit(1);
}

function installed() {
  const marker = join(root, 'node_modules/.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  process.stderr.write('Installing dependencies (about half a minute on a first start) …\n');
  // npm start puts settings of its own run into the environment; the installation must not inherit them.
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(program, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.error) fail(`npm could not be run: ${result.error.message}`);
  if (result.status !== 0) fail('the installation failed; the lines above say why.');
}

function pinnedNode() {
  const path = join(root, 'node_modules/node/bin/node');
  if (!existsSync(path)) {
    fail('the pinned Node is missing from node_modules (was npm run with --ignore-scripts?). Run: npm ci');
  }
  return path;
}

/** Runs one script to its end; signals are passed on, so that Ctrl-C and SIGTERM stop the platform cleanly. */
function run(node, script, scriptArgs) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(root, script), ...scriptArgs], {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, BAZAAR_BOOTSTRAPPED: '1' },
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    // When npm itself is killed nobody forwards a signal any more: the child notices the closed channel.
    const parent = process.ppid;
    const orphaned = setInterval(() => {
      if (process.env.npm_lifecycle_event && process.ppid !== parent) child.disconnect();
    }, 500);
    orphaned.unref();
    child.on('error', (error) => fail(`${script} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      clearInterval(orphaned);
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1));
    });
  });
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(`Node ${process.versions.node} is too old; Bazaar needs Node ${OLDEST_NODE} or newer.`);
}
const steps = COMMANDS[command];
if (!steps) fail(`unknown command “${command ?? ''}”; known: ${Object.keys(COMMANDS).join(', ')}.`);
if (!installed()) install();
const node = pinnedNode();
for (const [index, [script, ...scriptArgs]] of steps.entries()) {
  const last = index === steps.length - 1;
  const code = await run(node, script, last ? [...scriptArgs, ...args] : scriptArgs);
  if (code !== 0) process.exit(code);
}
