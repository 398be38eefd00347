/**
 * Whether an authenticator's counter says that there are two of it. Counters only grow; those that stay at zero are not
 * kept, as with passkeys that a service copies to all of a person's devices.
 */
export function isRegression(stored: number, received: number): boolean {
  return (stored > 0 || received > 0) && received <= stored;
}
