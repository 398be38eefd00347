import { ApiError } from '../errors/index.ts';

const REASONS: Record<string, { reason: string; detail: string }> = {
  ENOSPC: { reason: 'storage-full', detail: 'The disk for files is full.' },
  EDQUOT: { reason: 'storage-full', detail: 'The disk quota for files is used up.' },
  EFBIG: { reason: 'storage-full', detail: 'The disk for files does not take a file of this size.' },
  EROFS: { reason: 'storage-read-only', detail: 'The disk for files is read-only.' },
  EACCES: { reason: 'storage-read-only', detail: 'The folder for files cannot be written to.' },
  EPERM: { reason: 'storage-read-only', detail: 'The folder for files cannot be written to.' },
};

/** The refusal to fill the disk up to its last byte. */
export function storageFull(): ApiError {
  return new ApiError('unavailable', 'The disk for files is full. Nothing was stored; try again later.', {
    reason: 'storage-full',
  });
}

/** Turns an error of the file system into the problem the caller can be told; anything else stays as it is. */
export function storageFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  const known = REASONS[String(error.code)] ?? {
    reason: 'storage-failed',
    detail: 'The storage for files does not work at the moment.',
  };
  return new ApiError('unavailable', `${known.detail} Nothing was stored; try again later.`, {
    reason: known.reason,
    cause: error,
  });
}
