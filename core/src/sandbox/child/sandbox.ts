import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLink } from '../wire/frame-link.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { GuestIsolate } from './isolate.ts';

/** What the kernel tells a process at its start. */
export interface ChildSettings {
  memoryMb: number;
  cpuMs: number;
  loadMs: number;
  graceMs: number;
  maxText: number;
}

interface Tenancy {
  guest: GuestIsolate;
  calls: Set<number>;
  /** CPU that has been reported already, in µs. */
  reported: number;
}

/** The isolates of this process, and what goes on between them and the kernel. */
export class Sandbox {
  readonly #link: FrameLink;
  readonly #settings: ChildSettings;
  readonly #boot: string;
  readonly #bundles = new Map<number, { text: string; name: string }>();
  readonly #isolates = new Map<number, Tenancy>();

  constructor(link: FrameLink, settings: ChildSettings) {
    this.#link = link;
    this.#settings = settings;
    this.#boot = readFileSync(join(import.meta.dirname, 'guest.js'), 'utf8');
  }

  receive(frame: Frame): void {
    const { type, isolate, call, extra, texts } = frame;
    const [first = '', second = '', third = '', fourth = ''] = texts;
    switch (type) {
      case FRAME.hostResult:
        this.#isolates.get(isolate)?.guest.answer(call, extra, true, first);
        return;
      case FRAME.hostError:
        this.#isolates.get(isolate)?.guest.answer(call, extra, false, first);
        return;
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
      case FRAME.close:
        this.#close(isolate);
        return;
      case FRAME.ping:
        this.#link.send(FRAME.pong, 0, 0, 0, ['{}']);
        return;
    }
  }

  async #open(id: number, bundleId: number): Promise<void> {
    const bundle = this.#bundles.get(bundleId);
    const { memoryMb, loadMs, maxText } = this.#settings;
    try {
      if (!bundle) throw new Error('no such bundle');
      const guest = new GuestIsolate(memoryMb, () => process.abort());
      const tenancy: Tenancy = { guest, calls: new Set(), reported: 0 };
      this.#isolates.set(id, tenancy);
      const description = await guest.load(
        { memoryMb, bundle: bundle.text, boot: this.#boot, name: bundle.name, loadMs },
        {
          ask: (call, question, operation, args) => {
            if (!tenancy.calls.has(call) || args.length > maxText) return;
            this.#link.send(FRAME.hostCall, id, call, question, [operation, args]);
          },
          finish: (call, returned, text) => {
            if (!tenancy.calls.delete(call)) return;
            const type = returned ? FRAME.returned : FRAME.threw;
            this.#link.send(type, id, call, this.#spent(tenancy), [text]);
          },
          catastrophe: () => process.abort(),
        },
      );
      this.#link.send(FRAME.opened, id, 0, this.#spent(tenancy), [description]);
    } catch (error) {
      this.#close(id);
      this.#link.send(FRAME.refused, id, 0, 0, [error instanceof Error ? String(error.message).slice(0, 2000) : '']);
    }
  }

  #spent(tenancy: Tenancy): number {
    const total = tenancy.guest.cpuMicros;
    const spent = total - tenancy.reported;
    tenancy.reported = total;
    return Math.min(spent, 0xffffffff);
  }

  #call(isolate: number, call: number, group: string, name: string, invocation: string, input: string): void {
    const tenancy = this.#isolates.get(isolate);
    if (!tenancy) return;
    tenancy.calls.add(call);
    tenancy.guest.run(call, group, name, invocation, input);
  }

  #close(id: number): void {
    this.#isolates.get(id)?.guest.dispose();
    this.#isolates.delete(id);
  }
}
