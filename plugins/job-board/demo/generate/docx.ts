import {
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { type Resume, writePeriod } from './resume.ts';

const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_2 });
const text = (content: string) => new Paragraph({ text: content });
const bullet = (content: string) => new Paragraph({ text: content, bullet: { level: 0 } });

function list(title: string, items: readonly string[], asLine = false): Paragraph[] {
  if (items.length === 0) return [];
  return [heading(title), ...(asLine ? [text(items.join(' · '))] : items.map(bullet))];
}

function experience(resume: Resume): Paragraph[] {
  return [
    heading(resume.headings.experience),
    ...resume.experience.flatMap((position) => [
      new Paragraph({
        children: [
          new TextRun({ text: position.title, bold: true }),
          new TextRun({ text: `, ${position.company}, ${position.place}` }),
        ],
      }),
      new Paragraph({ children: [new TextRun({ text: writePeriod(position, resume.dates), italics: true })] }),
      ...position.points.map(bullet),
    ]),
  ];
}

function education(resume: Resume): Paragraph[] {
  return [
    heading(resume.headings.education),
    ...resume.education.map(({ degree, school, from, to }) => text(`${degree}, ${school} (${from}–${to})`)),
  ];
}

function top(resume: Resume): Paragraph[] {
  return [
    new Paragraph({ text: resume.name, heading: HeadingLevel.TITLE }),
    new Paragraph({ children: [new TextRun({ text: resume.headline, italics: true })] }),
  ];
}

const contact = (resume: Resume): string[] => [
  resume.email,
  resume.phone,
  resume.place,
  ...(resume.link === undefined ? [] : [resume.link]),
];

function oneColumn(resume: Resume): Paragraph[] {
  const { headings } = resume;
  return [
    ...top(resume),
    text(contact(resume).join(' | ')),
    heading(headings.summary),
    text(resume.summary),
    ...experience(resume),
    ...education(resume),
    ...list(headings.skills, resume.skills, true),
    ...list(headings.licences, resume.licences),
    ...list(headings.certifications, resume.certifications),
    ...list(headings.languages, resume.languages, true),
  ];
}

/** Columns as people make them in a word processor: a table without borders. */
function twoColumns(resume: Resume): (Paragraph | Table)[] {
  const { headings } = resume;
  const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
  const borders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const cell = (percent: number, children: Paragraph[]) =>
    new TableCell({ width: { size: percent, type: WidthType.PERCENTAGE }, children });
  const side = [
    heading('Contact'),
    ...contact(resume).map(text),
    ...list(headings.skills, resume.skills),
    ...list(headings.licences, resume.licences),
    ...list(headings.certifications, resume.certifications),
    ...list(headings.languages, resume.languages),
  ];
  const main = [heading(headings.summary), text(resume.summary), ...experience(resume), ...education(resume)];
  return [
    ...top(resume),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders,
      rows: [new TableRow({ children: [cell(32, side), cell(68, main)] })],
    }),
  ];
}

export async function writeDocx(resume: Resume): Promise<Buffer> {
  const children = resume.layout === 'two-column' ? twoColumns(resume) : oneColumn(resume);
  const document = new Document({ title: `CV ${resume.name}`, creator: resume.name, sections: [{ children }] });
  return Packer.toBuffer(document);
}
