import { baseStyles } from './base.ts';
import { controlStyles } from './controls.ts';
import { dataStyles } from './data.ts';
import { layoutStyles } from './layout.ts';
import { pieceStyles } from './pieces.ts';

/**
 * What makes a screen look native; start a screen's `static styles` with it.
 *
 * Layout: `.page` (with `.narrow`), `.page-header` (first child heading and `.subtitle`, then `.actions`), `.toolbar`
 * (with `.grow`), `.stack`, `.row` (`.between`), `.columns`, `.with-aside`, `.form` (children `.full`). Pieces:
 * `.card` (`.flush`), `nav.tabs` (of links, the open one `aria-current`), `.chip` and `.banner` (each with `info success
 * warning danger`), `.empty`, `dl.facts`, `dl.figures` (a `div` for each), `ul.list` (with `.rows`: in each what it is
 * and its `.actions`), `ul.chips`, `.meter`, `.skeleton` (`title line block`), `.text` (what people
 * wrote: its lines, each in its own direction), `.muted`, `.small`, `.number`, `.visually-hidden`.
 */
export const pageStyles = [controlStyles, baseStyles, layoutStyles, pieceStyles, dataStyles];
