import type { JsonObject } from '@bazaar/sdk';
import type { FromFrame, Question, SlotPlace } from './messages.ts';

/** Of an input, as JSON. */
const INPUT_LENGTH = 2_000_000;
const NAME_LENGTH = 200;
const TITLE_LENGTH = 200;
const TEXT_LENGTH = 2000;
const URL_LENGTH = 4000;
const MAX_FILES = 20;
const MAX_PARAMS = 30;
const MAX_PIXELS = 100_000;

class Unacceptable extends Error {}

type Raw = Record<string, unknown>;

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, limit: number): string {
  if (typeof value !== 'string' || value.length > limit) throw new Unacceptable();
  return value;
}

/** For what is shown: what is too long is cut. */
function shown(value: unknown, limit: number): string {
  if (typeof value !== 'string') throw new Unacceptable();
  return value.length > limit ? `${value.slice(0, limit)}…` : value;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Unacceptable();
  return value;
}

function pixels(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unacceptable();
  return Math.min(Math.max(value, 0), MAX_PIXELS);
}

function json(value: unknown): JsonObject {
  if (!isObject(value)) throw new Unacceptable();
  // Cycles and big integers, which a port can carry, throw here.
  const copy = JSON.stringify(value);
  if (copy.length > INPUT_LENGTH) throw new Unacceptable();
  return JSON.parse(copy) as JsonObject;
}

function filesOf(value: unknown): Record<string, File> | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new Unacceptable();
  const entries = Object.entries(value);
  if (entries.length > MAX_FILES) throw new Unacceptable();
  const files: Record<string, File> = {};
  for (const [name, file] of entries) {
    if (!(file instanceof File)) throw new Unacceptable();
    // A browser sends a file of the disk only for the process in which it was chosen, and that is the frame's. Wrapped,
    // it is read like any other content; nothing is copied.
    const { name: fileName, type, lastModified } = file;
    files[text(name, NAME_LENGTH)] = new File([file], fileName, { type, lastModified });
  }
  return files;
}

function paramsOf(value: unknown): Record<string, string> {
  if (!isObject(value)) throw new Unacceptable();
  const entries = Object.entries(value);
  if (entries.length > MAX_PARAMS) throw new Unacceptable();
  return Object.fromEntries(entries.map(([name, param]) => [text(name, NAME_LENGTH), text(param, TEXT_LENGTH)]));
}

function questionOf(value: unknown): Question {
  if (!isObject(value)) throw new Unacceptable();
  return {
    title: shown(value.title, TITLE_LENGTH),
    message: shown(value.message, TEXT_LENGTH),
    confirm: shown(value.confirm, 60),
    danger: value.danger === true,
  };
}

function placeOf(value: unknown): SlotPlace {
  if (!isObject(value)) throw new Unacceptable();
  return { top: pixels(value.top), left: pixels(value.left), width: pixels(value.width) };
}

function callOf(raw: Raw): FromFrame {
  const files = filesOf(raw.files);
  return {
    type: 'call',
    id: count(raw.id),
    action: text(raw.action, NAME_LENGTH),
    input: json(raw.input),
    ...(files && { files }),
    progress: raw.progress === true,
  };
}

const READERS: { [Type in FromFrame['type']]: (raw: Raw) => FromFrame } = {
  ready: () => ({ type: 'ready' }),
  failed: ({ message, unreachable }) => ({
    type: 'failed',
    message: shown(message, TEXT_LENGTH),
    unreachable: unreachable === true,
  }),
  height: ({ height }) => ({ type: 'height', height: pixels(height) }),
  call: callOf,
  abort: ({ id }) => ({ type: 'abort', id: count(id) }),
  download: ({ id, action, input }) => ({
    type: 'download',
    id: count(id),
    action: text(action, NAME_LENGTH),
    input: json(input),
  }),
  confirm: ({ id, question }) => ({ type: 'confirm', id: count(id), question: questionOf(question) }),
  navigate: ({ path, replace }) => ({ type: 'navigate', path: text(path, URL_LENGTH), replace: replace === true }),
  open: ({ url }) => ({ type: 'open', url: text(url, URL_LENGTH) }),
  title: ({ title }) => ({ type: 'title', title: shown(title, TITLE_LENGTH) }),
  notify: ({ message, kind }) => ({
    type: 'notify',
    message: shown(message, 500),
    kind: kind === 'success' || kind === 'error' ? kind : 'info',
  }),
  on: ({ event }) => ({ type: 'on', event: text(event, NAME_LENGTH) }),
  off: ({ event }) => ({ type: 'off', event: text(event, NAME_LENGTH) }),
  unsaved: ({ unsaved }) => ({ type: 'unsaved', unsaved: unsaved === true }),
  palette: () => ({ type: 'palette' }),
  slot: ({ key, name, params, place }) => ({
    type: 'slot',
    key: count(key),
    name: text(name, NAME_LENGTH),
    params: paramsOf(params),
    place: placeOf(place),
  }),
  'slot-gone': ({ key }) => ({ type: 'slot-gone', key: count(key) }),
};

/** A message of a frame, taken apart and put together anew; `null` when it is none that we know. */
export function readMessage(data: unknown): FromFrame | null {
  if (!isObject(data) || typeof data.type !== 'string' || !Object.hasOwn(READERS, data.type)) return null;
  try {
    return READERS[data.type as FromFrame['type']](data);
  } catch {
    return null;
  }
}
