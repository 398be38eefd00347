import type { JsonObject } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import type { FileStore } from '../files/index.ts';
import type { FormTarget, PublicPages, SubmittedForm } from '../pages/index.ts';
import { bodyKind } from './body/media-type.ts';
import { readMultipart } from './body/multipart.ts';
import { readBody } from './body/read.ts';
import { formRefusal } from './body/refusal.ts';
import { uploadFields } from './body/upload-fields.ts';
import { parseUrlEncoded } from './body/urlencoded.ts';
import { type HttpContext, type HttpMiddleware, userAgentOf } from './context.ts';
import { StringReader } from './input.ts';
import { inputErrors } from './validation.ts';

export interface PublicPageOptions {
  pages: PublicPages;
  files: FileStore;
  /** Largest upload in bytes. */
  uploadLimit: number;
}

/** A form leaves out nothing: a field that was left empty comes as an empty string and means that it is absent. */
function withoutEmpty(values: Record<string, string | string[]>): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    const given = Array.isArray(value) ? value.filter((item) => item !== '') : value;
    if (given.length > 0) kept[name] = given;
  }
  return kept;
}

async function readForm(ctx: HttpContext, options: PublicPageOptions, target: FormTarget): Promise<SubmittedForm> {
  const { input: schema } = target.action;
  const reader = new StringReader(schema);
  const files = uploadFields(schema, options.uploadLimit);
  const kind = bodyKind(ctx.req.headers['content-type']);
  if (kind === 'urlencoded') {
    const values = parseUrlEncoded(await readBody(ctx.req));
    // A browser that sends a form this way sends the names of files only; nobody else may describe one.
    for (const name of files.keys()) delete values[name];
    return { values, input: reader.readForm(withoutEmpty(values)), discard: async () => {} };
  }
  if (kind !== 'multipart') {
    throw new ApiError('unsupported-media-type', 'Send the form as multipart/form-data.');
  }
  const scope = { tenantId: target.tenant.id, pluginId: target.pluginId, userId: null };
  const form = await readMultipart(ctx.req, {
    files,
    reader,
    store: (file) => options.files.store(scope, file),
    discard: (fileId) => options.files.discard(scope, fileId),
  });
  const input: JsonObject = reader.readForm(withoutEmpty(form.values));
  for (const name of files.keys()) if (Object.hasOwn(form.input, name)) input[name] = form.input[name];
  // The parameters of the page's address are not fields of its form; what it lacks for them is no fault of the form.
  const fromAddress = new Set(target.parameters);
  const refused = formRefusal(form.refused, input, files.keys(), (values) =>
    inputErrors(schema)(values).filter(({ pointer }) => !fromAddress.has(pointer.slice(1))),
  );
  return { values: form.values, input, ...(refused ? { refused } : {}), discard: form.discard };
}

/** `/t/…`: hands the request to the public pages and sends what they answer. */
export function publicPages(options: PublicPageOptions): HttpMiddleware {
  return async (ctx) => {
    const response = await options.pages.handle({
      method: ctx.method,
      path: ctx.path,
      query: ctx.querystring,
      // Not ctx.origin: since Koa 3 that is the Origin header, which the sender chooses.
      origin: `${ctx.protocol}://${ctx.host}`,
      requestId: ctx.state.requestId,
      ip: ctx.ip,
      userAgent: userAgentOf(ctx) ?? '',
      readForm: (target) => readForm(ctx, options, target),
    });
    if (!response) throw new ApiError('not-found', `There is nothing at ${ctx.path}.`);
    ctx.status = response.status;
    ctx.body = response.body;
    ctx.set(response.headers);
  };
}
