// `npm test`: every gate, then every suite, from a bare clone. Ends with one line that counts them all.
// Arguments name gates or suites to run (`npm test -- unit types`); without, all of them run but those which must have
// the machine to themselves for several minutes: `npm test -- resilience attacks`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { GATES } from './gates.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const SUITES = ['unit', 'integration', 'sandboxed', 'resilience', 'attacks', 'browser', 'journeys'];
/** Suites that need the built user interface and a browser. */
const BROWSER_SUITES = ['browser', 'journeys'];
const wanted = process.argv.slice(2);
const ON_DEMAND = ['resilience', 'attacks'];
const chosen = (name) => (wanted.length === 0 ? !ON_DEMAND.includes(name) : wanted.includes(name));
const scratch = mkdtempSync(join(tmpdir(), 'bazaar-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };
/** Of every test that failed: where, which, and the first lines of why. Told at the end, where a reader looks. */
const failures = [];

/** Resolves with the exit code. `hear` gets what it says in place of the terminal. */
function run(command, args, hear) {
  return new Promise((resolve) => {
    const output = hear ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` },
    });
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function count(name, outcome, seconds) {
  totals.passed += outcome.passed;
  totals.failed += outcome.failed;
  totals.skipped += outcome.skipped;
  process.stdout.write(
    `── ${name}: ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped (${seconds.toFixed(1)} s)\n`,
  );
}

/** A suite that dies before its report counts as one failure, never as nothing. */
function readReport(file, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  for (const { name, message, assertionResults } of report.testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) failures.push([name, fullName, failureMessages.join('\n')]);
    if (message && failed.length === 0) failures.push([name, 'the file itself', message]);
  }
  const failed =
    report.numFailedTests +
    report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
  return {
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function timed(name, work) {
  process.stdout.write(`── ${name}\n`);
  const start = performance.now();
  const outcome = await work();
  count(name, outcome, (performance.now() - start) / 1000);
}

const passedIf = (holds) => ({ passed: holds ? 1 : 0, failed: holds ? 0 : 1, skipped: 0 });

/** Most gates use one processor: two at a time, and each shows what it has said when it is done. */
async function runGates(gates) {
  const waiting = [...gates];
  const next = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const start = performance.now();
      const said = [];
      const code = await run(gate.command, gate.args, (chunk) => said.push(chunk));
      process.stdout.write(`── ${gate.name}\n${Buffer.concat(said)}`);
      count(gate.name, passedIf(code === 0), (performance.now() - start) / 1000);
    }
  };
  await Promise.all([next(), next()]);
}

await runGates(GATES.filter(({ name }) => chosen(name) || chosen('gates')));

if (BROWSER_SUITES.some(chosen)) {
  process.env['CHROMIUM_PATH'] = await ensureChromium();
  await timed('user interface build', async () => passedIf((await run('node', ['scripts/build-ui.mjs'])) === 0));
}

for (const suite of SUITES.filter(chosen)) {
  await timed(suite, async () => {
    const file = join(scratch, `${suite}.json`);
    const code = await run('vitest', [
      'run',
      '--project',
      suite,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ]);
    return readReport(file, code);
  });
}

for (const [file, test, why] of failures) {
  const lines = why.split('\n').slice(0, 12).join('\n    ');
  process.stdout.write(`\nFAILED ${relative(root, file)}\n  ${test}\n    ${lines}\n`);
}
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
