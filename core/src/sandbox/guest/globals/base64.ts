const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function invalid(message: string): Error {
  const error = new Error(message);
  error.name = 'InvalidCharacterError';
  return error;
}

export function btoa(value: string): string {
  const text = String(value);
  let output = '';
  for (let index = 0; index < text.length; index += 3) {
    const codes = [0, 1, 2].map((offset) => text.charCodeAt(index + offset));
    if (codes.some((code) => code > 255)) throw invalid('Invalid character');
    const [a = 0, b = 0, c = 0] = codes.map((code) => (Number.isNaN(code) ? 0 : code));
    const bits = (a << 16) | (b << 8) | c;
    const left = text.length - index;
    output += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    output += left > 1 ? ALPHABET.charAt((bits >> 6) & 63) : '=';
    output += left > 2 ? ALPHABET.charAt(bits & 63) : '=';
  }
  return output;
}

export function atob(value: string): string {
  let text = String(value).replaceAll(/[\t\n\f\r ]/g, '');
  if (text.length % 4 === 0) text = text.replace(/={1,2}$/, '');
  if (text.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(text)) {
    throw invalid('The string to be decoded is not correctly encoded.');
  }
  let output = '';
  let bits = 0;
  let count = 0;
  for (const character of text) {
    bits = ((bits << 6) | ALPHABET.indexOf(character)) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    output += String.fromCharCode((bits >> count) & 255);
  }
  return output;
}
