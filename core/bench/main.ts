// npm run bench -- [--json] [name …]: what the platform costs against a bare server, as ratios of one run.
import { parseArgs } from 'node:util';
import { prepare } from './environment.ts';
import { benchHttp, HTTP_NAMES } from './http.ts';
import { type BenchReport, machine, rounded, table } from './result.ts';
import { benchStart, START_NAMES } from './start.ts';

const NAMES = [...HTTP_NAMES, ...START_NAMES];
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: unknown name ${unknown.join(', ')}; known: ${NAMES.join(', ')}\n`);
  process.exit(2);
}
const names = positionals.length === 0 ? NAMES : positionals;

const environment = await prepare((line) => process.stderr.write(`bench: ${line}\n`));
const bareMemoryMb = environment.bare.memoryMb();
let http: BenchReport['results'];
try {
  http = await benchHttp(environment, names);
} finally {
  await environment.stop();
}
const start = names.some((name) => START_NAMES.includes(name)) ? await benchStart(names, bareMemoryMb) : [];
const report: BenchReport = { machine: machine(), results: [...http, ...start].map(rounded) };
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : table(report));
