import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { placeBehind } from './priority.ts';

let child: ReturnType<typeof spawn>;
afterEach(() => child.kill('SIGKILL'));

test('a process with a session of its own comes behind this one, and its session too', async () => {
  child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const pid = child.pid ?? 0;
  const placed = placeBehind(pid, 10);
  expect(getPriority(pid)).toBe(Math.min(getPriority() + 10, 19));
  if (!existsSync('/proc/self/autogroup')) return;
  await placed;
  expect(await readFile(`/proc/${pid}/autogroup`, 'utf8')).toMatch(new RegExp(`nice ${getPriority(pid)}$`, 'm'));
  expect(await readFile('/proc/self/autogroup', 'utf8')).not.toMatch(new RegExp(`nice ${getPriority(pid)}$`, 'm'));
});
