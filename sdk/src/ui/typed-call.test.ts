import { expect, test, vi } from 'vitest';
import type { UploadedFile } from '../context.ts';
import type { UiContext } from './contract.ts';
import { typedCall } from './typed-call.ts';

interface Own {
  actions: {
    'notes.create': { input: { text: string; tag?: string; picture?: UploadedFile }; output: { id: string } };
  };
}

test('sends what is given and answers with the type of the output', async () => {
  const call = typedCall<Own>();
  const send = vi.fn(async () => ({ id: '7' }));
  const ctx = { call: send } as unknown as UiContext;
  const files = { picture: new File([], 'a.png') };
  const { id } = await call(ctx, 'notes.create', { text: 'x', tag: undefined }, { files });
  expect(id).toBe('7');
  expect(send).toHaveBeenCalledExactlyOnceWith('notes.create', { text: 'x' }, { files });
  // @ts-expect-error a required field cannot be left out
  void call(ctx, 'notes.create', { text: undefined });
});
