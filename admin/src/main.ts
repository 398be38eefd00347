import { BazaarElement } from '@bazaar/sdk/ui';
import '@vaadin/button';
import '@vaadin/grid';

document.body.append(BazaarElement.name);
