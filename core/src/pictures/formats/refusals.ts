import { ApiError } from '../../errors/index.ts';

/** A refusal of what was sent as a picture: it is the whole body, which the empty pointer names. */
export function refusedPicture(reason: string, message: string): ApiError {
  return new ApiError('invalid-input', message, { reason, errors: [{ pointer: '', message }] });
}

/** Cut off, inconsistent, or made in a way that browsers do not show. */
export function damagedPicture(): ApiError {
  return refusedPicture('picture-damaged', 'The picture is damaged or incomplete. Save it anew and try again.');
}
