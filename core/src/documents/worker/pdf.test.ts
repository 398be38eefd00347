import { expect, test } from 'vitest';
import { at, type Pdf, pages } from '../../../test/documents/drawn.ts';

async function lines(work: (pdf: Pdf) => void, options?: PDFKit.PDFDocumentOptions): Promise<string[]> {
  return (await pages(work, options)).flatMap((page) => page.lines.map((line) => line.text));
}

test('columns continue page by page and never mix', async () => {
  const text = await lines((pdf) => {
    for (const page of [1, 2]) {
      if (page === 2) pdf.addPage();
      for (let line = 1; line <= 30; line++) {
        pdf.text(`left ${page}.${line} of the text in this column`, 50, 60 + line * 15, at);
        pdf.text(`right ${page}.${line} of the text in that column`, 310, 60 + line * 15, at);
      }
    }
  });
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1);
  expect(text.map((line) => line.split(' of ')[0])).toEqual(
    [1, 2].flatMap((page) => ['left', 'right'].flatMap((side) => numbers.map((line) => `${side} ${page}.${line}`))),
  );
});

test('a header over two columns over a footer', async () => {
  const text = await lines((pdf) => {
    pdf.fontSize(24).text('Jane Doe', 50, 40, { align: 'center' }).fontSize(11);
    pdf.text('A nurse with ten years of experience in emergency wards and in the training of students.', 50, 80);
    const block = (x: number, name: string) => {
      pdf.font('Helvetica-Bold').text(`${name} heading`, x, 130, at).font('Helvetica');
      for (let line = 1; line < 6; line++) pdf.text(`${name} ${line}, enough words for a line`, x, 130 + line * 14, at);
    };
    block(50, 'A');
    block(320, 'B');
    pdf.text('References are sent on request to whoever asks for them in writing and with good reason.', 50, 260);
  });
  expect(text.map((line) => line.split(',')[0])).toEqual([
    'Jane Doe',
    'A nurse with ten years of experience in emergency wards and in the training of students.',
    'A heading',
    ...[1, 2, 3, 4, 5].map((line) => `A ${line}`),
    'B heading',
    ...[1, 2, 3, 4, 5].map((line) => `B ${line}`),
    'References are sent on request to whoever asks for them in writing and with good reason.',
  ]);
});

test('three columns', async () => {
  const text = await lines((pdf) => {
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      for (let line = 0; line < 8; line++)
        pdf.text(`${name} has a few more words ${line}`, 50 + index * 170, 60 + line * 15, at);
    }
  });
  expect(text.map((line) => line.split(' ')[0])).toEqual(
    ['one', 'two', 'three'].flatMap((name) => Array<string>(8).fill(name)),
  );
});

test('dates and places at the right margin stay in the line of their title', async () => {
  const entry = (pdf: Pdf, y: number, title: string, date: string) => {
    pdf.font('Helvetica-Bold').text(title, 50, y, at).font('Helvetica');
    pdf.text(date, 300, y, { width: 245, align: 'right' });
    pdf.text('St Mary', 50, y + 15, at).text('London', 300, y + 15, { width: 245, align: 'right' });
    pdf.text('• Led a team', 60, y + 30, at);
  };
  const text = await lines((pdf) => {
    entry(pdf, 60, 'Senior Nurse', '2019 – 2022');
    entry(pdf, 120, 'Nurse', 'Jan 2015 – Dec 2018');
  });
  expect(text).toEqual([
    'Senior Nurse\t2019 – 2022',
    'St Mary\tLondon',
    '• Led a team',
    'Nurse\tJan 2015 – Dec 2018',
    'St Mary\tLondon',
    '• Led a team',
  ]);
});

test('dot leaders are a gap', async () => {
  expect(await lines((pdf) => pdf.text('Senior Nurse ............................ 2019 – 2022', 50, 60))).toEqual([
    'Senior Nurse\t2019 – 2022',
  ]);
});

test('labels stay with their values', async () => {
  const rows = [
    ['Name:', 'Jane Doe'],
    ['Born:', '4 May 1990 in Leeds'],
    ['Languages:', 'English, German, some French'],
  ] as const;
  const text = await lines((pdf) => {
    for (const [index, [label, value]] of rows.entries()) {
      pdf.text(label, 50, 60 + index * 16, at).text(value, 160, 60 + index * 16, at);
    }
  });
  expect(text).toEqual(rows.map((row) => row.join('\t')));
});

test('headings hanging in the margin are lines of their own', async () => {
  const text = await lines((pdf) => {
    pdf.text('EXPERIENCE', 50, 60, at).text('Head chef at the Hotel Astoria in Vienna, leading a kitchen', 180, 60, at);
    pdf.text('of fourteen people and two apprentices', 180, 75, at);
    pdf.text('EDUCATION', 50, 105, at).text('Apprenticeship at the Hotel Sacher, with a prize', 180, 105, at);
    pdf.text('and a year abroad', 180, 120, at);
  });
  expect(text).toEqual([
    'EXPERIENCE',
    'Head chef at the Hotel Astoria in Vienna, leading a kitchen',
    'of fourteen people and two apprentices',
    'EDUCATION',
    'Apprenticeship at the Hotel Sacher, with a prize',
    'and a year abroad',
  ]);
});

test.each([
  ['wide character spacing', (pdf: Pdf) => pdf.text('WORK EXPERIENCE', 50, 60, { characterSpacing: 6 })],
  ['spaces typed between letters', (pdf: Pdf) => pdf.text('W O R K   E X P E R I E N C E', 50, 60)],
])('a heading set apart by %s is joined', async (_name, work) => {
  expect(await lines((pdf) => work(pdf.font('Helvetica-Bold')))).toEqual(['WORK EXPERIENCE']);
});

test('single letters that are no heading stay apart', async () => {
  expect(await lines((pdf) => pdf.text('C, R, Go and grades A B', 50, 60))).toEqual(['C, R, Go and grades A B']);
});

test('raised and lowered characters stay in their place', async () => {
  const text = await lines((pdf) => {
    pdf.text('since May 5', 50, 60, at).fontSize(7).text('th', 109, 58, at);
    pdf.fontSize(11).text(', 2020', 115, 60, at);
    pdf.text('H', 50, 90, at).fontSize(7).text('2', 58, 95, at).fontSize(11).text('O', 62, 90, at);
  });
  expect(text).toEqual(['since May 5th, 2020', 'H2O']);
});

test('knows bold type by the font, and by text set twice', async () => {
  const [page] = await pages((pdf) => {
    pdf.font('Helvetica-Bold').text('Bold title', 50, 60, at).font('Helvetica').text('2020', 400, 60, at);
    pdf.text('Plain', 50, 90, at);
    pdf.text('Twice', 50, 120, at).text('Twice', 50.4, 120, at);
  });
  expect(page?.lines.map(({ text, bold }) => [text, bold])).toEqual([
    ['Bold title\t2020', true],
    ['Plain', false],
    ['Twice', true],
  ]);
});

test('a bullet belongs to its text, however far away', async () => {
  const text = await lines((pdf) => {
    pdf.text('•', 50, 60, at).text('Led a team', 80, 60, at);
    pdf.text('1.', 50, 80, at).text('Second', 80, 80, at);
  });
  expect(text).toEqual(['• Led a team', '1. Second']);
});

test('turned text follows the rest; a page turned by its reader reads straight', async () => {
  const margin = await lines((pdf) => {
    pdf
      .save()
      .rotate(-90, { origin: [30, 300] })
      .text('margin note', 30, 300, at)
      .restore();
    pdf.text('First', 50, 60, at).text('Second', 50, 600, at);
  });
  expect(margin).toEqual(['First', 'Second', 'margin note']);

  const landscape = await lines((pdf) => {
    pdf.rotate(90, { origin: [0, 0] });
    for (let line = 0; line < 3; line++) pdf.text(`Line ${line}`, 100, -500 + line * 20, at);
  });
  expect(landscape).toEqual(['Line 0', 'Line 1', 'Line 2']);
});

test('text outside the page or too small to be read is not there', async () => {
  const text = await lines((pdf) => {
    pdf.text('seen', 50, 60, at).text('outside', 50, 2000, at).text('far left', -300, 60, at);
    pdf.fontSize(0.5).text('hidden key words', 50, 100, at);
  });
  expect(text).toEqual(['seen']);
});

test('tells where lines stand, in points from the top left corner, and which belong together', async () => {
  const [page] = await pages((pdf) => {
    pdf.text('First line', 50, 60, at).text('second line', 50, 74, at).text('New paragraph', 50, 120, at);
  });
  expect(page).toMatchObject({ width: 595.28, height: 841.89 });
  expect(page?.lines.map(({ block }) => block)).toEqual([0, 0, 1]);
  const [first] = page?.lines ?? [];
  expect(first?.x).toBeCloseTo(50, 0);
  expect(first?.y).toBeGreaterThan(55);
  expect(first?.y).toBeLessThan(65);
  expect(first?.width).toBeCloseTo(41.6, 0);
});

test('form fields hold text too', async () => {
  const text = await lines((pdf) => {
    pdf.initForm();
    pdf.text('Name:', 50, 60, at);
    pdf.formText('name', 100, 55, 200, 20, { value: 'Jane Doe' });
  });
  expect(text).toEqual(['Name:\tJane Doe']);
});

test.each([
  ['with a password', { userPassword: 'secret' }, 'document-encrypted'],
  ['with an owner password only', { ownerPassword: 'secret' }, null],
])('an encrypted document %s', async (_name, options, failure) => {
  const reading = lines((pdf) => pdf.text('Jane Doe', 50, 60), options);
  if (failure) await expect(reading).rejects.toMatchObject({ reason: failure });
  else expect(await reading).toEqual(['Jane Doe']);
});

test('more pages than anybody reads', async () => {
  const many = pages((pdf) => {
    for (let page = 0; page < 300; page++) pdf.addPage();
  });
  await expect(many).rejects.toMatchObject({ reason: 'document-too-complex' });
});
