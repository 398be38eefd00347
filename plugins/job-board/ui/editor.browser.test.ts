import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import type { LitElement } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './editor.ts';

type Editor = LitElement & { ctx: UiContext };

const call = vi.fn<UiContext['call']>();
const navigate = vi.fn<UiContext['navigate']>();
let editor: Editor;

function context(params: Record<string, string>): UiContext {
  return {
    plugin: 'job-board',
    tenant: { id: 't', slug: 'acme', name: 'Acme' },
    user: {
      id: 'u',
      name: 'Robin',
      email: 'r@example.com',
      permissions: ['job-board:jobs.write', 'job-board:jobs.publish'],
    },
    params,
    call,
    navigate,
    download: vi.fn(),
    setTitle: vi.fn(),
    notify: vi.fn(),
    on: () => () => {},
    confirm: async () => true,
  } as unknown as UiContext;
}

async function show(params: Record<string, string>): Promise<void> {
  editor = document.createElement('job-board-editor') as Editor;
  editor.ctx = context(params);
  document.body.append(editor);
  await editor.updateComplete;
}

const field = (name: string) =>
  editor.renderRoot.querySelector<HTMLElement & { value: string; errorMessage: string }>(`[data-field="${name}"]`);

function enter(name: string, value: string): void {
  const control = field(name);
  if (!control) throw new Error(`no field ${name}`);
  control.value = value;
  control.dispatchEvent(new Event('input'));
}

async function press(label: string): Promise<void> {
  const button = [...editor.renderRoot.querySelectorAll('vaadin-button')].find(
    (each) => each.textContent?.trim() === label,
  );
  if (!button) throw new Error(`no button ${label}`);
  button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await vi.waitFor(() => expect(call).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve));
  await editor.updateComplete;
}

beforeEach(() => {
  call.mockReset();
  navigate.mockReset();
});
afterEach(() => editor.remove());

describe('editor', () => {
  it('creates a draft from what was entered and goes on to edit it', async () => {
    call.mockResolvedValue({ id: 'new-id', slug: 'nurse', status: 'draft', revision: 1, updatedAt: '' });
    await show({});
    enter('title', 'Nurse');
    enter('responsibilities', 'Care\n\n  \nWrite');
    await press('Save draft');
    expect(call).toHaveBeenCalledWith(
      'jobs.create',
      expect.objectContaining({ title: 'Nurse', responsibilities: ['Care', 'Write'], employmentType: 'FULL_TIME' }),
      undefined,
    );
    expect(navigate).toHaveBeenCalledWith('/job-board/jobs/new-id/edit');
  });

  it('shows each message of the server at its field, until the field is changed', async () => {
    call.mockRejectedValue(
      new UiProblem({
        status: 400,
        code: 'invalid-input',
        detail: '2 fields need your attention.',
        errors: [
          { pointer: '/title', message: 'Too short.' },
          { pointer: '/salaryMax', message: 'Below the lower end.' },
        ],
      }),
    );
    await show({});
    enter('title', 'X');
    await press('Save draft');
    expect(field('title')?.errorMessage).toBe('Too short.');
    expect(field('salaryMax')?.errorMessage).toBe('Below the lower end.');
    const banner = editor.renderRoot.querySelector('#problem');
    expect(banner?.getAttribute('role')).toBe('alert');
    expect(banner?.textContent).toContain('To');
    enter('title', 'Longer');
    await editor.updateComplete;
    expect(field('title')?.errorMessage).toBe('');
    expect(field('salaryMax')?.errorMessage).toBe('Below the lower end.');
  });

  it('opens a section that holds a wrong field', async () => {
    call.mockRejectedValue(
      new UiProblem({
        status: 400,
        code: 'invalid-input',
        detail: 'x',
        errors: [{ pointer: '/reference', message: 'Taken.' }],
      }),
    );
    await show({});
    enter('title', 'Nurse');
    await press('Save draft');
    expect(field('reference')?.closest('details')?.open).toBe(true);
  });

  it('says when a job cannot be loaded, and tries again', async () => {
    call.mockRejectedValueOnce(new UiProblem({ status: 404, code: 'not-found', detail: 'Job not found.' }));
    await show({ id: 'gone' });
    await vi.waitFor(() => expect(editor.renderRoot.textContent).toContain('Job not found.'));
    expect(editor.renderRoot.querySelector('[role="alert"]')).not.toBeNull();
  });
});
