import '@fontsource-variable/inter/wght.css';
import './theme/theme.css';
import { controlStyles, tokenStyles } from '@bazaar/sdk/ui';
import './elements/icon.ts';
import './elements/vaadin-basics.ts';
import { returnFocus } from './focus/return-focus.ts';
import './shell/app-root.ts';

for (const { styleSheet } of [tokenStyles, controlStyles]) {
  if (styleSheet) document.adoptedStyleSheets.push(styleSheet);
}
returnFocus();
