/** A small PDF of lines of text: each at its place on an A4 page, in points from the top left. */
export interface PdfText {
  x: number;
  y: number;
  size: number;
  text: string;
  bold?: boolean;
}

const HEIGHT = 842;

/** Letters beyond Latin-1 have no place in the standard fonts. */
function literal(text: string): string {
  let result = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 63;
    if (letter === '\\' || letter === '(' || letter === ')') result += `\\${letter}`;
    else if (code >= 32 && code < 127) result += letter;
    else if (code >= 160 && code < 256) result += `\\${code.toString(8)}`;
    else result += code === 0x20ac ? '\\200' : '?';
  }
  return result;
}

export function pdf(texts: readonly PdfText[]): Buffer {
  const content = texts
    .map(
      ({ x, y, size, text, bold }) =>
        `BT /${bold === true ? 'B' : 'R'} ${size} Tf ${x} ${HEIGHT - y} Td (${literal(text)}) Tj ET`,
    )
    .join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) text += `${String(place).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
