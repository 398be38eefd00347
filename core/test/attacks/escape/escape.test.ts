import { besiege } from '../support/siege.ts';
import { PATCHES } from './patches.ts';
import { REACH } from './reach.ts';
import { VALUES } from './values.ts';

besiege('leaving the sandbox', [...REACH, ...PATCHES, ...VALUES]);
