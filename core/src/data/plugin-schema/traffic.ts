import type { Log } from '../../logging/index.ts';
import type { Bus } from '../contract.ts';
import { Gate } from '../plugin-database/index.ts';

const KIND = 'plugin-gate';
/** What a node that has died cannot take back. */
const LONGEST_MS = 3_000;

interface Notice {
  pluginId: string;
  /** 0 opens it. */
  milliseconds: number;
}

function isNotice(payload: unknown): payload is Notice {
  const { pluginId, milliseconds } = (payload ?? {}) as Partial<Notice>;
  return typeof pluginId === 'string' && typeof milliseconds === 'number';
}

/** Lets one node hold back the work of a plugin on all of them. */
export class Traffic {
  private readonly gates = new Map<string, Gate>();
  private readonly bus: Pick<Bus, 'publish' | 'on'>;
  private readonly logger: Log;

  constructor(bus: Pick<Bus, 'publish' | 'on'>, logger: Log) {
    this.bus = bus;
    this.logger = logger;
    bus.on(KIND, (payload) => {
      if (isNotice(payload)) this.set(payload);
    });
  }

  gate(pluginId: string): Gate {
    const gate = this.gates.get(pluginId) ?? new Gate();
    this.gates.set(pluginId, gate);
    return gate;
  }

  /** For at most three seconds: shorter than anybody's patience. */
  hold(pluginId: string, milliseconds: number): void {
    this.tell({ pluginId, milliseconds });
  }

  release(pluginId: string): void {
    if (this.gate(pluginId).opening) this.tell({ pluginId, milliseconds: 0 });
  }

  private tell(notice: Notice): void {
    this.set(notice);
    this.bus.publish(KIND, notice).catch((error: unknown) => {
      this.logger.warn({ plugin: notice.pluginId, err: error }, 'other nodes do not hear that a migration begins');
    });
  }

  private set({ pluginId, milliseconds }: Notice): void {
    const gate = this.gate(pluginId);
    if (milliseconds > 0) gate.close(Math.min(milliseconds, LONGEST_MS));
    else gate.open();
  }
}
