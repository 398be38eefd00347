import autocannon from 'autocannon';

export interface Target {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Paths asked in turn, so that no cache of one row helps. */
  paths: readonly string[];
  body?: string;
}

export interface Load {
  rps: number;
  p50: number;
  p99: number;
}

const CONNECTIONS = 16;

/** One request first, so that a refusal is shown in the server's words. */
async function probe(target: Target): Promise<void> {
  const { method, headers, body, paths } = target;
  const response = await fetch(`${target.url}${paths[0]}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${response.url} answered ${response.status}: ${await response.text()}`);
}

/** Loads one server and fails when any answer is not a 2xx: a fast refusal is no result. */
export async function load(target: Target, amount: { seconds: number } | { requests: number }): Promise<Load> {
  await probe(target);
  const result = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    ...('seconds' in amount ? { duration: amount.seconds } : { amount: amount.requests }),
    requests: target.paths.map((path) => ({
      method: target.method,
      path,
      headers: target.headers,
      ...(target.body === undefined ? {} : { body: target.body }),
    })),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${target.url}${target.paths[0]}: ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`,
    );
  }
  return { rps: result.requests.total / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}
