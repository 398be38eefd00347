import type { UiContext } from '@bazaar/sdk/ui';
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { STAGES } from './words.ts';

export interface Progress {
  stage: string;
  /** 0–100. */
  percent: number;
}

interface Host extends ReactiveControllerHost {
  readonly ctx: UiContext;
}

interface Listeners {
  /** The reading of a CV is over, well or not. */
  ended(documentId: string): void;
  /** Events may have been missed while the connection was gone. */
  missed(): void;
}

/** Follows the reading of CVs as the server reports it. Subjects are documents, or the applications they came with. */
export class Processing implements ReactiveController {
  readonly #host: Host;
  readonly #listeners: Listeners;
  readonly #bySubject = new Map<string, Progress>();
  readonly #undo: (() => void)[] = [];

  constructor(host: Host, listeners: Listeners) {
    this.#host = host;
    this.#listeners = listeners;
    host.addController(this);
  }

  hostConnected(): void {
    const { ctx } = this.#host;
    this.#undo.push(
      ctx.on('progress', ({ plugin, subject, stage, percent }) => {
        if (plugin !== undefined && plugin !== ctx.plugin) return;
        if (typeof subject !== 'string' || typeof percent !== 'number') return;
        this.#bySubject.set(subject, { stage: String(stage), percent });
        this.#host.requestUpdate();
      }),
      ctx.on('cv-analysis.document.parsed', ({ documentId }) => this.#listeners.ended(String(documentId))),
      ctx.on('cv-analysis.document.failed', ({ documentId }) => this.#listeners.ended(String(documentId))),
      ctx.on('reconnected', () => this.#listeners.missed()),
    );
  }

  hostDisconnected(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  /** Where the reading of a CV stands; `null` when none is known to be under way. */
  of({ id, applicationId, status }: { id: string; applicationId: string | null; status: string }): Progress | null {
    if (status === 'parsed' || status === 'failed') return null;
    return this.#bySubject.get(id) ?? (applicationId === null ? null : (this.#bySubject.get(applicationId) ?? null));
  }

  forget(subject: string): void {
    this.#bySubject.delete(subject);
  }
}

/** A bar with the words of the stage; without a known stage the CV waits its turn. */
export function progressBar(progress: Progress | null): TemplateResult {
  if (progress === null) return html`<p class="small muted" role="status">Waiting to be read</p>`;
  const words = STAGES[progress.stage] ?? 'Reading';
  return html`<div class="stack tight">
    <vaadin-progress-bar aria-label=${words} .value=${progress.percent / 100}></vaadin-progress-bar>
    <p class="small muted" role="status">${words}</p>
  </div>`;
}
