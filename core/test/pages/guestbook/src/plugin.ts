import { conflict, definePlugin, html, type JsonObject, notFound } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';

export default definePlugin<Contract>({
  actions: {
    page: async (ctx, { form, done, limit = 10 }) => {
      const entries = await ctx.db.entries.find({ order: ['createdAt'], limit });
      const failed = form as { values: JsonObject; errors: { pointer: string; message: string }[] } | undefined;
      return {
        title: 'Guestbook',
        description: 'Who was here',
        canonicalPath: '/guests',
        jsonLd: [{ '@context': 'https://schema.org', name: entries.map((entry) => entry.name).join() }],
        body: html`<h1>Guestbook</h1>${done === undefined ? null : html`<p>Thank you</p>`}
<ul id="guests">${entries.map((entry) => html`<li>${entry.name}</li>`)}</ul>
${failed && html`<pre id="failed">${JSON.stringify(failed)}</pre>`}
<form method="post" enctype="multipart/form-data"><input name="name" value="${failed?.values.name as string}"></form>`,
      };
    },
    guest: async (ctx, { name }) => {
      const entry = await ctx.db.entries.findOne({ name });
      if (!entry) throw notFound('Guest');
      return { title: name, body: html`<h1>${name}</h1>` };
    },
    sign: async (ctx, { name, picture }) => {
      if ((await ctx.db.entries.count({ name })) > 0) throw conflict('already-signed', 'You have signed already.');
      await ctx.db.entries.insert({ name, fileId: picture?.id ?? null });
      return {};
    },
  },
});
