import type { JsonObject, JsonValue } from '@bazaar/sdk';
import type { UiContext } from '@bazaar/sdk/ui';

/** How the shell looks now; the frame looks the same. Empty: as the device says. */
export interface Look {
  scheme: string;
  density: string;
}

/** What changes while the same element is shown. */
export interface FrameSubject {
  params: Record<string, string>;
  tenant: UiContext['tenant'];
  user: UiContext['user'];
  readOnly: boolean;
  /** Address that links are relative to. */
  address: string;
}

/** The first message, with the port for all others. */
export interface FrameInit extends FrameSubject {
  plugin: string;
  element: string;
  module: string;
  look: Look;
  /** A screen fills its frame, scrolls inside of it and may have slots; a widget is as high as its content. */
  kind: 'screen' | 'widget';
  pluginName: string;
}

/** An error on its way through a port. */
export type WireProblem =
  | {
      kind: 'problem';
      status: number;
      code: string;
      detail: string;
      reason?: string;
      errors: { pointer: string; message: string }[];
      action?: { label: string; href: string };
    }
  | { kind: 'unreachable' }
  | { kind: 'aborted' }
  | { kind: 'other'; message: string };

/** From the shell to the frame. */
export type ToFrame =
  | ({ type: 'subject'; renew: boolean } & FrameSubject)
  | { type: 'look'; look: Look }
  /** Somebody pressed a place of the page that is none of the frame's. */
  | { type: 'pressed-outside' }
  | { type: 'answer'; id: number; value: JsonValue }
  | { type: 'refusal'; id: number; problem: WireProblem }
  | { type: 'progress'; id: number; percent: number }
  | { type: 'event'; event: string; payload: JsonObject }
  | { type: 'slot-height'; key: number; height: number };

/** Where a frame's slot stands inside of it, in CSS pixels. */
export interface SlotPlace {
  top: number;
  left: number;
  width: number;
}

export type Question = Parameters<UiContext['confirm']>[0];

/** From the frame to the shell, which believes none of it. */
export type FromFrame =
  | { type: 'ready' }
  | { type: 'failed'; message: string; unreachable: boolean }
  | { type: 'height'; height: number }
  | { type: 'call'; id: number; action: string; input: JsonObject; files?: Record<string, File>; progress: boolean }
  | { type: 'abort'; id: number }
  | { type: 'download'; id: number; action: string; input: JsonObject }
  | { type: 'confirm'; id: number; question: Question }
  | { type: 'navigate'; path: string; replace: boolean }
  | { type: 'open'; url: string }
  | { type: 'title'; title: string }
  | { type: 'notify'; message: string; kind: 'success' | 'error' | 'info' }
  | { type: 'on'; event: string }
  | { type: 'off'; event: string }
  | { type: 'unsaved'; unsaved: boolean }
  | { type: 'palette' }
  | { type: 'slot'; key: number; name: string; params: Record<string, string>; place: SlotPlace }
  | { type: 'slot-gone'; key: number };

/** What the frame's page says when it runs; the shell answers with `FrameInit`. */
export const HELLO = 'bazaar-frame-hello';
