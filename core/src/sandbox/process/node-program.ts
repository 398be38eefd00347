import { chmodSync, copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAY_ENTER = 0o001;

/** Whether any user may run this program: it, and every folder on the way to it. */
function isReachable(path: string): boolean {
  for (let place = path; ; place = dirname(place)) {
    if ((statSync(place).mode & MAY_ENTER) === 0) return false;
    if (place === dirname(place)) return true;
  }
}

/** The same file under another name where that can be, else a copy of it. */
function place(program: string, target: string): void {
  const unfinished = `${target}.${process.pid}-${Date.now().toString(36)}`;
  try {
    linkSync(program, unfinished);
  } catch {
    copyFileSync(program, unfinished);
    chmodSync(unfinished, 0o755);
  }
  try {
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** The node that runs us, where an unprivileged user can reach it: an installation below /root is closed to others. */
export function nodeProgram(home: string): string {
  const program = process.execPath;
  if (process.getuid?.() !== 0 || isReachable(program)) return program;
  const { size, mtimeMs } = statSync(program);
  const target = join(home, `node-${process.version}-${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}`);
  if (!existsSync(target)) place(program, target);
  return target;
}
