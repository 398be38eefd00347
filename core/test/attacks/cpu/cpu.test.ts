import { besiege } from '../support/siege.ts';
import { LOOPS } from './loops.ts';
import { NATIVES } from './natives.ts';

besiege('computing without end', [...LOOPS, ...NATIVES]);
