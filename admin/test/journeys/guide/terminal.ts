import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** A shell that a reader types into, with all that it remembers. */
export class Terminal {
  readonly #shell: ChildProcessWithoutNullStreams;
  readonly #end = `end ${randomUUID()}`;
  readonly #failed = `failed ${randomUUID()}`;

  constructor(folder: string, environment: Readonly<Record<string, string | undefined>>) {
    this.#shell = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env: { ...environment } });
    this.#shell.stdout.setEncoding('utf8');
    this.#shell.stdin.write(`exec 2>&1\ntrap 'echo "${this.#failed} with $?: $BASH_COMMAND"' ERR\n`);
  }

  /** Resolves with what the commands said; rejects when one of them fails. */
  async run(commands: string): Promise<string> {
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      const ended = () => reject(new Error(`the shell has ended:\n${text}`));
      const hear = (more: string) => {
        text += more;
        const end = text.indexOf(this.#end);
        if (end === -1) return;
        this.#shell.stdout.off('data', hear);
        this.#shell.off('exit', ended);
        resolve(text.slice(0, end).trimEnd());
      };
      this.#shell.stdout.on('data', hear);
      this.#shell.once('exit', ended);
      this.#shell.stdin.write(`{\n${commands}\n} </dev/null\necho "${this.#end}"\n`);
    });
    if (said.includes(this.#failed)) throw new Error(said.replaceAll(this.#failed, 'failed'));
    return said;
  }

  close(): void {
    this.#shell.stdin.end();
  }
}
