import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EndedCall } from '../plugins/index.ts';
import type { Ledger } from './ledger.ts';
import type { StorageBook } from './storage-book.ts';
import type { SandboxFigures } from './types.ts';
import type { VersionFigures } from './version-figures.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const VERSION = ['plugin', 'version'] as const;

/** Further labels and the amount. None of the labels is a text of a plugin's own making. */
type Sample = [labels: Record<string, string>, amount: number];

interface CounterSource {
  name: string;
  help: string;
  labels: readonly string[];
  read(figures: VersionFigures): Iterable<Sample>;
}

const COUNTERS: readonly CounterSource[] = [
  {
    name: 'bazaar_plugin_calls_total',
    help: 'Calls of handlers by how they ended.',
    labels: ['kind', 'outcome'],
    *read({ calls }) {
      for (const [kind, outcomes] of calls) {
        for (const [outcome, amount] of Object.entries(outcomes)) yield [{ kind, outcome }, amount];
      }
    },
  },
  {
    name: 'bazaar_plugin_cpu_seconds_total',
    help: 'CPU time of handlers; sandboxed plugins only.',
    labels: [],
    read: ({ cpuMs }) => [[{}, cpuMs / 1000]],
  },
  {
    name: 'bazaar_plugin_database_seconds_total',
    help: 'Time in which the database worked on statements.',
    labels: [],
    read: ({ databaseMs }) => [[{}, databaseMs / 1000]],
  },
  {
    name: 'bazaar_plugin_host_calls_total',
    help: 'Calls of plugins on the kernel.',
    labels: ['operation'],
    *read({ operations }) {
      for (const [operation, amount] of operations) yield [{ operation }, amount];
    },
  },
  {
    name: 'bazaar_plugin_rows_total',
    help: 'Rows read or written.',
    labels: ['direction'],
    read: ({ rowsRead, rowsWritten }) => [
      [{ direction: 'read' }, rowsRead],
      [{ direction: 'written' }, rowsWritten],
    ],
  },
  {
    name: 'bazaar_plugin_out_bytes_total',
    help: 'Bytes of outgoing HTTP, both ways, and of results.',
    labels: [],
    read: ({ bytesOut }) => [[{}, bytesOut]],
  },
  {
    name: 'bazaar_plugin_events_total',
    help: 'Events emitted, also by calls that were undone.',
    labels: [],
    read: ({ events }) => [[{}, events]],
  },
  {
    name: 'bazaar_plugin_log_lines_total',
    help: 'Log lines written.',
    labels: [],
    read: ({ logLines }) => [[{}, logLines]],
  },
  {
    name: 'bazaar_plugin_quota_refusals_total',
    help: 'Calls and host calls that a quota has refused.',
    labels: ['level', 'quota'],
    *read({ refusals }) {
      for (const [level, quotas] of refusals) {
        for (const [quota, amount] of quotas) yield [{ level, quota }, amount];
      }
    },
  },
];

function sum(processes: SandboxFigures['processes'], what: 'isolates' | 'rssBytes'): number {
  return processes.reduce((total, process) => total + process[what], 0);
}

/** Everything a Prometheus server is told of this process. */
export class MetricsPage {
  readonly contentType: string;
  readonly #registry = new Registry();
  readonly #ledger: Ledger;
  readonly #latency: Histogram<'plugin' | 'version' | 'kind'>;
  readonly #sandbox: (() => Promise<SandboxFigures>) | undefined;
  /** As it was asked for last. */
  #sandboxFigures: SandboxFigures = { processes: [], plugins: [] };
  #hasProcessMetrics = false;

  constructor(
    ledger: Ledger,
    storage: Pick<StorageBook, 'bytes'>,
    sandbox: (() => Promise<SandboxFigures>) | undefined,
  ) {
    this.contentType = this.#registry.contentType;
    this.#ledger = ledger;
    this.#sandbox = sandbox;
    const registers = [this.#registry];
    for (const source of COUNTERS) this.#register(source);
    this.#latency = new Histogram({
      name: 'bazaar_plugin_call_duration_seconds',
      help: 'How long calls of handlers took, from their beginning to their commit.',
      labelNames: [...VERSION, 'kind'],
      buckets: SECONDS,
      registers,
    });
    new Gauge({
      name: 'bazaar_plugin_running_calls',
      help: 'Calls of handlers that run now.',
      labelNames: ['plugin'],
      registers,
      collect() {
        this.reset();
        for (const { id, account } of ledger.all()) this.set({ plugin: id }, account.running);
      },
    });
    new Gauge({
      name: 'bazaar_plugin_table_bytes',
      help: 'Bytes of the disk that the tables of a plugin took when they were last measured.',
      labelNames: ['plugin'],
      registers,
      collect() {
        this.reset();
        for (const [plugin, bytes] of storage.bytes) this.set({ plugin }, bytes);
      },
    });
    if (sandbox) this.#registerSandbox(() => this.#sandboxFigures);
  }

  observe({ plugin, version, kind, ms }: EndedCall): void {
    this.#latency.observe({ plugin, version, kind }, ms / 1000);
  }

  async text(): Promise<string> {
    // What they watch costs a little all the time: only where somebody asks for them.
    if (!this.#hasProcessMetrics) collectDefaultMetrics({ register: this.#registry });
    this.#hasProcessMetrics = true;
    if (this.#sandbox) this.#sandboxFigures = await this.#sandbox();
    return this.#registry.metrics();
  }

  #register({ name, help, labels, read }: CounterSource): void {
    const ledger = this.#ledger;
    new Counter({
      name,
      help,
      labelNames: [...VERSION, ...labels],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { id: plugin, versions } of ledger.all()) {
          for (const [version, figures] of versions) {
            for (const [more, amount] of read(figures)) this.inc({ plugin, version, ...more }, amount);
          }
        }
      },
    });
  }

  #registerSandbox(figures: () => SandboxFigures): void {
    const registers = [this.#registry];
    const gauge = (name: string, help: string, read: (all: SandboxFigures) => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read(figures()));
        },
      });
    gauge('bazaar_sandbox_processes', 'Processes of the sandbox.', ({ processes }) => processes.length);
    gauge('bazaar_sandbox_isolates', 'Isolates of the sandbox, one for each version and tenant.', ({ processes }) =>
      sum(processes, 'isolates'),
    );
    gauge('bazaar_sandbox_memory_bytes', 'Resident memory of the processes of the sandbox.', ({ processes }) =>
      sum(processes, 'rssBytes'),
    );
    new Counter({
      name: 'bazaar_sandbox_kills_total',
      help: 'Processes and isolates that were ended because of a plugin.',
      labelNames: VERSION,
      registers,
      collect() {
        this.reset();
        for (const { plugin, version, kills } of figures().plugins) this.inc({ plugin, version }, kills);
      },
    });
  }
}
