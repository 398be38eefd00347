import type { UiContext } from '@bazaar/sdk/ui';
import { returnFocus } from '../focus/return-focus.ts';
import { applyLook } from '../plugin-frame/look.ts';
import type { FrameInit, FrameSubject, ToFrame } from '../plugin-frame/messages.ts';
import { defineElements } from './elements.ts';
import { createFrameContext } from './frame-context.ts';
import { connectSlots, setSlotHeight } from './frame-slot.ts';
import { keepFocus } from './keep-focus.ts';
import { targetOf } from './links.ts';
import { pressNothing } from './press-nothing.ts';
import { ShellPort } from './shell-port.ts';
import { watchUnsaved } from './unsaved.ts';

type PluginElement = HTMLElement & { ctx?: UiContext; updateComplete?: Promise<unknown> };

/** The one element of this page and what it has to do with the shell around. */
export class FramedElement {
  context: UiContext;
  readonly #init: FrameInit;
  readonly #port: ShellPort;
  readonly #leaving: () => void;
  #subject: FrameSubject;
  #element: PluginElement | null = null;

  constructor(port: MessagePort, init: FrameInit) {
    this.#init = init;
    this.#subject = init;
    this.#port = new ShellPort(port, (message) => this.#receive(message));
    this.#leaving = watchUnsaved((unsaved) => this.#port.send({ type: 'unsaved', unsaved }));
    this.context = this.#newContext();
    document.documentElement.dataset.kind = init.kind;
    document.title = `${init.element} – ${init.pluginName}`;
    applyLook(init.look);
    document.addEventListener('click', (event) => this.#onClick(event));
    document.addEventListener('auxclick', (event) => this.#onClick(event));
    window.addEventListener('keydown', (event) => this.#onKey(event));
    keepFocus();
    returnFocus();
  }

  /** Loads the module, and shows the element once all elements it uses by tag are there. */
  async start(): Promise<void> {
    const { module } = this.#init;
    try {
      await Promise.all([import(/* @vite-ignore */ module), defineElements(module)]);
    } catch (error) {
      this.fail(error, error instanceof TypeError && /fetch|import/i.test(error.message));
      return;
    }
    try {
      const { element: name, kind } = this.#init;
      const Constructor = customElements.get(name);
      if (!Constructor) throw new Error(`the module does not define <${name}>`);
      const element: PluginElement = new Constructor();
      element.ctx = this.context;
      this.#element = element;
      this.#place(element);
      if (kind === 'screen') connectSlots((message) => this.#port.send(message));
      await element.updateComplete;
      this.#port.send({ type: 'ready' });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Nothing is shown any more; the shell says so and offers a retry. */
  fail(error: unknown, unreachable = false): void {
    this.#port.send({ type: 'failed', message: String(error), unreachable });
    reportError(error);
  }

  #place(element: HTMLElement): void {
    const content = document.createElement('div');
    content.className = 'content';
    content.append(element);
    if (this.#init.kind === 'screen') {
      const footer = document.createElement('footer');
      footer.textContent = `Provided by ${this.#init.pluginName}`;
      content.append(footer);
    }
    document.body.append(content);
    let told = -1;
    new ResizeObserver(() => {
      const height = Math.ceil(content.getBoundingClientRect().height);
      if (height !== told) this.#port.send({ type: 'height', height });
      told = height;
    }).observe(content);
  }

  #newContext(): UiContext {
    return createFrameContext(this.#port, this.#init.plugin, this.#subject.params, {
      subject: () => this.#subject,
      leaving: this.#leaving,
    });
  }

  #receive(message: ToFrame): void {
    if (message.type === 'look') applyLook(message.look);
    else if (message.type === 'pressed-outside') pressNothing();
    else if (message.type === 'slot-height') setSlotHeight(message.key, message.height);
    else if (message.type === 'subject') {
      this.#subject = message;
      if (!message.renew) return;
      this.context = this.#newContext();
      if (this.#element) this.#element.ctx = this.context;
    }
  }

  #onClick(event: MouseEvent): void {
    const target = targetOf(event, this.#subject.address);
    if (!target) return;
    event.preventDefault();
    if (target.kind === 'shell') this.context.navigate(target.path);
    else this.#port.send({ type: 'open', url: target.url });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    this.#port.send({ type: 'palette' });
  }
}
