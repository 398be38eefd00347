// Entry of a sandbox process. It holds nothing of worth: no environment, no files but its own code, no network. What
// a plugin breaks here ends with this process.
import { Socket } from 'node:net';
import { FrameLink } from '../wire/frame-link.ts';
import { FRAME } from '../wire/frames.ts';
import { Sandbox } from './sandbox.ts';

const [settings] = process.argv.slice(2);
const end = () => process.kill(process.pid, 'SIGKILL');
const link: FrameLink = new FrameLink(
  new Socket({ fd: 3, readable: true, writable: true }),
  (frame) => sandbox.receive(frame),
  end,
);
const sandbox = new Sandbox(link, JSON.parse(settings ?? '{}'));
link.send(FRAME.ready, 0, 0, 0);
