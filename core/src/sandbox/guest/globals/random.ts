/** That many random bytes, each one character. */
export type RandomBytes = (count: number) => string;

const POOL = 1024;
const MAX_BYTES = 65_536;

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Makes the object `crypto`, as far as it is promised: random numbers. */
export function cryptoObject(randomBytes: RandomBytes): object {
  let pool = '';
  const take = (count: number): string => {
    if (count > POOL) return randomBytes(count);
    if (pool.length < count) pool = randomBytes(POOL);
    const taken = pool.slice(0, count);
    pool = pool.slice(count);
    return taken;
  };
  return {
    getRandomValues<T extends ArrayBufferView>(target: T): T {
      if (!ArrayBuffer.isView(target) || target instanceof DataView || /^Float/.test(target.constructor.name)) {
        throw named('TypeMismatchError', 'The data argument must be an integer-type TypedArray');
      }
      if (target.byteLength > MAX_BYTES) {
        throw named('QuotaExceededError', `The requested length exceeds ${MAX_BYTES} bytes`);
      }
      const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
      const text = take(bytes.length);
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
      return target;
    },
    randomUUID(): string {
      const bytes = [...take(16)].map((character) => character.charCodeAt(0));
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    },
  };
}
