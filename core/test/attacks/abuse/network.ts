import { type Attack, NOTHING_REACHED } from '../support/attack.ts';

const ATTEMPT = `const reached = [];
  const attempt = async (url, request = {}) => {
    try {
      const { status, body } = await ctx.http.fetch({ url, ...request });
      if (!body.startsWith('a public page')) reached.push(url + ': ' + status + ' ' + body);
      return body;
    } catch (error) {
      return error.reason ?? error.message;
    }
  };
`;
const wants = (...hosts: string[]) => ({
  capabilities: hosts.map((host) => ({ capability: `http:${host}`, reason: 'Because it wants to' })),
});

/** Addresses that lead to the operator's own network. `port` is that of a server there, on 127.0.0.1. */
export function networkAttacks(port: number): readonly Attack[] {
  return [
    {
      name: 'undeclared-hosts',
      tries: 'hosts that it never declared',
      manifest: wants('public.attack.test:8080'),
      run: `${ATTEMPT}
        for (const url of ['https://example.com/', 'http://public.attack.test/', 'https://public.attack.test/', 'http://public.attack.test:8081/',
          'http://public.attack.test.:8080/', 'http://evil.public.attack.test:8080/', 'http://public.attack.test:8080@127.0.0.1:${port}/',
          'ftp://public.attack.test:8080/', 'file:///etc/passwd', 'data:text/plain,x', 'javascript:1', '//public.attack.test:8080/', '', 'http:/${port}']) await attempt(url);
        return { reached, works: await attempt('http://public.attack.test:8080/') };`,
      ends: { kind: 'harmless', output: { reached: [], works: 'a public page for public.attack.test:8080 ' } },
    },
    {
      name: 'literal-addresses',
      tries: 'the local host in every notation of its address',
      manifest: wants(
        `127.0.0.1:${port}`,
        `localhost:${port}`,
        `2130706433:${port}`,
        `0x7f000001:${port}`,
        `0.0.0.0:${port}`,
        `127.1:${port}`,
      ),
      run: `${ATTEMPT}
        for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', 'localhost.', '2130706433', '0x7f000001', '0x7f.0.0.1', '017700000001', '0177.0.0.1',
          '127.1', '127.0.1', '0', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:1]', '[64:ff9b::7f00:1]',
          '[2002:7f00:1::]', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1']) await attempt('http://' + host + ':${port}/');
        return { reached };`,
      ends: NOTHING_REACHED,
    },
    {
      name: 'private-names',
      tries: 'names whose addresses are private, mapped, link-local, or public and private at once',
      manifest: wants(
        ...['private', 'mapped', 'metadata', 'mixed'].flatMap((name) => [
          `${name}.attack.test:${port}`,
          `${name}.attack.test:80`,
        ]),
      ),
      run: `${ATTEMPT}
        for (const name of ['private', 'mapped', 'metadata', 'mixed']) {
          for (const at of [':${port}/', '/latest/meta-data/']) await attempt('http://' + name + '.attack.test' + at);
        }
        return { reached };`,
      ends: NOTHING_REACHED,
    },
    {
      name: 'dns-rebinding',
      tries: 'a name that is public when it is looked at and private when it is connected to',
      manifest: wants(`rebinding.attack.test:${port}`),
      run: `${ATTEMPT}
        const answers = new Set();
        for (let round = 0; round < 8; round += 1) answers.add(await attempt('http://rebinding.attack.test:${port}/', { method: round % 2 ? 'GET' : 'POST' }));
        return { reached, answers: [...answers].sort() };`,
      ends: { kind: 'harmless', output: { reached: [] } },
    },
    {
      name: 'redirect-inside',
      tries: 'to be redirected to the local host from a public page',
      manifest: wants(
        'public.attack.test:8080',
        `localhost:${port}`,
        `127.0.0.1:${port}`,
        `private.attack.test:${port}`,
      ),
      run: `${ATTEMPT}
        const targets = ['http://127.0.0.1:${port}/', 'http://localhost:${port}/', 'http://[::ffff:127.0.0.1]:${port}/', 'http://private.attack.test:${port}/',
          'file:///etc/passwd', '//127.0.0.1:${port}/', 'http://user:pass@127.0.0.1:${port}/'];
        const to = (url) => 'http://public.attack.test:8080/to?url=' + encodeURIComponent(url);
        for (const target of targets) {
          await attempt(to(target));
          await attempt(to(to(target)), { method: 'POST', body: 'x', headers: { authorization: 'secret' } });
        }
        return { reached };`,
      ends: NOTHING_REACHED,
    },
    {
      name: 'smuggled-headers',
      tries: 'headers that change whom the request is for, and credentials in addresses',
      manifest: wants('public.attack.test:8080'),
      run: `${ATTEMPT}
        const url = 'http://public.attack.test:8080/';
        const bad = [{ host: '127.0.0.1:${port}' }, { Host: 'x' }, { 'x-a': 'b\\r\\nhost: 127.0.0.1' }, { 'x-a\\r\\nhost': '127.0.0.1' }, { 'transfer-encoding': 'chunked' },
          { 'content-length': '0' }, { connection: 'upgrade', upgrade: 'h2c' }, { 'proxy-authorization': 'x' }];
        for (const headers of bad) if (String(await attempt(url, { headers })).startsWith('a public page')) reached.push(JSON.stringify(headers));
        for (const method of ['CONNECT', 'TRACE', 'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET', '']) {
          if (String(await attempt(url, { method })).startsWith('a public page')) reached.push(method);
        }
        if (String(await attempt('http://user:password@public.attack.test:8080/')).startsWith('a public page')) reached.push('credentials');
        return { reached };`,
      ends: NOTHING_REACHED,
    },
    {
      name: 'endless-answer',
      tries: 'to have the kernel read an answer that never ends',
      manifest: wants('public.attack.test:8080'),
      run: `${ATTEMPT}
        const all = await Promise.all(Array.from({ length: 8 }, () => attempt('http://public.attack.test:8080/endless')));
        return { reached, codes: all.length };`,
      ends: NOTHING_REACHED,
    },
  ];
}
