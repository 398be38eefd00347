import { type UiContext, UnsavedGuard } from '@bazaar/sdk/ui';
import type { FrameSlot } from '../plugin-frame/frame-session.ts';
import { openLink } from '../plugin-frame/open-link.ts';
import { PluginFrame } from '../plugin-frame/plugin-frame.ts';

export interface FramedPartSpec {
  plugin: string;
  title: string;
  element: string;
  module: string;
  pluginName: string;
  kind: 'screen' | 'widget';
}

export interface FramedPartEvents {
  ready(): void;
  failed(error: unknown): void;
  late(): void;
  height(height: number): void;
  slots(slots: readonly FrameSlot[]): void;
}

function openPalette(): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }));
}

/** A screen or widget in a frame, with all that the shell does for it. */
export class FramedPart {
  readonly #frame: PluginFrame;
  /** The shell cannot look into the frame, so the frame says when it has unsaved work. */
  readonly #guard: UnsavedGuard;
  #hasUnsaved = false;
  #context: UiContext;

  constructor(spec: FramedPartSpec, context: UiContext, events: FramedPartEvents) {
    this.#context = context;
    this.#frame = new PluginFrame(spec, context, {
      ...events,
      unsaved: (unsaved) => {
        this.#hasUnsaved = unsaved;
      },
      open: (url) => openLink(url, context.notify),
      palette: openPalette,
    });
    this.#guard = new UnsavedGuard({
      isDirty: () => this.#hasUnsaved,
      confirm: () =>
        this.#context.confirm({
          title: 'Leave without saving?',
          message: `What you have changed on “${spec.title}” will be lost.`,
          confirm: 'Leave',
          danger: true,
        }),
      leave: (path) => {
        this.#hasUnsaved = false;
        this.#context.navigate(path);
      },
    });
    this.#guard.hostConnected();
  }

  get element(): HTMLIFrameElement {
    return this.#frame.element;
  }

  show(context: UiContext): void {
    this.#context = context;
    this.#frame.show(context);
  }

  /** Tells the frame of what the person may do now. */
  refresh(): void {
    this.#frame.refreshPerson();
  }

  /** The widgets of a slot are so high. */
  slotHeight(key: number, height: number): void {
    this.#frame.session?.send({ type: 'slot-height', key, height });
  }

  close(): void {
    this.#guard.hostDisconnected();
    this.#frame.close();
  }
}
