/** Simple fields (a mail address, a hyperlink) and runs of a given direction only wrap what they hold. */
const WRAPPERS = /<\/?w:(?:fldSimple|bdo|dir)(?:\s[^<>]*)?>/g;

/** A run with properties. As Word writes them they are far shorter than the limit. */
const RUN =
  /<w:r(?:\s[^<>]*)?>\s*<w:rPr>((?:(?!<\/w:rPr>)[\s\S]){0,6000}?)<\/w:rPr>((?:(?!<w:r[\s>]|<\/w:r>)[\s\S])*)<\/w:r>/g;
const VANISHED = /<w:vanish\s*(?:w:val\s*=\s*["'](?:1|true|on)["']\s*)?\/>/;
/** In half points: up to 2 points. */
const TINY = /<w:sz\s+w:val\s*=\s*["'][1-4]["']\s*\/>/;
const WHITE = /<w:color\s[^<>]*w:val\s*=\s*["'][fF]{6}["']/;
/** What white text can stand on: shading, highlighting, drawings, backgrounds. */
const GROUND =
  /<w:(?:shd\s[^<>]*w:fill\s*=\s*["'](?!auto|[fF]{6})|highlight\s|drawing[\s>]|pict[\s>]|background[\s>]|object[\s>])/;
const WORDS = /<w:t(?:\s[^<>]*)?>([^<]*)<\/w:t>/g;

/** Whether nothing in these parts can lie beneath their text but the paper. */
export function isOnPaper(parts: readonly string[]): boolean {
  return !parts.some((xml) => GROUND.test(xml));
}

function wordsOf(run: string): string {
  return [...run.matchAll(WORDS)]
    .map(([, words = '']) => words)
    .join('')
    .trim();
}

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

/** A part of a Word document as mammoth can read it, and the words in it that nobody sees. */
export interface ReadableXml {
  xml: string;
  hidden: string[];
}

/**
 * mammoth passes over elements it does not know with all that stands in them, and knows of no hidden text: runs set as
 * hidden, tiny ones, and white ones on paper.
 *
 * @param onPaper Whether nothing but white paper lies beneath the text.
 */
export function readableWordXml(source: string, onPaper: boolean): ReadableXml {
  const hidden: string[] = [];
  const seen = source.replace(WRAPPERS, '').replace(RUN, (run: string, properties: string, content: string) => {
    if (!VANISHED.test(properties) && !TINY.test(properties) && !(onPaper && WHITE.test(properties))) return run;
    const words = wordsOf(content);
    if (words !== '') hidden.push(words);
    return '';
  });
  return { xml: withOlderBoxes(seen), hidden };
}
