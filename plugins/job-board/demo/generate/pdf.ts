import PDFDocument from 'pdfkit';
import { type Resume, writePeriod } from './resume.ts';

type Pdf = InstanceType<typeof PDFDocument>;

const PAGE = { width: 595, height: 842, margin: 50 };
const INKS = ['#1f3a5f', '#3d3d3d', '#0f5c4a', '#6b2d3c'];

interface Column {
  x: number;
  width: number;
}

function ink(resume: Resume): string {
  return INKS[resume.name.length % INKS.length] ?? '#000000';
}

function heading(pdf: Pdf, text: string, { x, width }: Column, color: string, capitals: boolean): void {
  pdf.moveDown(0.9);
  pdf.font('Helvetica-Bold').fontSize(11.5).fillColor(color);
  pdf.text(capitals ? text.toUpperCase() : text, x, pdf.y, { width });
  pdf
    .moveTo(x, pdf.y + 1)
    .lineTo(x + width, pdf.y + 1)
    .lineWidth(0.6)
    .strokeColor(color)
    .stroke();
  pdf.moveDown(0.35).fillColor('#1a1a1a');
}

function lines(pdf: Pdf, texts: readonly string[], { x, width }: Column, bullet = ''): void {
  pdf.font('Helvetica').fontSize(9.5);
  for (const text of texts) pdf.text(`${bullet}${text}`, x, pdf.y, { width, lineGap: 1.5 });
}

function experience(pdf: Pdf, resume: Resume, column: Column): void {
  const { x, width } = column;
  for (const position of resume.experience) {
    pdf.font('Helvetica-Bold').fontSize(10).text(position.title, x, pdf.y, { width });
    pdf.font('Helvetica-Oblique').fontSize(9.5);
    pdf.text(`${position.company}, ${position.place}`, x, pdf.y, { width });
    pdf.font('Helvetica').fillColor('#555555').text(writePeriod(position, resume.dates), x, pdf.y, { width });
    pdf.fillColor('#1a1a1a').moveDown(0.15);
    lines(pdf, position.points, { x: x + 8, width: width - 8 }, '• ');
    pdf.moveDown(0.5);
  }
}

function education(pdf: Pdf, resume: Resume, { x, width }: Column): void {
  for (const { degree, school, from, to } of resume.education) {
    pdf.font('Helvetica-Bold').fontSize(9.5).text(degree, x, pdf.y, { width });
    pdf.font('Helvetica').text(`${school}, ${from} – ${to}`, x, pdf.y, { width });
  }
}

function name(pdf: Pdf, resume: Resume, { x, width }: Column): void {
  pdf.font('Helvetica-Bold').fontSize(21).fillColor(ink(resume)).text(resume.name, x, pdf.y, { width });
  pdf.font('Helvetica').fontSize(11).fillColor('#444444').text(resume.headline, x, pdf.y, { width });
  pdf.fillColor('#1a1a1a');
}

function contact(resume: Resume): string[] {
  return [resume.place, resume.phone, resume.email, ...(resume.link === undefined ? [] : [resume.link])];
}

function oneColumn(pdf: Pdf, resume: Resume): void {
  const column = { x: PAGE.margin, width: PAGE.width - 2 * PAGE.margin };
  const color = ink(resume);
  const { headings } = resume;
  const title = (text: string) => heading(pdf, text, column, color, false);
  name(pdf, resume, column);
  pdf.moveDown(0.3);
  lines(pdf, [contact(resume).join('  |  ')], column);
  title(headings.summary);
  lines(pdf, [resume.summary], column);
  title(headings.skills);
  lines(pdf, [resume.skills.join(', ')], column);
  title(headings.experience);
  experience(pdf, resume, column);
  title(headings.education);
  education(pdf, resume, column);
  if (resume.licences.length > 0) {
    title(headings.licences);
    lines(pdf, resume.licences, column);
  }
  if (resume.certifications.length > 0) {
    title(headings.certifications);
    lines(pdf, resume.certifications, column, '• ');
  }
  title(headings.languages);
  lines(pdf, [resume.languages.join(', ')], column);
}

/** A narrow column with facts beside a wide one with the story: what reads line by line across the page mixes both. */
function twoColumns(pdf: Pdf, resume: Resume): void {
  const side = { x: PAGE.margin, width: 150 };
  const main = { x: 230, width: PAGE.width - 230 - PAGE.margin };
  const color = ink(resume);
  const { headings } = resume;
  const sideTitle = (text: string) => heading(pdf, text, side, color, true);
  const mainTitle = (text: string) => heading(pdf, text, main, color, true);

  pdf.rect(0, 0, 215, PAGE.height).fill('#f1f3f5').fillColor('#1a1a1a');
  pdf.y = PAGE.margin;
  sideTitle('Contact');
  lines(pdf, contact(resume), side);
  sideTitle(headings.skills);
  lines(pdf, resume.skills, side, '– ');
  if (resume.certifications.length > 0) {
    sideTitle(headings.certifications);
    lines(pdf, resume.certifications, side);
  }
  if (resume.licences.length > 0) {
    sideTitle(headings.licences);
    lines(pdf, resume.licences, side);
  }
  sideTitle(headings.languages);
  lines(pdf, resume.languages, side);

  pdf.y = PAGE.margin;
  name(pdf, resume, main);
  mainTitle(headings.summary);
  lines(pdf, [resume.summary], main);
  mainTitle(headings.experience);
  experience(pdf, resume, main);
  mainTitle(headings.education);
  education(pdf, resume, main);
}

export async function writePdf(resume: Resume): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: PAGE.margin,
    info: { Title: `CV ${resume.name}`, Author: resume.name, CreationDate: new Date('2026-11-01T00:00:00Z') },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<void>((resolve) => pdf.on('end', resolve));
  if (resume.layout === 'two-column') twoColumns(pdf, resume);
  else oneColumn(pdf, resume);
  pdf.end();
  await finished;
  return Buffer.concat(chunks);
}
