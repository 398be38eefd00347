import { problemMessage, typedCall, type UiContext } from '@bazaar/sdk/ui';
import { html, LitElement } from 'lit';
import type { Contract } from '../../src/contract.generated.ts';

const call = typedCall<Contract>();

export type Owner = Contract['actions']['owners.list']['output']['items'][number];

/** Detail of `owner-chosen`: the person, or `null` for nobody. */
export type OwnerChosen = CustomEvent<Owner | null>;

/** What the box asks for, and how it is told. */
interface Wanted {
  filter: string;
}
type Tell = (items: Owner[], size: number) => void;

/** As many as a list of names can be looked through; the rest is found by typing. */
const MOST = 100;

/** `<crm-owner-picker .ctx .label .owner>`: one of the workspace's people. Asks for them when it is opened. */
export class OwnerPicker extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    label: { type: String },
    /** Without a label to be seen, where the place says what it is. */
    name: { attribute: 'accessible-name' },
    owner: { attribute: false },
    error: { type: String },
  };

  declare ctx: UiContext;
  declare label: string;
  declare name: string;
  declare owner: Owner | null;
  declare error: string;

  constructor() {
    super();
    this.label = '';
    this.name = '';
    this.owner = null;
    this.error = '';
  }

  readonly #provide = async ({ filter }: Wanted, tell: Tell): Promise<void> => {
    try {
      const { items } = await call(this.ctx, 'owners.list', {
        limit: MOST,
        ...(filter === '' ? {} : { text: filter }),
      });
      tell(items, items.length);
    } catch (error) {
      tell([], 0);
      this.ctx.notify(problemMessage(error), 'error');
    }
  };

  #choose(owner: Owner | null): void {
    if (owner?.id === this.owner?.id) return;
    this.owner = owner;
    this.dispatchEvent(new CustomEvent<Owner | null>('owner-chosen', { detail: owner }));
  }

  override render() {
    return html`<vaadin-combo-box
      style="width: 100%"
      label=${this.label}
      accessible-name=${this.name}
      placeholder="Nobody"
      clear-button-visible
      item-id-path="id"
      item-value-path="id"
      item-label-path="name"
      page-size=${MOST}
      ?invalid=${this.error !== ''}
      error-message=${this.error}
      .dataProvider=${this.#provide}
      .selectedItem=${this.owner}
      @change=${(event: Event) => {
        this.#choose((event.target as HTMLElement & { selectedItem?: Owner | null }).selectedItem ?? null);
      }}
    ></vaadin-combo-box>`;
  }
}

customElements.define('crm-owner-picker', OwnerPicker);
