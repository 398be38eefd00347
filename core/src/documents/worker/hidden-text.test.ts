import { expect, test } from 'vitest';
import { at, type Pdf, pages } from '../../../test/documents/drawn.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8//8/AwMDEwMDAwMDAwAkBgMBmjCi+wAAAABJRU5ErkJggg==',
  'base64',
);

test.each<[string, (pdf: Pdf) => void]>([
  ['in the colour of the paper', (pdf) => pdf.fillColor('white').text('COBOL, Rust', 50, 100, at)],
  ['nearly so', (pdf) => pdf.fillColor('#fafafa').text('COBOL, Rust', 50, 100, at)],
  [
    'in the colour of the box it stands on',
    (pdf) => pdf.rect(40, 90, 300, 40).fill('#112233').fillColor('#112233').text('COBOL, Rust', 50, 100, at),
  ],
  ['too small to be read', (pdf) => pdf.fontSize(1.2).text('COBOL, Rust', 50, 100, at)],
  ['transparent', (pdf) => pdf.fillOpacity(0.01).text('COBOL, Rust', 50, 100, at)],
  ['beside the page', (pdf) => pdf.text('COBOL, Rust', -300, 100, at)],
  ['cut away', (pdf) => pdf.save().rect(0, 0, 10, 10).clip().text('COBOL, Rust', 50, 100, at).restore()],
  [
    'drawn without ink',
    (pdf) => {
      pdf.addContent('3 Tr');
      pdf.text('COBOL, Rust', 50, 100, at);
    },
  ],
  [
    'in a turned and scaled frame',
    (pdf) => pdf.save().scale(2).fillColor('white').text('COBOL, Rust', 25, 50, at).restore(),
  ],
])('text %s is told apart', async (_how, hide) => {
  const [page] = await pages((pdf) => {
    pdf.text('Jane Doe, carpenter', 50, 60, at);
    hide(pdf);
  });
  expect(page?.lines.map(({ text }) => text)).toEqual(['Jane Doe, carpenter']);
  expect(page?.hidden?.join(' ')).toBe('COBOL, Rust');
});

test.each<[string, (pdf: Pdf) => void]>([
  [
    'light on a dark box',
    (pdf) => pdf.rect(40, 90, 300, 40).fill('#112233').fillColor('white').text('Seen', 50, 100, at),
  ],
  [
    'on a dark circle within a light frame of the whole page',
    (pdf) => {
      pdf.rect(0, 0, 595, 842).rect(10, 10, 575, 822).fill('white', 'even-odd');
      pdf.circle(70, 104, 60).fill('#333333').fillColor('white').text('Seen', 50, 100, at);
    },
  ],
  [
    'black within a black frame',
    (pdf) => pdf.rect(0, 0, 595, 842).rect(10, 10, 575, 822).fill('black', 'even-odd').text('Seen', 50, 100, at),
  ],
  [
    'white on a picture',
    (pdf) => pdf.image(PIXEL, 40, 90, { width: 200, height: 60 }).fillColor('white').text('Seen', 50, 100, at),
  ],
  [
    'white on a shading',
    (pdf) => {
      const shade = pdf.linearGradient(40, 90, 340, 90).stop(0, 'black').stop(1, 'navy');
      pdf.rect(40, 90, 300, 40).fill(shade).fillColor('white').text('Seen', 50, 100, at);
    },
  ],
  [
    'with a shadow of its own',
    (pdf) => pdf.fillColor('white').text('Seen', 50, 101, at).fillColor('black').text('Seen', 50, 100, at),
  ],
  [
    'recognised in a scan',
    (pdf) => {
      pdf.image(PIXEL, 0, 0, { width: 595, height: 842 });
      pdf.addContent('3 Tr');
      pdf.text('Seen', 50, 100, at);
    },
  ],
])('text %s is read', async (_how, show) => {
  const [page] = await pages((pdf) => {
    pdf.text('Jane Doe, carpenter', 50, 60, at);
    show(pdf);
  });
  expect(page?.lines.map(({ text }) => text).join(' ')).toMatch(/^Jane Doe, carpenter Seen/);
  expect(page?.hidden).toBeUndefined();
});

test('what is hidden behind a word on its own line is taken out of it', async () => {
  const [page] = await pages((pdf) => {
    pdf
      .text('Skills: Java,', 50, 60, at)
      .fillColor('white')
      .text('COBOL', 50 + pdf.widthOfString('Skills: Java, '), 60, at);
  });
  expect(page?.lines.map(({ text }) => text)).toEqual(['Skills: Java,']);
  expect(page?.hidden).toEqual(['COBOL']);
});

test('hyperlinks are told with the line they stand on, those of icons with the nearest', async () => {
  const [page] = await pages((pdf) => {
    pdf.text('Jane Doe', 50, 60, at);
    pdf.text('E-mail', 50, 90, { ...at, link: 'mailto:jane@doe.example' });
    pdf.circle(60, 130, 6).fill('navy').link(54, 124, 12, 12, 'https://linkedin.com/in/jane');
    pdf.fillColor('black').text('Berlin', 80, 126, at);
    pdf.text('Notes', 50, 160, { ...at, link: 'file:///etc/passwd' });
  });
  expect(page?.lines.map(({ text, links }) => [text, links])).toEqual([
    ['Jane Doe', undefined],
    ['E-mail', ['mailto:jane@doe.example']],
    ['Berlin', ['https://linkedin.com/in/jane']],
    ['Notes', undefined],
  ]);
});
