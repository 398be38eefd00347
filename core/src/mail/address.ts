/** Longest address that SMTP carries. */
const LONGEST = 254;
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/**
 * Whether an e-mail can be sent there: one address, without name, comment, quotes or anything else a mail server might
 * take for more than one address or for a line of its own.
 */
export function isMailAddress(text: string): boolean {
  if (text.length > LONGEST) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  return at > 0 && local.length <= 64 && LOCAL.test(local) && labels.every((label) => LABEL.test(label));
}
