import type { PluginStatus } from '../plugins/index.ts';
import type { HttpMiddleware } from './context.ts';
import { sendJson } from './respond.ts';

/** What `/readyz` says. */
export interface Readiness {
  ready: boolean;
  version: string;
  database: { ok: boolean; serverVersion: number; pingMs?: number; problem?: string };
  migrations: { core: string };
  plugins: readonly PluginStatus[];
  /** Weaknesses that do not keep the platform from serving. */
  warnings: readonly { code: string; message: string }[];
}

/** The process is alive, whatever it depends on. */
export const alive: HttpMiddleware = async (ctx) => sendJson(ctx, 200, { status: 'ok' });

/** Whether this node should receive requests, and why not. A failed plugin does not make the node unready. */
export function readiness(report: () => Promise<Readiness>): HttpMiddleware {
  return async (ctx) => {
    const state = await report();
    sendJson(ctx, state.ready ? 200 : 503, state);
  };
}
