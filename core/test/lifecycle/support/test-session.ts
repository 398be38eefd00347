import { Client } from 'pg';
import type { ThrowawayDatabase } from '../../../src/data/index.ts';

export interface TestSession {
  rows<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Hears what is notified on a channel. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  end(): Promise<void>;
}

/** A session of the administrator of a test's database. */
export async function openSession({ server }: ThrowawayDatabase): Promise<TestSession> {
  const client = new Client({ ...server.connection });
  client.on('error', () => undefined);
  await client.connect();
  return {
    rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    listen: async (channel, heard) => {
      client.on('notification', (message) => {
        if (message.channel === channel) heard(message.payload ?? '');
      });
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    },
    end: () => client.end(),
  };
}
