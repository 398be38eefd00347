/** Simple fields (a mail address, a hyperlink) and runs of a given direction only wrap what they hold. */
const WRAPPERS = /<\/?w:(?:fldSimple|bdo|dir)(?:\s[^<>]*)?>/g;

/** A run that is not shown. Properties as Word writes them are far shorter than the limit. */
const HIDDEN_RUN =
  /<w:r(?:\s[^<>]*)?>\s*<w:rPr>(?:(?!<\/w:rPr>)[\s\S]){0,3000}?<w:vanish\s*(?:w:val\s*=\s*["'](?:1|true|on)["']\s*)?\/>(?:(?!<\/w:rPr>)[\s\S]){0,3000}?<\/w:rPr>(?:(?!<w:r[\s>]|<\/w:r>)[\s\S])*<\/w:r>/g;

const DRAWN = /<(\/?)(mc:AlternateContent|mc:Fallback|w:drawing|w:txbxContent)(?:\s[^<>]*?)?(\/?)>/g;

interface Element {
  name: string;
  start: number;
  /** The text boxes within, those of a fallback aside. */
  boxes: string[];
  hasFallback: boolean;
}

/** Text boxes that only have the newer form, which mammoth passes over, in the older one. */
function withOlderBoxes(xml: string): string {
  const open: Element[] = [];
  let done = 0;
  let result = '';
  for (const match of xml.matchAll(DRAWN)) {
    const [tag, closes, name = '', isEmpty] = match;
    if (isEmpty) continue;
    if (!closes) {
      open.push({ name, start: match.index, boxes: [], hasFallback: false });
      continue;
    }
    const element = open.pop();
    // Not well-formed: mammoth says so.
    if (element?.name !== name) return xml;
    const end = match.index + tag.length;
    if (name === 'w:txbxContent') {
      const outermost = open[0];
      if (open.some((one) => one.name === 'mc:Fallback')) {
        if (outermost) outermost.hasFallback = true;
      } else if (!open.some((one) => one.name === 'w:txbxContent')) {
        outermost?.boxes.push(xml.slice(element.start, end));
      }
    }
    if (open.length > 0 || element.boxes.length === 0 || element.hasFallback) continue;
    result += `${xml.slice(done, element.start)}<w:pict>${element.boxes.join('')}</w:pict>`;
    done = end;
  }
  return result + xml.slice(done);
}

/**
 * A part of a Word document as mammoth can read it: it passes over elements it does not know with all that stands in
 * them, and knows of no hidden text.
 */
export function readableWordXml(xml: string): string {
  return withOlderBoxes(xml.replace(WRAPPERS, '').replace(HIDDEN_RUN, ''));
}
