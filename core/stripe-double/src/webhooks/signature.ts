import { createHmac } from 'node:crypto';

/** `t=…,v1=…`: HMAC-SHA256 over time and body, as Stripe signs. `timestamp` in seconds of the machine's time. */
export function signatureHeader(body: string, secret: string, timestamp: number): string {
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
