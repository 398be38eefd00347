export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes that no text file has: control characters other than tab, line feed, form feed, return and escape. */
function isControl(byte: number): boolean {
  return byte < 0x20 ? byte < 0x09 || byte === 0x0b || (byte > 0x0d && byte !== 0x1b) : byte === 0x7f;
}

/** The five codes windows-1252 leaves undefined. */
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function markedEncoding(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : null;
}

/**
 * Decides, from all of its bytes, whether a file is text and in which encoding. Without a byte order mark it is
 * UTF-8 if that is valid, or windows-1252 if most of it is ASCII: old editors still write that.
 */
export class TextProbe {
  #marked: 'utf-16le' | 'utf-16be' | null = null;
  #decoder: TextDecoder | null = null;
  #decodes = true;
  #control = false;
  #undefined = false;
  #size = 0;
  #high = 0;

  /** Nothing that follows can make it text. */
  get refused(): boolean {
    return this.#control || (this.#marked !== null && !this.#decodes);
  }

  feed(chunk: Uint8Array): void {
    if (!this.#decoder) {
      this.#marked = markedEncoding(chunk);
      this.#decoder = new TextDecoder(this.#marked ?? 'utf-8', { fatal: true });
    }
    this.#size += chunk.length;
    if (this.refused) return;
    if (!this.#marked) this.#count(chunk);
    if (this.#decodes && !this.#control) this.#decode(this.#decoder, chunk);
  }

  #count(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte >= 0x80) {
        this.#high++;
        if (UNDEFINED_1252.has(byte)) this.#undefined = true;
      } else if (isControl(byte)) {
        this.#control = true;
        return;
      }
    }
  }

  #decode(decoder: TextDecoder, chunk: Uint8Array | null): void {
    try {
      const text = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      if (this.#marked && text.includes('\0')) this.#control = true;
    } catch {
      // The decoder rejects the bytes: that is the answer being asked for.
      this.#decodes = false;
    }
  }

  /** Call once, after the last chunk. `null`: not text. An empty file is text. */
  end(): TextEncoding | null {
    if (this.#decoder && this.#decodes && !this.#control) this.#decode(this.#decoder, null);
    if (this.#control) return null;
    if (this.#decodes) return this.#marked ?? 'utf-8';
    return !this.#marked && !this.#undefined && this.#high / this.#size < 0.3 ? 'windows-1252' : null;
  }
}
