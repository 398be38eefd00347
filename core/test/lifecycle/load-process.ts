/** Sends requests at a steady rate whatever the answers are, and tells its parent of each: slowness shows as latency. */
import { Agent, request } from 'node:http';

export interface LoadPlan {
  url: string;
  /** Tenant → access token. */
  tokens: Record<string, string>;
  /** For each turn: plugin, and whether something is added. */
  mix: readonly (readonly [plugin: string, adds: boolean])[];
  perSecond: number;
}

/** Times are milliseconds of the wall clock. */
export interface LoadAnswer {
  plugin: string;
  tenant: string;
  /** What was to be added. */
  name?: string;
  /** What has been added. */
  id?: string;
  /** 0 when there was no answer. */
  status: number;
  reason?: string;
  due: number;
  done: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
const TIMEOUT_MS = 60_000;
/** A machine with too much to do is not buried: what is due waits, and has been due all the while. */
const MOST_UNDER_WAY = 300;

function send(url: string, token: string, name: string | undefined): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      {
        agent,
        method: name === undefined ? 'GET' : 'POST',
        timeout: TIMEOUT_MS,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(name === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', (error) => resolve({ status: 0, body: JSON.stringify({ reason: String(error) }) }));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => resolve({ status: 0, body: JSON.stringify({ reason: String(error) }) }));
    outgoing.end(name === undefined ? undefined : JSON.stringify({ name }));
  });
}

async function one(plan: LoadPlan, turn: number, due: number): Promise<LoadAnswer> {
  const [plugin, adds] = plan.mix[turn % plan.mix.length] ?? ['', false];
  const tenants = Object.keys(plan.tokens);
  // So that every tenant meets every turn of the mix.
  const tenant = tenants[(turn + Math.floor(turn / plan.mix.length)) % tenants.length] ?? '';
  const name = adds ? `goods ${turn}` : undefined;
  const { status, body } = await send(`${plan.url}/api/p/${plugin}/goods`, plan.tokens[tenant] ?? '', name);
  const { id, reason, code } = JSON.parse(body) as { id?: string; reason?: string; code?: string };
  return {
    plugin,
    tenant,
    status,
    due,
    done: Date.now(),
    ...(name === undefined ? {} : { name }),
    ...(id === undefined ? {} : { id }),
    ...(status < 400 && status > 0 ? {} : { reason: reason ?? code ?? body.slice(0, 200) }),
  };
}

process.once('message', async (plan: LoadPlan) => {
  const started = Date.now();
  const underWay = new Set<Promise<void>>();
  const answers: LoadAnswer[] = [];
  let isStopped = false;
  process.once('message', () => {
    isStopped = true;
  });
  for (let turn = 0; !isStopped; ) {
    const due = started + (turn * 1_000) / plan.perSecond;
    if (due > Date.now() || underWay.size >= MOST_UNDER_WAY) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      continue;
    }
    const work: Promise<void> = one(plan, turn, due)
      .then((answer) => void answers.push(answer))
      .finally(() => underWay.delete(work));
    underWay.add(work);
    turn += 1;
  }
  await Promise.all(underWay);
  process.send?.({ answers, seconds: (Date.now() - started) / 1_000 }, () => process.exit(0));
});
process.send?.('ready');
