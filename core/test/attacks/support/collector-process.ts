// Loaded into the kernel before anything else (`--import`): on SIGUSR2 it collects its garbage.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
// As when memory runs out: any other collection keeps the room that the garbage had, up to 128 MB of it.
process.on('SIGUSR2', () => collect({ type: 'major', flavor: 'last-resort' }));
