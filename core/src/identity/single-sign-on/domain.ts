const MAX_LENGTH = 253;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain as it is stored, in lower case and ASCII; `null` for what is none. */
export function readDomain(text: string): string | null {
  const given = text.trim();
  if (/[^\p{Letter}\p{Mark}\p{Number}.-]/u.test(given)) return null;
  const host = URL.parse(`http://${given}/`)?.host;
  if (host === undefined || host.length > MAX_LENGTH) return null;
  const labels = host.split('.');
  const top = labels.at(-1) ?? '';
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top) ? host : null;
}

/** The domain of an e-mail address. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  return at <= 0 ? null : readDomain(email.slice(at + 1));
}

/** What the owner of a domain publishes to show that it is theirs: a TXT record. */
export function verificationRecord(domain: string, token: string): { name: string; value: string } {
  return { name: `_bazaar.${domain}`, value: `bazaar-verification=${token}` };
}
