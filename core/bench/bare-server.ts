// The yardstick: koa + @koa/router + pg and a JWT check, with the SQL that the platform runs for the same request,
// and nothing else. Started as a child process with its settings as JSON in the first argument.
import { randomUUID } from 'node:crypto';
import Router from '@koa/router';
import { jwtVerify, SignJWT } from 'jose';
import Koa from 'koa';
import pg from 'pg';
import { bareStatements } from './bare-statements.ts';

export interface BareServerSettings {
  database: { host: string; port: number; user: string; database: string };
  secret: string;
  tenantId: string;
}

const settings: BareServerSettings = JSON.parse(process.argv[2] ?? '');
const key = new TextEncoder().encode(settings.secret);
const sql = await bareStatements(settings.database, settings.tenantId);
const pool = new pg.Pool({
  ...settings.database,
  max: 16,
  options: `-c search_path=p_job_board -c app.tenant_id=${settings.tenantId}`,
});

async function body(stream: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const router = new Router();
router.get('/jobs', async (ctx) => {
  const { rows } = await pool.query({ name: 'list', ...sql.list });
  ctx.body = { items: rows.slice(0, 20) };
});
router.get('/jobs/:id', async (ctx) => {
  const { rows } = await pool.query({ name: 'get', text: sql.get, values: [ctx.params.id] });
  ctx.body = rows[0];
});
router.post('/jobs', async (ctx) => {
  await body(ctx.req);
  const values = sql.create.values.map((value, index) => (sql.create.slugs.includes(index) ? randomUUID() : value));
  const { rows } = await pool.query({ name: 'create', text: sql.create.text, values });
  ctx.status = 201;
  ctx.body = rows[0];
});

const app = new Koa();
app.on('error', (error: NodeJS.ErrnoException) => {
  // At its end the load hangs up in the middle of requests, which Koa by itself reports with a stack.
  if (error.code !== 'ECONNRESET' && error.code !== 'HPE_INVALID_EOF_STATE') app.onerror(error);
});
app.use(async (ctx, next) => {
  if (ctx.path === '/token') {
    const token = await new SignJWT({ tenant: settings.tenantId })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(randomUUID())
      .setExpirationTime('1h')
      .sign(key);
    ctx.body = { token };
    return;
  }
  await jwtVerify(ctx.get('authorization').slice('Bearer '.length), key);
  await next();
});
app.use(router.routes());
await pool.query('select 1');
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the bare server has no port');
  process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.on('disconnect', () => process.exit(0));
