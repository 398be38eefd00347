import { formatMoment, pageStyles, UiProblem } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { brandMark } from '../../shell/brand.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import type { Certificate, Counted } from './types.ts';

function counts(list: readonly Counted[], none: string) {
  if (list.length === 0) return html`<p class="muted">${none}</p>`;
  return html`<ul>
    ${list.map(
      ({ what, count, reason }) => html`<li>
        <strong>${what}</strong>: ${count}${reason === undefined ? nothing : html`<br /><span class="small">${reason}</span>`}
      </li>`,
    )}
  </ul>`;
}

/** No certificate has this address, whoever asks: trying again does not help. */
function isUnknown(failure: unknown): boolean {
  return failure instanceof UiProblem && (failure.status === 400 || failure.status === 404);
}

function unknownCertificate() {
  return html`<div class="empty">
    <bazaar-icon name="map"></bazaar-icon>
    <h1>There is no such certificate</h1>
    <p>The address may be mistyped, or the request is not completed yet.</p>
    <a href="/">Back to the start</a>
  </div>`;
}

/** The certificate of an erasure, to be printed or kept as a PDF. */
class CertificatePage extends AppElement {
  static override styles = [
    pageStyles,
    css`
      :host {
        display: block;
        min-height: 100dvh;
        padding: var(--bz-space-6) var(--bz-space-4);
        background: var(--bz-surface);
      }
      main {
        display: grid;
        gap: var(--bz-space-5);
        max-width: 46rem;
        margin: 0 auto;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: var(--bz-space-3);
        font-weight: 650;
      }
      code {
        overflow-wrap: anywhere;
      }
      ul {
        margin: 0;
        padding-inline-start: var(--bz-space-5);
        display: grid;
        gap: var(--bz-space-2);
      }
      @media print {
        :host {
          padding: 0;
          color-scheme: light;
        }
        .actions {
          display: none;
        }
      }
    `,
  ];

  readonly #certificate = new Reading<Certificate>(this, () => {
    const id = this.app.router.location.pathname.split('/').at(-1) ?? '';
    return this.app.api.json<Certificate>('GET', `/api/privacy/requests/${encodeURIComponent(id)}/certificate`);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Certificate of erasure – Bazaar';
  }

  override render() {
    const { value, failure } = this.#certificate;
    if (isUnknown(failure)) return unknownCertificate();
    if (!value) {
      return failure === null ? loadingState('the certificate') : failureState(failure, () => this.#certificate.run());
    }
    const { certificate, signature, publicKey, genuine } = value;
    const { totals, parts } = certificate;
    const other = parts.filter(({ state }) => state !== 'done');
    return html`<main>
      <div class="row between">
        <div class="brand">${brandMark(28)} Bazaar</div>
        <div class="actions">
          <a href=${certificate.about === 'person' ? '/admin/privacy' : '/'}>Back</a>
          <vaadin-button theme="primary" @click=${() => window.print()}>
            <bazaar-icon slot="prefix" name="printer"></bazaar-icon>Print
          </vaadin-button>
        </div>
      </div>
      <h1>Certificate of erasure</h1>
      <p>
        ${certificate.about === 'person' ? 'The personal data of the person' : 'The data of the workspace'} named in request
        <code>${certificate.request}</code> was erased as stated below. The certificate itself names nobody.
      </p>
      <dl class="facts">
        <dt>Platform</dt>
        <dd>${certificate.platform}</dd>
        <dt>Requested</dt>
        <dd>${formatMoment(certificate.requestedAt)}</dd>
        <dt>Completed</dt>
        <dd>${formatMoment(certificate.completedAt)}</dd>
        <dt>Signature</dt>
        <dd>
          <span class="chip ${genuine ? 'success' : 'danger'}">${genuine ? 'Genuine' : 'Not genuine'}</span>
        </dd>
      </dl>
      <section class="stack tight">
        <h2>Erased</h2>
        ${counts(totals.erased, 'Nothing was there to erase.')}
      </section>
      <section class="stack tight">
        <h2>Kept, and why</h2>
        ${counts(totals.kept, 'Nothing is kept.')}
      </section>
      ${
        other.length === 0
          ? nothing
          : html`<section class="stack tight">
              <h2>Could not say what it knows of people</h2>
              <ul>
                ${other.map(({ title }) => html`<li>${title}</li>`)}
              </ul>
            </section>`
      }
      <section class="stack tight small muted">
        <p>Ed25519 signature over the certificate’s text: <code>${signature}</code></p>
        <p>Public key of the platform: <code>${publicKey.x}</code></p>
      </section>
    </main>`;
  }
}

customElements.define('bz-certificate', CertificatePage);
