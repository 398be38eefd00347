// npm run bench -- [--json] [name …]: what the platform costs against a bare server, as ratios of one run.
import { parseArgs } from 'node:util';
import { AUTH_NAMES, benchAuth } from './auth.ts';
import { prepare } from './environment.ts';
import { benchHttp, HTTP_NAMES } from './http.ts';
import { benchInstall, INSTALL_NAMES } from './install.ts';
import { benchIsolates, ISOLATE_NAMES } from './isolates.ts';
import { benchSpread, SPREAD_NAMES } from './licence-spread.ts';
import { benchLicences, LICENCE_NAMES } from './licences.ts';
import { type BenchReport, type BenchResult, machine, rounded, table } from './result.ts';
import { benchScale, SCALE_NAMES } from './scale.ts';
import { benchStart, START_NAMES } from './start.ts';

const NAMES = [
  ...HTTP_NAMES,
  ...START_NAMES,
  ...ISOLATE_NAMES,
  ...INSTALL_NAMES,
  ...SCALE_NAMES,
  ...LICENCE_NAMES,
  ...SPREAD_NAMES,
  ...AUTH_NAMES,
];
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: unknown name ${unknown.join(', ')}; known: ${NAMES.join(', ')}\n`);
  process.exit(2);
}
const names = positionals.length === 0 ? NAMES : positionals;
const report = (line: string): void => void process.stderr.write(`bench: ${line}\n`);
const wants = (some: readonly string[]): boolean => names.some((name) => some.includes(name));

async function serversAndStart(): Promise<BenchResult[]> {
  const environment = await prepare(report, { sandboxed: names.some((name) => name.startsWith('sandbox.')) });
  const bareMemoryMb = environment.bare.memoryMb();
  let http: BenchResult[];
  try {
    http = await benchHttp(environment, names);
  } finally {
    await environment.stop();
  }
  return wants(START_NAMES) ? [...http, ...(await benchStart(names, bareMemoryMb))] : http;
}

const results: BenchResult[] = [];
if (wants([...HTTP_NAMES, ...START_NAMES])) results.push(...(await serversAndStart()));
if (wants(ISOLATE_NAMES)) results.push(...(await benchIsolates(names, report)));
if (wants(INSTALL_NAMES)) results.push(...(await benchInstall(report)));
if (wants(SCALE_NAMES)) results.push(...(await benchScale(names, report)));
if (wants(AUTH_NAMES)) results.push(...(await benchAuth(names, report)));
if (wants(SPREAD_NAMES)) results.push(...(await benchSpread(names, report)));
if (wants(LICENCE_NAMES)) results.push(...(await benchLicences()));
const document: BenchReport = { machine: machine(), results: results.map(rounded) };
process.stdout.write(values.json ? `${JSON.stringify(document, null, 2)}\n` : table(document));
