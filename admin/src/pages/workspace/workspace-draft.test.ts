import { expect, test } from 'vitest';
import { changeOf, draftOf, type WorkspaceView } from './workspace-draft.ts';

const ACME: WorkspaceView = {
  slug: 'acme',
  name: 'Acme',
  profile: { website: 'https://acme.test', foundedYear: 1999 },
  logo: null,
  verifiedAt: null,
};

test('what is not said is empty in the form', () => {
  expect(draftOf(ACME)).toMatchObject({ name: 'Acme', foundedYear: '1999', industry: '', description: '' });
});

test('only what was changed is sent: numbers as numbers, what was emptied as nothing', () => {
  const draft = draftOf(ACME);
  expect(changeOf(ACME, draft)).toBeNull();
  expect(changeOf(ACME, { ...draft, name: ' Acme ', website: 'https://acme.test ' })).toBeNull();
  expect(changeOf(ACME, { ...draft, name: 'Acme Care ' })).toEqual({ name: 'Acme Care' });
  expect(changeOf(ACME, { ...draft, website: ' ', foundedYear: '2001', size: '1-10' })).toEqual({
    profile: { website: null, foundedYear: 2001, size: '1-10' },
  });
});
