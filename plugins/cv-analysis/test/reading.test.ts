import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let platform: Platform;
let http: ApiClient;
let analysis: PluginClient<Contract>;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [`${import.meta.dirname}/..`] });
  http = await platform.as('recruiter');
  analysis = http.plugin('cv-analysis');
});
afterAll(() => platform?.stop());

function pdf(draw: (page: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const page = new PDFDocument({ size: 'A4', margin: 40, ...options });
    const chunks: Buffer[] = [];
    page.on('data', (chunk: Buffer) => chunks.push(chunk));
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
    draw(page);
    page.end();
  });
}

/** Lines one below the other; `!` sets a line in bold. */
function column(page: PDFKit.PDFDocument, x: number, y: number, lines: readonly string[]): void {
  lines.forEach((line, index) => {
    const bold = line.startsWith('!');
    page.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(10);
    page.text(bold ? line.slice(1) : line, x, y + index * 15, { lineBreak: false });
  });
}

async function read(bytes: Uint8Array<ArrayBuffer>, name: string, type: string) {
  const { id } = await analysis.call('documents.upload', { cv: new File([bytes], name, { type }) });
  await expect
    .poll(async () => (await analysis.call('documents.get', { id })).document.status, {
      timeout: 25_000,
      interval: 150,
    })
    .not.toBe('queued');
  return (await analysis.call('documents.get', { id })).document;
}

const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

describe('a PDF with a sidebar', () => {
  it('is read column by column', async () => {
    const file = await pdf((page) => {
      page.font('Helvetica-Bold').fontSize(24).text('Noor de Vries', 230, 40, { lineBreak: false });
      column(page, 40, 60, [
        '!CONTACT',
        'noor.devries@example.com',
        '+31 20 555 0134',
        'Utrecht, Netherlands',
        '',
        '!SKILLS',
        'Go',
        'Kubernetes',
        'PostgreSQL',
        'C#',
      ]);
      column(page, 230, 80, [
        'Platform Engineer',
        '',
        '!EXPERIENCE',
        '!Platform Engineer',
        'Windmill Data B.V., Utrecht',
        '03/2021 - Present',
        'Moved forty services to Kubernetes with Terraform.',
        '!Developer',
        'Tulip Software B.V., Delft',
        '01/2018 - 02/2021',
        'Wrote C# and SQL; excel at debugging.',
        '',
        '!EDUCATION',
        'BSc Computer Science, University of Twente, 2017',
      ]);
    });
    const { status, data, candidateName } = await read(bytesOf(file), 'noor.pdf', 'application/pdf');
    expect(status).toBe('parsed');
    expect(candidateName).toBe('Noor de Vries');
    expect(data?.contact).toMatchObject({
      emails: ['noor.devries@example.com'],
      phones: ['+31 20 555 0134'],
      city: 'Utrecht',
    });
    expect(data?.skills).toEqual(expect.arrayContaining(['Go', 'Kubernetes', 'PostgreSQL', 'C#', 'Terraform', 'SQL']));
    expect(data?.skills).not.toContain('Microsoft Excel');
    expect(data?.experience.map(({ title, company }) => `${title} @ ${company}`)).toEqual([
      'Platform Engineer @ Windmill Data B.V.',
      'Developer @ Tulip Software B.V.',
    ]);
    expect(data?.highestEducation).toBe('bachelor');
  });
});

describe('a DOCX with a table', () => {
  it('is read row by row', async () => {
    const row = (...cells: string[][]): TableRow =>
      new TableRow({
        children: cells.map((lines) => new TableCell({ children: lines.map((line) => new Paragraph(line)) })),
      });
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph('Petra Lindqvist'),
            new Paragraph('petra.lindqvist@example.com | 0711 555 0123'),
            new Paragraph('Berufserfahrung'),
            new Table({
              rows: [
                row(
                  ['seit 04/2019'],
                  ['Altenpflegerin', 'Seniorenzentrum Neckarblick, Stuttgart', 'Wundversorgung, Medikamentengabe'],
                ),
                row(['10/2014 - 03/2019'], ['Pflegehelferin', 'Klinikum Nord, Heilbronn']),
              ],
            }),
            new Paragraph('Sprachen'),
            new Paragraph('Deutsch (Muttersprache), Englisch (B2)'),
          ],
        },
      ],
    });
    const { status, data } = await read(bytesOf(await Packer.toBuffer(document)), 'petra.docx', DOCX);
    expect(status).toBe('parsed');
    expect(data?.contact.name).toBe('Petra Lindqvist');
    expect(data?.experience.map(({ title, company, isCurrent }) => [title, company, isCurrent])).toEqual([
      ['Altenpflegerin', 'Seniorenzentrum Neckarblick', true],
      ['Pflegehelferin', 'Klinikum Nord', false],
    ]);
    expect(data?.skills).toEqual(expect.arrayContaining(['Wound care', 'Medication administration']));
    expect(data?.languages.map(({ language, level }) => `${language} ${level}`)).toEqual([
      'German native',
      'English B2',
    ]);
  });
});

describe('what cannot be read', () => {
  const text = (page: PDFKit.PDFDocument): void => {
    page.text('Jo Doe, engineer with a long and readable story');
  };

  it.each<[string, () => Promise<Buffer>, string]>([
    [
      'a scan without text',
      () => pdf((page) => void page.rect(50, 50, 300, 300).fill('#888')),
      'document-without-text',
    ],
    ['an encrypted file', () => pdf(text, { userPassword: 'secret', pdfVersion: '1.7' }), 'document-encrypted'],
    [
      'a broken file',
      async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), (await pdf(text)).subarray(200, 500)]),
      'document-broken',
    ],
  ])('%s fails with its reason and leaves a task', async (_name, make, reason) => {
    const document = await read(bytesOf(await make()), `${reason}.pdf`, 'application/pdf');
    expect(document).toMatchObject({ status: 'failed', failureReason: reason });
    expect(document.failureMessage?.length).toBeGreaterThan(20);
    const { items } = await http.json<{ items: { kind: string; link: string | null }[] }>('GET', '/api/tasks');
    expect(items.some((task) => task.kind === 'PARSE_FAILURE' && task.link?.includes(document.id))).toBe(true);
  });

  it('an executable by the name of a CV is refused', async () => {
    const cv = new File([new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0])], 'cv.pdf', {
      type: 'application/pdf',
    });
    await expect(analysis.call('documents.upload', { cv })).rejects.toMatchObject({ status: 415 });
  });
});
