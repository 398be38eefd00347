let known: Promise<ReadonlySet<string>> | undefined;

/**
 * Some 49,000 passwords that people chose and lost most often, in lower case. Read when it is first needed: most
 * processes never set a password.
 */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set<string>(dictionary['passwords-common'].map(String)),
  );
  return known;
}
