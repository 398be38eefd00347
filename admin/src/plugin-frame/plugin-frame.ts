import type { UiContext } from '@bazaar/sdk/ui';
import { type FrameEvents, FrameSession } from './frame-session.ts';
import { guardKeyboard } from './keyboard-guard.ts';
import { currentLook, onLookChange } from './look.ts';
import { type FrameInit, type FrameSubject, HELLO } from './messages.ts';

const MODULE = /^\/ui\/plugins\/([a-z0-9-]+)\/([\w.+-]+)\/[\w./-]+\.js$/;
/** Then the person is told that it takes long; it may still come. */
const LATE_MS = 10_000;
/** Of a page that was loaded: its first word comes before that, or hardly later. */
const SILENCE_MS = 3_000;

/** What is known of a frame beside what it says itself. */
export interface PluginFrameEvents extends FrameEvents {
  /** It has not come to show anything yet. */
  late(): void;
}

export interface FrameSpec {
  element: string;
  module: string;
  title: string;
  plugin: string;
  pluginName: string;
  kind: 'screen' | 'widget';
}

/** The page of a plugin's module inside a frame: `/ui/frame/<id>/<version>`. */
function pageOf(module: string): string {
  const [, plugin, version] = MODULE.exec(module) ?? [];
  if (plugin === undefined || version === undefined || module.includes('..')) {
    throw new Error(`${module} is no plugin module.`);
  }
  return `/ui/frame/${plugin}/${version}`;
}

/** A screen or widget on an opaque origin: it reaches the shell through one port, and nothing else at all. */
export class PluginFrame {
  readonly element: HTMLIFrameElement;
  readonly #spec: FrameSpec;
  readonly #events: PluginFrameEvents;
  readonly #undo: (() => void)[] = [];
  #context: UiContext;
  #user: UiContext['user'];
  #session: FrameSession | null = null;
  #loads = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** Throws when the module is none of a plugin. The frame starts when its element is connected. */
  constructor(spec: FrameSpec, context: UiContext, events: PluginFrameEvents) {
    this.#spec = spec;
    this.#context = context;
    this.#user = context.user;
    this.#events = events;
    const frame = document.createElement('iframe');
    // Forms only so that they are submitted to the plugin's code; the page's policy lets none be sent.
    frame.setAttribute('sandbox', 'allow-scripts allow-forms');
    frame.setAttribute('allow', '');
    frame.referrerPolicy = 'no-referrer';
    frame.title = `${spec.title} – ${spec.pluginName}`;
    frame.src = pageOf(spec.module);
    frame.addEventListener('load', () => this.#onLoad());
    this.element = frame;
    window.addEventListener('message', this.#onHello);
    // Its own document never hears of it: what is open there, e.g. the list of a select, would stay.
    window.addEventListener('pointerdown', this.#onPress, true);
    const timer = setTimeout(() => events.late(), LATE_MS);
    this.#undo.push(
      () => window.removeEventListener('message', this.#onHello),
      () => window.removeEventListener('pointerdown', this.#onPress, true),
      () => clearTimeout(timer),
      () => clearTimeout(this.#silence),
      guardKeyboard(frame, () => {
        // Without it, it hears nothing more.
        frame.remove();
        events.failed(new Error('The plugin took the keyboard while you were typing elsewhere.'));
      }),
      onLookChange((look) => this.#session?.send({ type: 'look', look })),
    );
    this.#answered = () => clearTimeout(timer);
  }

  readonly #answered: () => void;

  get session(): FrameSession | null {
    return this.#session;
  }

  /** `renew`: the element receives a new `ctx`. */
  show(context: UiContext): void {
    this.#context = context;
    this.#user = context.user;
    if (!this.#session) return;
    this.#session.context = context;
    this.#session.send({ type: 'subject', renew: true, ...this.#subject() });
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#session?.close();
    this.element.remove();
  }

  /** What the person may do can change while they look at it. */
  refreshPerson(): void {
    if (this.#context.user === this.#user) return;
    this.#user = this.#context.user;
    this.#session?.send({ type: 'subject', renew: false, ...this.#subject() });
  }

  #subject(): FrameSubject {
    const { params, tenant, user, readOnly } = this.#context;
    // Where a widget stands is none of its business.
    const address = this.#spec.kind === 'screen' ? location.href : `${location.origin}/`;
    return { params, tenant, user, readOnly, address };
  }

  #onLoad(): void {
    this.#loads += 1;
    if (this.#loads > 1) this.#events.failed(new Error('The plugin left the page it was shown on.'));
    else this.#silence = setTimeout(() => this.#demandWord(), SILENCE_MS);
  }

  /** An error page of the browser, or of something in between, loads as well, and never says anything. */
  #demandWord(): void {
    if (!this.#session) this.#events.failed(new TypeError('The page of the frame could not be loaded.'));
  }

  readonly #onPress = (): void => this.#session?.send({ type: 'pressed-outside' });

  readonly #onHello = ({ source, data }: MessageEvent): void => {
    if (source === null || source !== this.element.contentWindow || data !== HELLO || this.#session) return;
    const { port1, port2 } = new MessageChannel();
    const { element, module, plugin, pluginName, kind } = this.#spec;
    this.#session = new FrameSession(port1, this.#context, {
      ...this.#events,
      ready: () => {
        this.#answered();
        this.#events.ready();
      },
    });
    const init: FrameInit = {
      ...this.#subject(),
      plugin,
      element,
      module: location.origin + module,
      look: currentLook(),
      kind,
      pluginName,
    };
    // The frame's origin is opaque: no other target would reach it. Its window was compared above.
    this.element.contentWindow?.postMessage(init, '*', [port2]);
  };
}
