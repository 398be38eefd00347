import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { type DoubleOptions, type RunningDouble, startDouble } from '../double.ts';

export const SECRET = 'whsec_test';

/** The SDK, pointed at a double. */
export function clientOf(address: string): Stripe {
  const { hostname, port } = new URL(address);
  return new Stripe('sk_test_rig', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

export interface Receiver {
  url: string;
  /** Every delivery in order of arrival, its signature verified. */
  received: Stripe.Event[];
  /** Answers so to the next deliveries. */
  answers: number[];
  close(): void;
}

/** An endpoint that verifies signatures as an application would. */
export async function receiver(): Promise<Receiver> {
  const received: Stripe.Event[] = [];
  const answers: number[] = [];
  const stripe = clientOf('http://127.0.0.1:1');
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const signature = request.headers['stripe-signature'] ?? '';
      received.push(stripe.webhooks.constructEvent(body, signature, SECRET));
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Rig {
  double: RunningDouble;
  stripe: Stripe;
  hook: Receiver;
  /** Calls the control API. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Advances a test clock and waits until it is ready. */
  advance(clock: string, to: number): Promise<void>;
  /** Sends a hosted page's form without following where it leads. */
  post(url: string, form: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function rig(options: DoubleOptions = {}): Promise<Rig> {
  const hook = await receiver();
  const double = await startDouble({ webhook: { url: hook.url, secret: SECRET }, ...options });
  const stripe = clientOf(double.address);
  const control: Rig['control'] = async (method, path, body) => {
    const answer = await fetch(`${double.address}/_double${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    double,
    stripe,
    hook,
    control,
    advance: async (clock, to) => {
      await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
      await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === 'ready');
    },
    post: (url, form) => fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) }),
    close: async () => {
      await double.close();
      hook.close();
    },
  };
}

/** Polls until it holds. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = 20_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not come about in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
