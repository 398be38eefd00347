import { type Environment, NEW_JOB } from './environment.ts';
import { type Load, load, type Target } from './load.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;

interface Pair {
  name: string;
  note: string;
  path: string;
  target: (environment: Environment, prefix: string) => Pick<Target, 'method' | 'paths' | 'body'>;
}

const PAIRS: readonly Pair[] = [
  {
    name: 'http.list',
    note: 'list 20 of 10,000',
    path: '/jobs',
    target: (_environment, prefix) => ({ method: 'GET', paths: [`${prefix}/jobs?limit=20`] }),
  },
  {
    name: 'http.get',
    note: 'get by id, 1,000 ids in turn',
    path: '/jobs/{id}',
    target: ({ jobIds }, prefix) => ({ method: 'GET', paths: jobIds.map((id) => `${prefix}/jobs/${id}`) }),
  },
  {
    name: 'http.create',
    note: 'create with audit entry',
    path: '/jobs',
    target: (_environment, prefix) => ({ method: 'POST', paths: [`${prefix}/jobs`], body: JSON.stringify(NEW_JOB) }),
  },
];

export const HTTP_NAMES = PAIRS.map((pair) => pair.name);

/** Both servers in turn, round by round: the machine's mood changes slower than the turns. */
export async function benchHttp(environment: Environment, names: readonly string[]): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const pair of PAIRS.filter(({ name }) => names.includes(name))) {
    const target = (url: string, prefix: string, token: string): Target => {
      const request = pair.target(environment, prefix);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      return { url, headers, ...request };
    };
    const platform = target(environment.platform.url, '/api/p/job-board', environment.accessToken);
    const bare = target(environment.bare.url, '', environment.bareToken);
    for (const each of [bare, platform]) await load(each, { seconds: WARM_UP_SECONDS });
    const rounds: { platform: Load; bare: Load }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        bare: await load(bare, { seconds: SECONDS }),
        platform: await load(platform, { seconds: SECONDS }),
      });
    }
    results.push({
      name: pair.name,
      value: median(rounds.map((round) => round.platform.rps)),
      unit: 'requests/s',
      baseline: median(rounds.map((round) => round.bare.rps)),
      ratio: median(rounds.map((round) => round.platform.rps / round.bare.rps)),
      p50: median(rounds.map((round) => round.platform.p50)),
      p99: median(rounds.map((round) => round.platform.p99)),
      note: `${pair.note}; bare Koa p50 ${median(rounds.map((r) => r.bare.p50))} ms, p99 ${median(rounds.map((r) => r.bare.p99))} ms`,
    });
  }
  return results;
}
