import { type Attack, FAILED, STOPPED } from '../support/attack.ts';

/** Code that never comes to an end, wherever the kernel waits for it. */
export const LOOPS: readonly Attack[] = [
  { name: 'sync-loop', tries: 'never to return', run: 'for (;;);', ends: STOPPED },
  {
    name: 'caught-loop',
    tries: 'to catch its own termination and go on',
    run: 'for (;;) try { for (;;); } catch {} finally { for (;;) try { for (;;); } catch {} }',
    ends: STOPPED,
  },
  {
    name: 'microtask-loop',
    tries: 'to keep the microtask queue from ever being empty',
    run: 'const spin = () => Promise.resolve().then(spin); spin(); await new Promise(() => {});',
    ends: STOPPED,
  },
  {
    name: 'loop-after-host-call',
    tries: 'to loop where a timeout of the call into the isolate no longer holds',
    run: 'await ctx.settings.get(); for (;;);',
    ends: STOPPED,
  },
  {
    name: 'loop-in-callback',
    tries: 'to loop in the callback of a host call while it waits for another',
    run: 'ctx.settings.get().then(() => { for (;;); }); await ctx.settings.get(); await new Promise(() => {});',
    ends: STOPPED,
  },
  {
    name: 'loop-after-return',
    tries: 'to go on computing after it has answered',
    run: 'Promise.resolve().then(() => Promise.resolve()).then(() => { for (let i = 0; ; i += 1); }); return {};',
    // Whether the answer leaves before the loop begins is a matter of luck.
    ends: { kind: 'stopped', answers: [200, 503] },
  },
  {
    name: 'sliced-loop',
    tries: 'to stay below every limit of one step by computing in slices between host calls',
    run: `for (;;) {
      const end = Date.now() + 100;
      while (Date.now() < end);
      await ctx.settings.get();
    }`,
    ends: STOPPED,
  },
  {
    name: 'async-iteration',
    tries: 'to iterate over an endless asynchronous generator',
    run: 'const forever = async function* () { for (;;) yield 1; }; for await (const _ of forever());',
    ends: STOPPED,
  },
  {
    name: 'looping-getter',
    tries: 'to loop in a getter while its result is being written',
    run: 'return { get value() { for (;;); } };',
    ends: STOPPED,
  },
  {
    name: 'looping-proxy',
    tries: 'to loop in a trap of the Proxy it returns',
    run: 'return new Proxy({}, { ownKeys() { for (;;); }, getPrototypeOf() { for (;;); } });',
    ends: STOPPED,
  },
  {
    name: 'looping-then',
    tries: 'to loop in the "then" of what it returns',
    run: 'return { then() { for (;;); } };',
    ends: STOPPED,
  },
  {
    name: 'looping-error',
    tries: 'to loop in the getters of the error it throws',
    run: `throw Object.defineProperties(new Error('x'), {
      name: { get() { for (;;); } }, message: { get() { for (;;); } }, stack: { get() { for (;;); } },
    });`,
    ends: STOPPED,
  },
  {
    name: 'looping-arguments',
    tries: 'to loop in a getter of what it passes to the kernel',
    run: 'await ctx.db.rows.find({ get where() { for (;;); } });',
    ends: STOPPED,
  },
  {
    name: 'all-slots-loop',
    tries: 'to occupy every call that its isolate may run at once',
    run: 'await ctx.settings.get(); for (;;);',
    atOnce: 6,
    ends: STOPPED,
  },
  {
    name: 'loop-while-loading',
    tries: 'never to finish loading',
    module: 'for (;;);',
    run: 'return {};',
    ends: { kind: 'not-loaded', reason: /processor time|finish loading/ },
  },
  {
    name: 'await-while-loading',
    tries: 'to wait for ever on its top level',
    module: 'await new Promise(() => {});',
    run: 'return {};',
    ends: { kind: 'not-loaded', reason: /finish loading/ },
  },
  {
    name: 'timer-flood',
    tries: 'to start a million timers that each compute',
    run: `for (let i = 0; i < 1e6; i += 1) setTimeout(() => { for (let n = 0; n < 1e7; n += 1); }, 0);
      await new Promise(() => {});`,
    ends: FAILED,
  },
  {
    name: 'timers-that-compute',
    tries: 'to compute in timers that each start the next',
    run: 'const spin = () => { for (let n = 0; n < 1e5; n += 1); setTimeout(spin, 0); }; spin(); await new Promise(() => {});',
    ends: STOPPED,
  },
];
