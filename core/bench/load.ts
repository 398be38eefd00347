import autocannon from 'autocannon';

export interface Target {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Paths asked in turn, so that no cache of one row helps. */
  paths: readonly string[];
  body?: string;
  /** Callers who ask in turn; whoever `headers` says when absent. */
  tokens?: readonly string[];
}

export interface Load {
  rps: number;
  p50: number;
  p99: number;
}

const CONNECTIONS = 16;

function callersOf({ headers, tokens }: Target): Record<string, string>[] {
  return tokens === undefined ? [headers] : tokens.map((token) => ({ ...headers, authorization: `Bearer ${token}` }));
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One request first, so that a refusal is shown in the server's words. */
async function probe(target: Target): Promise<void> {
  const { method, body, paths } = target;
  const response = await fetch(`${target.url}${paths[0]}`, {
    method,
    headers: callersOf(target)[0] ?? {},
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${response.url} answered ${response.status}: ${await response.text()}`);
}

/** Loads one server and fails when any answer is not a 2xx: a fast refusal is no result. */
export async function load(target: Target, amount: { seconds: number } | { requests: number }): Promise<Load> {
  await probe(target);
  // The histogram of the tool itself counts whole milliseconds.
  const times: number[] = [];
  const options: autocannon.Options = {
    url: target.url,
    connections: CONNECTIONS,
    ...('seconds' in amount ? { duration: amount.seconds } : { amount: amount.requests }),
    requests: target.paths.flatMap((path) =>
      callersOf(target).map((headers) => ({
        method: target.method,
        path,
        headers,
        ...(target.body === undefined ? {} : { body: target.body }),
      })),
    ),
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, outcome) => (error ? reject(error) : resolve(outcome)));
    running.on('response', (_client, _status, _bytes, time) => times.push(time));
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${target.url}${target.paths[0]}: ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`,
    );
  }
  times.sort((a, b) => a - b);
  return {
    rps: result.requests.total / result.duration,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
