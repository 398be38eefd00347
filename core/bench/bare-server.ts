// The yardstick: koa + @koa/router + pg and a JWT check, with the SQL that the platform runs for the same request,
// and nothing else. Started as a child process with its settings as JSON in the first argument.
import Router from '@koa/router';
import { jwtVerify } from 'jose';
import Koa from 'koa';
import pg from 'pg';

export interface BareServerSettings {
  database: { host: string; port: number; user: string; database: string; password?: string };
  secret: string;
  tenantId: string;
  /** Statements for list (no parameters but the tenant), get (tenant, id) and create (tenant, values…). */
  sql: { list: string; get: string; create: string; createFields: string[] };
}

const settings: BareServerSettings = JSON.parse(process.argv[2] ?? '');
const key = new TextEncoder().encode(settings.secret);
const pool = new pg.Pool({ ...settings.database, max: 16 });
const { sql, tenantId } = settings;

async function body(stream: AsyncIterable<Buffer>): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const router = new Router();
router.get('/jobs', async (ctx) => {
  const { rows } = await pool.query({ name: 'list', text: sql.list, values: [tenantId] });
  ctx.body = { items: rows };
});
router.get('/jobs/:id', async (ctx) => {
  const { rows } = await pool.query({ name: 'get', text: sql.get, values: [tenantId, ctx.params['id']] });
  ctx.body = rows[0];
});
router.post('/jobs', async (ctx) => {
  const input = await body(ctx.req);
  const values = sql.createFields.map((field) => input[field]);
  const { rows } = await pool.query({ name: 'create', text: sql.create, values: [tenantId, ...values] });
  ctx.status = 201;
  ctx.body = rows[0];
});

const app = new Koa();
app.use(async (ctx, next) => {
  const token = ctx.get('authorization').slice('Bearer '.length);
  await jwtVerify(token, key);
  await next();
});
app.use(router.routes());
await pool.query('select 1');
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  process.send?.({ url: `http://127.0.0.1:${address.port}`, rssMb: process.memoryUsage.rss() / 2 ** 20 });
});
process.on('disconnect', () => process.exit(0));
