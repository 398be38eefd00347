import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { issueToken, type Running, runningKernels } from '../../command-line/index.ts';
import { StartupError } from '../../errors/index.ts';
import { readConfig } from '../../kernel/index.ts';
import { PROJECT } from '../project.ts';

/** The way to a running kernel as an operator. */
export interface Connection {
  url: string;
  /** A token for one request. */
  token(): Promise<string>;
}

const LOOK_MS = 2_000;

async function answers({ url }: Running): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(LOOK_MS) })).ok;
  } catch {
    // Whatever listens there, or does not: it is no kernel that could be asked.
    return false;
  }
}

async function secretOf(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    throw new StartupError(`${file} cannot be read (${why}): run this as the user whom the platform runs as.`, {
      cause: error,
    });
  }
}

/** The kernel of this machine that keeps its data in the configured folder; `undefined` when none runs. */
export async function findKernel(environment: NodeJS.ProcessEnv): Promise<Connection | undefined> {
  const { dataDir, secret } = readConfig(environment, PROJECT);
  for (const running of await runningKernels(dataDir)) {
    if (!(await answers(running))) continue;
    const key = secret ?? (await secretOf(dataDir));
    const { instance, url } = running;
    return { url, token: () => issueToken({ secret: key, instance, user: userInfo().username, now: new Date() }) };
  }
  return undefined;
}

/** A kernel elsewhere, by the account of an operator. */
function signInAt(url: string, environment: NodeJS.ProcessEnv): Connection {
  const { BAZAAR_OPERATOR_EMAIL: email, BAZAAR_OPERATOR_PASSWORD: password } = environment;
  if (!email || !password) {
    throw new StartupError('For --url, set BAZAAR_OPERATOR_EMAIL and BAZAAR_OPERATOR_PASSWORD of an operator.');
  }
  let known: Promise<{ token: string; until: number }> | undefined;
  const signIn = async () => {
    const response = await fetch(new URL('/api/auth/sign-in', url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    }).catch((cause: unknown) => {
      throw new StartupError(`Nothing answers at ${url}.`, { cause });
    });
    const body = (await response.json().catch(() => ({}))) as {
      accessToken?: string;
      expiresIn?: number;
      detail?: string;
    };
    if (body.accessToken === undefined)
      throw new StartupError(`Signing in at ${url}: ${body.detail ?? response.status}`);
    return { token: body.accessToken, until: Date.now() + ((body.expiresIn ?? 120) - 60) * 1000 };
  };
  return {
    url,
    async token() {
      if (!known || (await known).until < Date.now()) known = signIn();
      return (await known).token;
    },
  };
}

/** Rejects with `StartupError` when there is nobody to talk to. */
export async function connect(environment: NodeJS.ProcessEnv, url: string | undefined): Promise<Connection> {
  if (url !== undefined) {
    if (!URL.canParse(url)) throw new StartupError(`--url ${url} is not an address.`);
    return signInAt(url, environment);
  }
  const found = await findKernel(environment);
  if (found) return found;
  const { dataDir } = readConfig(environment, PROJECT);
  throw new StartupError(
    `No platform is running on ${dataDir}. Start one (npm start), or name another: BAZAAR_DATA_DIR, --url.`,
  );
}
