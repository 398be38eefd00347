/** Whether it leads to a web site, and says whose: behind a name or a password in it another host could hide. */
export function isWebAddress(text: string): boolean {
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  return url !== null && url.username === '' && url.password === '';
}

export const NO_WEB_ADDRESS = 'Must be a web address that begins with https:// or http://, without a user name.';
