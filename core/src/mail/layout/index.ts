export { type Letter, renderLetter, withoutControls } from './letter.ts';
