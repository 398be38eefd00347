import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOWANCE, argumentsAllowance } from '../wire/allowances.ts';
import { encodeFrame, FRAME, type Frame } from '../wire/frames.ts';
import { CpuMeter } from './cpu-meter.ts';
import { GuestIsolate } from './isolate.ts';
import type { Pipe } from './pipe.ts';
import { Tenancy } from './tenancy.ts';
import { Watchdog } from './watchdog.ts';

/** What the kernel tells a process at its start. */
export interface ChildSettings {
  memoryMb: number;
  cpuMs: number;
  loadMs: number;
  graceMs: number;
}

const MAX_MESSAGE = 2_000;
const CROWDED = JSON.stringify({ name: 'Error', message: 'too much is waiting in this process; try again later' });

/** The isolates of this process and their traffic with the kernel. */
export class Sandbox {
  readonly #link: Pipe;
  readonly #settings: ChildSettings;
  readonly #boot: string;
  readonly #bundles = new Map<number, { text: string; name: string }>();
  readonly #isolates = new Map<number, Tenancy>();
  readonly #meter = new CpuMeter();
  readonly #unanswered = { size: 0 };
  readonly #watchdog: Watchdog;

  constructor(link: Pipe, settings: ChildSettings) {
    this.#link = link;
    this.#settings = settings;
    this.#boot = readFileSync(join(import.meta.dirname, 'guest.js'), 'utf8');
    this.#watchdog = new Watchdog(this.#isolates, settings, this.#meter, {
      excess: (id, tenancy, why) => this.#stop(id, tenancy, why),
      hot: (id, isHot) => link.send(FRAME.hot, { isolate: id, extra: isHot ? 1 : 0 }),
    });
  }

  receive({ type, isolate, call, extra, texts }: Frame): void {
    const [first = '', second = '', third = '', fourth = ''] = texts;
    switch (type) {
      case FRAME.hostResult:
      case FRAME.hostError: {
        const tenancy = this.#isolates.get(isolate);
        tenancy?.unanswered.answered(extra);
        tenancy?.guest.answer(extra, type === FRAME.hostResult, first);
        return;
      }
      case FRAME.call:
        this.#call(isolate, call, first, second, third, fourth);
        return;
      case FRAME.bundle:
        this.#bundles.set(isolate, { text: first, name: second });
        return;
      case FRAME.dropBundle:
        this.#bundles.delete(isolate);
        return;
      case FRAME.open:
        void this.#open(isolate, call);
        return;
      case FRAME.close: {
        const tenancy = this.#isolates.get(isolate);
        if (tenancy) this.#end(isolate, tenancy);
        else this.#link.send(FRAME.closed, { isolate });
        return;
      }
      case FRAME.ping:
        this.#link.send(FRAME.pong);
        return;
    }
  }

  #call(isolate: number, call: number, group: string, name: string, invocation: string, input: string): void {
    const tenancy = this.#isolates.get(isolate);
    if (!tenancy) return;
    tenancy.begin(call);
    this.#watchdog.watch(isolate);
    tenancy.guest.run(call, group, name, invocation, input);
  }

  async #open(id: number, bundleId: number): Promise<void> {
    const { memoryMb, loadMs } = this.#settings;
    const bundle = this.#bundles.get(bundleId);
    const tenancy = new Tenancy(new GuestIsolate(memoryMb, () => this.#catastrophe(id)), this.#meter, this.#unanswered);
    this.#isolates.set(id, tenancy);
    this.#watchdog.watch(id);
    try {
      if (!bundle) throw new Error('its code has not arrived');
      const description = await tenancy.guest.load(
        { bundle: bundle.text, boot: this.#boot, name: bundle.name, loadMs },
        {
          ask: (call, question, operation, args) => this.#asked(id, tenancy, call, question, operation, args),
          finish: (call, returned, text) => this.#finished(id, tenancy, call, returned, text),
        },
      );
      tenancy.measure();
      tenancy.heard();
      if (this.#isolates.has(id)) {
        this.#link.send(FRAME.opened, { isolate: id, extra: tenancy.total, texts: [description] });
      }
    } catch (error) {
      if (!this.#isolates.has(id)) return;
      // An isolate that has run out of memory is the watchdog's to report.
      if (tenancy.guest.isDisposed) return;
      this.#link.send(FRAME.refused, { isolate: id, texts: [messageOf(error)] });
      this.#end(id, tenancy);
    }
  }

  #asked(id: number, tenancy: Tenancy, call: number, question: number, operation: string, args: string): void {
    tenancy.heard();
    if (!tenancy.has(call)) return;
    const fits = operation.length <= ALLOWANCE.operation && args.length <= argumentsAllowance(operation);
    if (!fits || !tenancy.unanswered.add(call, question, args.length)) {
      this.#stop(id, tenancy, 'asked for more than it may');
    } else if (this.#unanswered.size > ALLOWANCE.unansweredOfProcess) {
      tenancy.unanswered.answered(question);
      tenancy.guest.answer(question, false, CROWDED);
    } else this.#link.send(FRAME.hostCall, { isolate: id, call, extra: question, texts: [operation, args] });
  }

  #finished(id: number, tenancy: Tenancy, call: number, returned: boolean, text: string): void {
    tenancy.heard();
    const cost = tenancy.end(call);
    if (cost === undefined) return;
    if (text.length > ALLOWANCE.result) this.#stop(id, tenancy, 'returned more than it may');
    else {
      const extra = Math.min(cost, 0xffffffff);
      this.#link.send(returned ? FRAME.returned : FRAME.threw, { isolate: id, call, extra, texts: [text] });
    }
  }

  /** Ends an isolate for its behaviour. `why` completes "it …". */
  #stop(id: number, tenancy: Tenancy, why: string): void {
    if (this.#isolates.get(id) !== tenancy) return;
    this.#link.send(FRAME.lost, { isolate: id, texts: [why] });
    this.#end(id, tenancy);
  }

  #end(id: number, { guest, unanswered }: Tenancy): void {
    this.#isolates.delete(id);
    unanswered.clear();
    const stuck = setTimeout(() => this.#link.send(FRAME.stuck, { isolate: id }), this.#settings.graceMs);
    guest.end().then(() => {
      clearTimeout(stuck);
      this.#link.send(FRAME.closed, { isolate: id });
    });
  }

  /**
   * The engine fails together with this isolate. The event loop may not turn again, so the culprit is named at once.
   */
  #catastrophe(id: number): never {
    try {
      writeSync(3, encodeFrame(FRAME.doomed, { isolate: id }));
    } finally {
      process.abort();
    }
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_MESSAGE);
}
