import { checkPermission, type Review, reportRepeated } from './review.ts';

export function checkPermissions(review: Review): void {
  const { manifest } = review;
  reportRepeated(
    review,
    (manifest.permissions ?? []).map((permission, index) => [`/permissions/${index}/name`, permission.name] as const),
    'permission',
  );
  for (const [index, { name }] of (manifest.permissions ?? []).entries()) {
    if (name === 'public')
      review.report(`/permissions/${index}/name`, '"public" means "without sign-in"; choose another name');
  }
  for (const [role, names] of Object.entries(manifest.roles ?? {})) {
    for (const [index, name] of (names ?? []).entries()) checkPermission(review, `/roles/${role}/${index}`, name);
  }
}
