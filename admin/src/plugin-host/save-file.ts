import type { SavedFile } from '../api/client.ts';

/** Lets the browser save a file under its name. */
export function saveFile({ name, content }: SavedFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its own hold of the content by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
