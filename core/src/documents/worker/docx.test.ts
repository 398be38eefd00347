import { deflateRawSync } from 'node:zlib';
import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { expect, test } from 'vitest';
import { readDocx } from './docx.ts';
import { storedZip } from './stored-zip.ts';

const paragraph = (text: string, options: object = {}) => new Paragraph({ text, ...options });
const cell = (...texts: string[]) => new TableCell({ children: texts.map((text) => paragraph(text)) });
const row = (...cells: TableCell[]) => new TableRow({ children: cells });

async function read(children: ISectionOptions['children'], section: Partial<ISectionOptions> = {}) {
  const document = new Document({
    numbering: {
      config: [{ reference: 'steps', levels: [{ level: 0, format: 'decimal', text: '%1.' }] }],
    },
    sections: [{ ...section, children }],
  });
  const [page] = await readDocx(await Packer.toBuffer(document));
  return page?.lines ?? [];
}

async function texts(children: ISectionOptions['children'], section?: Partial<ISectionOptions>) {
  return (await read(children, section)).map((line) => line.text);
}

test('paragraphs, tabs, line breaks and lists as they look', async () => {
  const lines = await texts([
    new Paragraph({ children: [new TextRun('Senior Nurse'), new TextRun({ children: [new Tab(), '2019 – 2022'] })] }),
    new Paragraph({ children: [new TextRun('one'), new TextRun({ text: 'two', break: 1 })] }),
    paragraph('Led a team', { bullet: { level: 0 } }),
    paragraph('\uFB01nance', { bullet: { level: 0 } }),
    paragraph('first', { numbering: { reference: 'steps', level: 0 } }),
    paragraph('second', { numbering: { reference: 'steps', level: 0 } }),
    new Paragraph({ children: [new TextRun({ text: 'Profile', allCaps: true })] }),
    paragraph('E X P E R I E N C E'),
    paragraph('+49 30 5550123     jo@doe.example'),
    paragraph('   '),
  ]);
  expect(lines).toEqual([
    'Senior Nurse\t2019 – 2022',
    'one',
    'two',
    '• Led a team',
    '• finance',
    '1. first',
    '2. second',
    'PROFILE',
    'EXPERIENCE',
    '+49 30 5550123\tjo@doe.example',
  ]);
});

test('headings and bold text are bold; blocks end at headings, lists and empty paragraphs', async () => {
  const lines = await read([
    paragraph('Education', { heading: HeadingLevel.HEADING_1 }),
    new Paragraph({
      children: [new TextRun({ text: 'BSc', bold: true }), new TextRun({ children: [new Tab(), '2014 to 2018'] })],
    }),
    paragraph('Leeds'),
    paragraph(''),
    paragraph('MSc'),
    paragraph('item', { bullet: { level: 0 } }),
  ]);
  expect(lines.map(({ text, bold, block }) => [text, bold, block])).toEqual([
    ['Education', true, 0],
    ['BSc\t2014 to 2018', true, 1],
    ['Leeds', false, 1],
    ['MSc', false, 2],
    ['• item', false, 3],
  ]);
});

test('tables row by row; dates and labels with what they stand beside', async () => {
  const lines = await texts([
    new Table({ rows: [row(cell('Language'), cell('Level')), row(cell('English'), cell('C2'))] }),
    new Table({ rows: [row(cell('2010–2014'), cell('BSc Nursing', 'Leeds')), row(cell('2014–2016'), cell('MSc'))] }),
  ]);
  expect(lines).toEqual(['Language\tLevel', 'English\tC2', '2010–2014\tBSc Nursing', 'Leeds', '2014–2016\tMSc']);
});

test('a table that lays out columns is read cell by cell', async () => {
  const inner = new Table({ rows: [row(cell('a'), cell('b'))] });
  const lines = await texts([
    new Table({
      rows: [
        row(
          cell('SKILLS', 'Java', 'Python'),
          new TableCell({ children: [paragraph('EXPERIENCE'), paragraph('Nurse, 2010'), inner, paragraph('')] }),
        ),
      ],
    }),
  ]);
  expect(lines).toEqual(['SKILLS', 'Java', 'Python', 'EXPERIENCE', 'Nurse, 2010', 'a\tb']);
});

test('headers come first, footers last, each once', async () => {
  const header = () => new Header({ children: [paragraph('Jane Doe, jane@example.org')] });
  const lines = await texts([paragraph('Body')], {
    headers: { default: header(), first: header() },
    footers: { default: new Footer({ children: [paragraph('Page')] }) },
  });
  expect(lines).toEqual(['Jane Doe, jane@example.org', 'Body', 'Page']);
});

const NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

function archive(parts: Record<string, string>): Buffer {
  return storedZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

function wordFile(body: string, before = ''): Buffer {
  return archive({
    '[Content_Types].xml': TYPES,
    'word/document.xml': `<?xml version="1.0"?>${before}<w:document ${NAMESPACE}><w:body>${body}</w:body></w:document>`,
  });
}

const P = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

test('text boxes follow the paragraph they are anchored in', async () => {
  const box = `<w:p><w:r><w:t>Anchor</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"/><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>${P('In the box')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
  const [page] = await readDocx(wordFile(`${box}${P('After')}`));
  expect(page?.lines.map(({ text }) => text).sort()).toEqual(['After', 'Anchor', 'In the box']);
});

test('tracked changes: what was inserted stays, what was deleted goes', async () => {
  const body = `<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>`;
  const [page] = await readDocx(wordFile(body));
  expect(page?.lines.map(({ text }) => text)).toEqual(['new']);
});

const DRAWING = (text: string) =>
  `<w:drawing><wps:txbx xmlns:wps="urn:x"><w:txbxContent>${P(text)}</w:txbxContent></wps:txbx></w:drawing>`;
const EITHER = (choice: string, fallback: string) =>
  `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">${choice}</mc:Choice>${fallback}</mc:AlternateContent>`;

test.each<[string, string, string[]]>([
  ['a text box of the newer kind', `<w:r>${DRAWING('Boxed')}</w:r>`, ['Boxed']],
  ['one without a fallback', `<w:r>${EITHER(DRAWING('Boxed'), '')}</w:r>`, ['Boxed']],
  [
    'one whose fallback is a picture',
    `<w:r>${EITHER(DRAWING('Boxed'), '<mc:Fallback><w:pict/></mc:Fallback>')}</w:r>`,
    ['Boxed'],
  ],
  [
    'one with a fallback, read once',
    `<w:r>${EITHER(DRAWING('Boxed'), `<mc:Fallback><w:pict><w:txbxContent>${P('Boxed')}</w:txbxContent></w:pict></mc:Fallback>`)}</w:r>`,
    ['Boxed'],
  ],
  [
    'a simple field',
    '<w:fldSimple w:instr="HYPERLINK &quot;mailto:a@b.example&quot;"><w:r><w:t>a@b.example</w:t></w:r></w:fldSimple>',
    ['a@b.example'],
  ],
  [
    'hidden text, which is not read',
    '<w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>COBOL</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Java</w:t></w:r>',
    ['Java'],
  ],
])('%s', async (_name, runs, expected) => {
  const [page] = await readDocx(wordFile(`<w:p>${runs}</w:p>`));
  expect(page?.lines.map(({ text }) => text)).toEqual(expected);
});

const SET = (properties: string, text: string) =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;

test.each([
  ['set as hidden', '<w:vanish/>', '', ['COBOL, Rust']],
  ['white on paper', '<w:color w:val="FFFFFF"/>', '', ['COBOL, Rust']],
  ['tiny', '<w:b/><w:sz w:val="2"/>', '', ['COBOL, Rust']],
  [
    'white in a shaded paragraph',
    '<w:color w:val="FFFFFF"/>',
    '<w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr>',
    null,
  ],
  ['white on its own shading', '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>', '', null],
  ['small but legible', '<w:sz w:val="12"/>', '', null],
])('text %s', async (_how, properties, paragraph, hidden) => {
  const body = `<w:p>${paragraph}<w:r><w:t xml:space="preserve">Java </w:t></w:r>${SET(properties, 'COBOL, Rust')}</w:p>`;
  const [page] = await readDocx(wordFile(body));
  expect(page?.lines.map(({ text }) => text)).toEqual([hidden ? 'Java' : 'Java COBOL, Rust']);
  expect(page?.hidden ?? null).toEqual(hidden);
});

/** A ZIP entry whose header may lie about its size. */
function deflated(name: string, content: Buffer, claimed = content.length): Buffer {
  const data = deflateRawSync(content);
  const zip = storedZip(new Map([[name, data]]));
  const central = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
  for (const [at, method, size] of [
    [0, 8, 22],
    [central, 10, 24],
  ] as const) {
    zip.writeUInt16LE(8, at + method);
    zip.writeUInt32LE(claimed, at + size);
  }
  return zip;
}

test.each<[string, () => Buffer, string]>([
  [
    'entities that multiply',
    () => wordFile(P('&b;'), '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
    'document-broken',
  ],
  ['XML that ends early', () => wordFile('<w:p><w:r>'), 'document-broken'],
  ['no main part', () => archive({ '[Content_Types].xml': TYPES }), 'document-broken'],
  ['another kind of archive', () => archive({ 'readme.txt': 'hello' }), 'document-type-unsupported'],
  ['half an archive', () => wordFile(P('x')).subarray(0, 200), 'document-broken'],
  ['a bomb', () => deflated('word/document.xml', Buffer.alloc(50_000_000)), 'document-too-complex'],
  [
    'a bomb that claims to be small',
    () => deflated('word/document.xml', Buffer.alloc(50_000_000), 100),
    'document-too-complex',
  ],
  [
    'an entry that claims to be huge',
    () => deflated('word/a.bin', Buffer.from('x'), 4_000_000_000),
    'document-too-complex',
  ],
  [
    'thousands of entries',
    () => archive(Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`${i}`, '']))),
    'document-too-complex',
  ],
])('%s: %s', async (_name, make, reason) => {
  await expect(readDocx(make())).rejects.toMatchObject({ reason });
});

test('an encrypted entry is told as such', async () => {
  const zip = deflated('[Content_Types].xml', Buffer.from(TYPES));
  const central = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
  zip.writeUInt16LE(0x0801, central + 8);
  await expect(readDocx(zip)).rejects.toMatchObject({ reason: 'document-encrypted' });
});

test('hyperlinks are told with their line, in headers by the list of the header', async () => {
  const link = (text: string) => `<w:p><w:hyperlink r:id="r1"><w:r><w:t>${text}</w:t></w:r></w:hyperlink></w:p>`;
  const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  const O = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const list = (...rows: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join('')}</Relationships>`;
  const to = (id: string, target: string) =>
    `<Relationship Id="${id}" Type="${O}/hyperlink" Target="${target}" TargetMode="External"/>`;
  const [page] = await readDocx(
    archive({
      '[Content_Types].xml': TYPES,
      'word/document.xml': `<w:document ${NAMESPACE} ${R}><w:body>${link('GitHub')}</w:body></w:document>`,
      'word/_rels/document.xml.rels': list(
        to('r1', 'https://github.com/jane'),
        `<Relationship Id="h1" Type="${O}/header" Target="header1.xml"/>`,
      ),
      'word/header1.xml': `<w:hdr ${NAMESPACE} ${R}>${link('Write to me')}</w:hdr>`,
      'word/_rels/header1.xml.rels': list(to('r1', 'mailto:jane@doe.example')),
    }),
  );
  expect(page?.lines.map(({ text, links }) => [text, links])).toEqual([
    ['Write to me', ['mailto:jane@doe.example']],
    ['GitHub', ['https://github.com/jane']],
  ]);
});
