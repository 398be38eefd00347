// Measures the platform from outside, in a process of its own, so that the work of the tests does not count. Its
// argument is a JSON array of `Target`; on the message "look" it sends a `Lap`, on "lap" likewise, and begins the next.
import { Agent, request } from 'node:http';
import type { Lap, Target } from './prober.ts';

/** A request that takes longer is lost. */
const PATIENCE_MS = 20_000;
const MAX_OPEN = 4;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const targets = JSON.parse(process.argv[2] ?? '[]') as Target[];

class Record {
  times: number[] = [];
  failures: string[] = [];
  open = 0;
}
let records = targets.map(() => new Record());

function send(
  { url, method, token, body, expected }: Target,
  done: (failure: string | null, ms: number) => void,
): void {
  const begun = performance.now();
  let answered = false;
  const end = (failure: string | null) => {
    if (answered) return;
    answered = true;
    done(failure, performance.now() - begun);
  };
  const sent = request(url, { method, agent, timeout: PATIENCE_MS }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () => {
      const isRight = (response.statusCode ?? 0) < 300 && text.includes(expected);
      end(isRight ? null : `${response.statusCode} ${text.slice(0, 300)}`);
    });
    response.on('error', (error) => end(error.message));
  });
  sent.on('timeout', () => sent.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)));
  sent.on('error', (error) => end(error.message));
  if (token !== undefined) sent.setHeader('Authorization', `Bearer ${token}`);
  if (body !== undefined) sent.setHeader('Content-Type', 'application/json');
  sent.end(body);
}

for (const [index, target] of targets.entries()) {
  setInterval(() => {
    // What is sent in one lap counts in that lap.
    const record = records[index];
    // Steady, not ever more: a platform on a busy machine is not to be buried under questions.
    if (!record || record.open >= MAX_OPEN) return;
    record.open += 1;
    send(target, (failure, ms) => {
      record.open -= 1;
      record.times.push(ms);
      if (failure !== null && record.failures.length < 20) record.failures.push(failure);
    });
  }, target.everyMs);
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function summary(of: readonly Record[]): Lap {
  const lap: Lap = {};
  for (const [index, { name }] of targets.entries()) {
    const { times = [], failures = [] } = of[index] ?? {};
    const sorted = times.toSorted((a, b) => a - b);
    lap[name] = { count: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), failures };
  }
  return lap;
}

process.on('message', (message) => {
  if (message === 'look') process.send?.(summary(records));
  if (message !== 'lap') return;
  const ended = records;
  records = targets.map(() => new Record());
  const report = setInterval(() => {
    // Those on their way still belong to it.
    if (ended.some(({ open }) => open > 0)) return;
    clearInterval(report);
    process.send?.(summary(ended));
  }, 5);
});
process.on('disconnect', () => process.exit());
