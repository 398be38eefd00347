import { expect, test } from 'vitest';
import { classifyFailure } from './classify.ts';

const failure = (code: string, responseCode?: number, response?: string) =>
  Object.assign(new Error(`it said ${code}`), { code, responseCode, response });

test.each([
  ['greylisting', failure('EENVELOPE', 450, '450 4.2.0 try later'), 'deferred'],
  ['a full mailbox', failure('EMESSAGE', 452, '452 full'), 'deferred'],
  ['an unknown receiver', failure('EENVELOPE', 550, '550 no such user'), 'refused'],
  ['content that is refused', failure('EMESSAGE', 554, '554 spam'), 'refused'],
  ['a server that goes away', failure('EENVELOPE', 421, '421 bye'), 'unreachable'],
  ['an account that is wrong', failure('EAUTH', 535, '535 no'), 'unreachable'],
  ['authentication that is wanted', failure('EENVELOPE', 530, '530 sign in first'), 'unreachable'],
  ['no connection', failure('ESOCKET'), 'unreachable'],
  ['no name', failure('EDNS'), 'unreachable'],
  ['no encryption', failure('ETLS'), 'unreachable'],
  ['our own deadline', failure('EABORT'), 'unreachable'],
  ['something else', 'what?', 'unreachable'],
])('%s', (_case, error, outcome) => {
  expect(classifyFailure(error).outcome).toBe(outcome);
});

test('the detail is one short line', () => {
  expect(classifyFailure(failure('EENVELOPE', 550, `550-one\r\n550 ${'x'.repeat(600)}`)).detail).toMatch(
    /^550-one 550 x{488}$/,
  );
});
