import { expect, it } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { takingSlug } from './free-slug.ts';

const conflict = (reason: string) => new ApiError('conflict', 'Taken.', { reason });

/** Fails with these, one after the other, and is done then. */
function failing(...errors: Error[]) {
  let attempts = 0;
  return async () => {
    attempts += 1;
    const error = errors.shift();
    if (error) throw error;
    return attempts;
  };
}

it('looks for another short name where somebody else was faster, whether we or the database saw it', async () => {
  expect(await takingSlug(failing())).toBe(1);
  expect(await takingSlug(failing(conflict('slug-taken'), conflict('already-exists')))).toBe(3);
});

it('passes on what another short name would not help', async () => {
  const member = conflict('already-member');
  await expect(takingSlug(failing(member))).rejects.toBe(member);
  const taken = conflict('slug-taken');
  await expect(takingSlug(failing(taken), 'chosen')).rejects.toBe(taken);
  await expect(takingSlug(failing(...Array.from({ length: 50 }, () => taken)))).rejects.toBe(taken);
});
