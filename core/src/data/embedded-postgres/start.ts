import type { DatabaseWarning, EmbeddedConnection } from '../contract.ts';
import { locateBinaries } from './binaries.ts';
import { clusterLocation, holdsCluster, requireWritable } from './data-folder.ts';
import { initialiseCluster, SUPERUSER } from './initialise.ts';
import { memoryWarnings } from './memory-limit.ts';
import { takeOwnership } from './owner-lock.ts';
import { findRunningServer, launchServer, stopServer, waitUntilReady } from './server.ts';
import { serviceUser } from './service-user.ts';

export interface EmbeddedPostgresOptions {
  /** The cluster's own folder; made when it does not exist. */
  dataDir: string;
  /** What takes long, in words for the console. */
  onProgress?: (message: string) => void;
  /** Server settings, for tests (e.g. `fsync=off`). */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  connection: EmbeddedConnection;
  warnings: readonly DatabaseWarning[];
  /** The server was running already: it survived a kernel that was killed. */
  adopted: boolean;
  /** Where the data really is; differs from `dataDir` when the service user could not have reached it. */
  location: string;
  /** Stops the server, everything committed being on disk. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL from its npm package on a folder of ours, reachable through a unix socket only. Survives
 * `kill -9` of the kernel: the next start adopts the server. Throws StartupError with one clear line.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const progress = options.onProgress ?? (() => undefined);
  const user = serviceUser(options.dataDir);
  const binaries = locateBinaries(user);
  const location = clusterLocation(options.dataDir, user);
  const disown = takeOwnership(location);
  try {
    requireWritable(location);
    if (!holdsCluster(location, binaries.majorVersion)) {
      progress(`Creating the database in ${location}`);
      await initialiseCluster(binaries, location, user);
    }
    const running = await findRunningServer(location);
    if (running) {
      progress('Taking over the database server that is still running');
      const problem = await waitUntilReady(running, () => null);
      if (problem !== null) throw new Error(`The running PostgreSQL on ${location} does not answer: ${problem}`);
    } else {
      progress('Starting the database');
    }
    const server = running ?? (await launchServer(binaries, location, user, options.settings ?? {}));
    return {
      connection: { host: server.socket, port: server.port, user: SUPERUSER },
      warnings: memoryWarnings(server.pid),
      adopted: running !== null,
      location,
      stop: async () => {
        await stopServer(server, location);
        disown();
      },
    };
  } catch (error) {
    disown();
    throw error;
  }
}
