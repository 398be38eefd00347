// Entry of a sandbox process. It holds nothing of value: no environment, no files but its own code, no network. What a
// plugin breaks here ends with this process.
import { FRAME } from '../wire/frames.ts';
import { Pipe } from './pipe.ts';
import { Sandbox } from './sandbox.ts';

const [settings] = process.argv.slice(2);
const end = () => process.kill(process.pid, 'SIGKILL');
const pipe: Pipe = new Pipe((frame) => sandbox.receive(frame), end);
const sandbox = new Sandbox(pipe, JSON.parse(settings ?? '{}'));
pipe.send(FRAME.ready);
