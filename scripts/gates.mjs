// The checks that are tools, not tests: each is one command that exits 0 when the code keeps the rule.

/** @type {readonly { name: string, command: string, args: string[] }[]} */
export const GATES = [
  { name: 'package lock', command: 'npm', args: ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error'] },
  { name: 'types', command: 'tsc', args: ['--noEmit', '--project', '.'] },
  { name: 'lint and format', command: 'biome', args: ['ci', '--diagnostic-level=warn', '--error-on-warnings', '.'] },
  {
    name: 'dependency arrows and cycles',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'sdk', 'core', 'admin', 'plugins'],
  },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
  { name: 'API report of the SDK', command: 'node', args: ['scripts/api-report.mjs', '--check'] },
  { name: 'plugin lock file', command: 'node', args: ['core/src/cli/main.ts', 'plugin', 'lock', '--check'] },
];
