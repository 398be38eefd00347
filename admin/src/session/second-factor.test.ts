import { expect, it } from 'vitest';
import { challengeIn } from './second-factor.ts';

it('finds the challenge in a refusal', () => {
  const challenge = { token: 't', methods: ['totp'], enrolment: false };
  const body = { code: 'second-factor-required', detail: 'Confirm.', challenge };
  expect(challengeIn(JSON.stringify(body))).toMatchObject({ message: 'Confirm.', challenge });
});

it.each(['', 'null', '<html>', '{}', '{"challenge":7}', '{"challenge":{"token":1,"methods":[],"enrolment":true}}'])(
  'finds none in %j',
  (text) => {
    expect(challengeIn(text)).toBeNull();
  },
);
