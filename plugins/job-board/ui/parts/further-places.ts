import { html, nothing, type TemplateResult } from 'lit';
import type { Place } from '../../src/jobs/location.ts';
import { COUNTRIES } from './countries.ts';

const EMPTY: Place = { street: null, city: null, region: null, postalCode: null, country: null };
const PARTS = [
  { name: 'city', label: 'City' },
  { name: 'region', label: 'State or region' },
  { name: 'postalCode', label: 'Postal code' },
] as const;

interface PlacesForm {
  places: readonly Place[];
  set(places: Place[]): void;
  /** Message about one part, e.g. `/furtherLocations/0/city`. */
  error(pointer: string): string;
}

/** Other places of the same job. */
export function furtherPlaces(form: PlacesForm): TemplateResult {
  const change = (index: number, part: Partial<Place>) =>
    form.set(form.places.map((place, at) => (at === index ? { ...place, ...part } : place)));
  return html`<fieldset class="places stack">
    <legend>Further places</legend>
    ${form.places.map((place, index) => {
      const countryError = form.error(`/furtherLocations/${index}/country`);
      return html`<div class="form">
        ${PARTS.map(({ name, label }) => {
          const error = form.error(`/furtherLocations/${index}/${name}`);
          return html`<vaadin-text-field
            label="${label} ${index + 2}"
            manual-validation
            ?invalid=${error !== ''}
            .errorMessage=${error}
            .value=${place[name] ?? ''}
            @input=${(event: Event) => change(index, { [name]: (event.currentTarget as HTMLInputElement).value || null })}
          ></vaadin-text-field>`;
        })}
        <vaadin-combo-box
          label="Country ${index + 2}"
          manual-validation
          ?invalid=${countryError !== ''}
          .errorMessage=${countryError}
          .items=${COUNTRIES}
          .value=${place.country ?? ''}
          @value-changed=${(event: CustomEvent<{ value: string }>) => {
            if (event.detail.value !== (place.country ?? '')) change(index, { country: event.detail.value || null });
          }}
        ></vaadin-combo-box>
        <div class="actions">
          <vaadin-button
            theme="tertiary"
            aria-label="Remove place ${index + 2}"
            @click=${() => form.set(form.places.filter((_, at) => at !== index))}
            >Remove</vaadin-button
          >
        </div>
      </div>`;
    })}
    ${
      form.places.length >= 20
        ? nothing
        : html`<div><vaadin-button theme="small" @click=${() => form.set([...form.places, EMPTY])}>Add a place</vaadin-button></div>`
    }
  </fieldset>`;
}
