const NAMES: Record<string, string> = {
  'application/pdf': 'a PDF document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'a Word document (.docx)',
  'application/vnd.ms-word.document.macroenabled.12': 'a Word document with macros',
  'application/msword': 'a Word document in the old format (.doc)',
  'application/x-ole-encrypted': 'an office document protected by a password',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'an Excel sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'a PowerPoint presentation',
  'application/vnd.oasis.opendocument.text': 'an OpenDocument text (.odt)',
  'application/rtf': 'a rich text document (.rtf)',
  'application/zip': 'a ZIP archive',
  'application/x-msdownload': 'a Windows program',
  'application/x-elf': 'a Linux program',
  'application/x-mach-binary': 'a macOS program',
  'application/java-archive': 'a Java program',
  'application/octet-stream': 'data of an unknown kind',
  'text/plain': 'plain text',
  'text/html': 'a web page (HTML)',
  'image/svg+xml': 'an SVG drawing',
};

/** A content type in words, with its article: `a PDF document`. */
export function nameOfType(type: string): string {
  const known = NAMES[type];
  if (known) return known;
  if (type.startsWith('image/')) return `an image (${type})`;
  if (type.startsWith('video/')) return `a video (${type})`;
  if (type.startsWith('audio/')) return `a sound file (${type})`;
  return `a file of type ${type}`;
}

/** Whether a list of accepted types, which may hold `image/*`, names the type. An absent list accepts all. */
export function acceptsType(accept: readonly string[] | undefined, type: string): boolean {
  if (!accept) return true;
  return accept.some((entry) => entry === type || (entry.endsWith('/*') && type.startsWith(entry.slice(0, -1))));
}
