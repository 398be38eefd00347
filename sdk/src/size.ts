/** `23.8 MB`, `512 KB`, `300 bytes`; 1 MB is 1024 KB, as in `x-max-bytes: 10485760` for 10 MB. */
export function formatSize(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes >= 1024) return `${Math.round((kilobytes / 1024) * 10) / 10} MB`;
  return kilobytes >= 1 ? `${Math.round(kilobytes)} KB` : `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
}
