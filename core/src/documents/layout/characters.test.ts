import { expect, test } from 'vitest';
import { cleanCharacters, isBullet, isRightToLeft, namesTime } from './characters.ts';
import { joinSpacedLetters } from './spaced-letters.ts';

test.each([
  ['e\uFB03cient \uFB01nance', 'efficient finance'],
  ['\uF0B7 Led a team', '• Led a team'],
  ['\uF0A7\u00A0item', '• item'],
  ['\uE0D1 phone', '  phone'],
  ['co\u00ADoperate co\u00AD', 'cooperate co-'],
  ['a\u200Bb\u202Ec\uFEFF', 'abc'],
  ['u\u0308ber x² ½ ™', 'über x² ½ ™'],
  ['\uFE8E\uFEDF', 'ال'],
  ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ['tab\tstays', 'tab\tstays'],
  ['half \uD83E pair', 'half \uFFFD pair'],
  ['English (\x1Duent), e\x0Ecient, \x1Cnance', 'English (fluent), efficient, finance'],
  ['a \x1D b \x0C', 'a  b '],
  ['Dr. J¨org M¨uller, Universit¨at Z¨urich', 'Dr. Jörg Müller, Universität Zürich'],
  ['Exp´erience `a Besan¸con, ´Elodie, Mu˜noz, Dvoˇr´ak', 'Expérience `a Besançon, Élodie, Muñoz, Dvořák'],
  ['l´art, qu´il, it´s, `quoted´, 5˚C', 'l´art, qu´il, it´s, `quoted´, 5˚C'],
])('%j is read as %j', (text, expected) => {
  expect(cleanCharacters(text)).toBe(expected);
});

test.each([
  ['2019 – 2022', true],
  ['Jan 2020 – Present', true],
  ['03/2015 – 12/2018', true],
  ['seit 03.2015', true],
  ['05/19 - 06/20', true],
  ["Summer '19", true],
  ['2.10', false],
  ['Python 3.12', false],
  ['+49 2019 12345', true],
  ['120190 units', false],
  ['London, UK', false],
  [`a long sentence that happens to speak of the year 2019 ${'and more '.repeat(3)}`, false],
])('%j names a time: %s', (text, expected) => {
  expect(namesTime(text)).toBe(expected);
});

test.each([
  ['•', true],
  ['1.', true],
  ['(a)', true],
  ['A', false],
  ['2019', false],
])('%j is a list mark: %s', (text, expected) => {
  expect(isBullet(text)).toBe(expected);
});

test('knows scripts written from the right', () => {
  expect(isRightToLeft('Java و شركة النور')).toBe(true);
  expect(isRightToLeft('Experience in Cairo و')).toBe(false);
  expect(isRightToLeft('2019')).toBe(false);
});

test.each([
  ['E X P E R I E N C E', 'EXPERIENCE'],
  ['W O R K  E X P E R I E N C E', 'WORK EXPERIENCE'],
  ['S K I L L S  &  T O O L S', 'SKILLS & TOOLS'],
  ['É T U D E S', 'ÉTUDES'],
  ['A B C', 'A B C'],
  ['C R Go', 'C R Go'],
  ['1 2 3 4 5', '1 2 3 4 5'],
  ['A, B, C, D', 'A, B, C, D'],
  ['J. D. S.', 'J. D. S.'],
])('%j is joined to %j', (text, expected) => {
  expect(joinSpacedLetters(text)).toBe(expected);
});
