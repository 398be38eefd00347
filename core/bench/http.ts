import { type Environment, NEW_JOB } from './environment.ts';
import { type Load, load, type Target } from './load.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;

type Request = Pick<Target, 'method' | 'paths' | 'body'>;

/** One request on two servers. */
interface Pair {
  name: string;
  note: string;
  request: (environment: Environment, prefix: string) => Request;
  /** `http.` compares with the bare server, `sandbox.` the same plugin in a sandbox with itself inline. */
  against: 'bare' | 'inline';
}

const list = (_environment: Environment, prefix: string): Request => ({
  method: 'GET',
  paths: [`${prefix}/jobs?limit=20`],
});
const get = ({ jobIds }: Environment, prefix: string): Request => ({
  method: 'GET',
  paths: jobIds.map((id) => `${prefix}/jobs/${id}`),
});
const create = (_environment: Environment, prefix: string): Request => ({
  method: 'POST',
  paths: [`${prefix}/jobs`],
  body: JSON.stringify(NEW_JOB),
});

const PAIRS: readonly Pair[] = [
  { name: 'http.list', note: 'list 20 of 10,000', request: list, against: 'bare' },
  { name: 'http.get', note: 'get by id, 1,000 ids in turn', request: get, against: 'bare' },
  { name: 'http.create', note: 'create with audit entry', request: create, against: 'bare' },
  { name: 'sandbox.list', note: 'list 20 of 10,000 in a sandbox', request: list, against: 'inline' },
  { name: 'sandbox.get', note: 'get by id in a sandbox, 1,000 ids in turn', request: get, against: 'inline' },
];

export const HTTP_NAMES = PAIRS.map((pair) => pair.name);

/** The server that is measured and the one it is measured against. */
function targets(pair: Pair, environment: Environment): { measured: Target; baseline: Target } {
  const { platform, bare, sandboxed, accessToken, bareToken } = environment;
  const target = (url: string, prefix: string, token: string): Target => {
    const request = pair.request(environment, prefix);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return { url, headers, ...request };
  };
  const inline = target(platform.url, '/api/p/job-board', accessToken);
  if (pair.against === 'bare') return { measured: inline, baseline: target(bare.url, '', bareToken) };
  if (!sandboxed) throw new Error('no platform with sandboxed plugins was prepared');
  return { measured: target(sandboxed.url, '/api/p/job-board', accessToken), baseline: inline };
}

/** Both servers in turn, round by round: the machine's mood changes slower than the turns. */
export async function benchHttp(environment: Environment, names: readonly string[]): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const pair of PAIRS.filter(({ name }) => names.includes(name))) {
    const { measured, baseline } = targets(pair, environment);
    for (const each of [baseline, measured]) await load(each, { seconds: WARM_UP_SECONDS });
    const rounds: { measured: Load; baseline: Load }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        baseline: await load(baseline, { seconds: SECONDS }),
        measured: await load(measured, { seconds: SECONDS }),
      });
    }
    const other = pair.against === 'bare' ? 'bare Koa' : 'inline';
    const [p50, p99] = (['p50', 'p99'] as const).map((key) => median(rounds.map((round) => round.baseline[key])));
    results.push({
      name: pair.name,
      value: median(rounds.map((round) => round.measured.rps)),
      unit: 'requests/s',
      baseline: median(rounds.map((round) => round.baseline.rps)),
      ratio: median(rounds.map((round) => round.measured.rps / round.baseline.rps)),
      p50: median(rounds.map((round) => round.measured.p50)),
      p99: median(rounds.map((round) => round.measured.p99)),
      note: `${pair.note}; ${other} p50 ${p50?.toPrecision(3)} ms, p99 ${p99?.toPrecision(3)} ms`,
    });
  }
  return results;
}
