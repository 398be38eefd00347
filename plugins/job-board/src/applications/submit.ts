import { invalidField, notFound, Problem } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { dayAfter, isOpenToPublic } from '../jobs/lifecycle.ts';
import { acknowledgementOf } from './applicant-texts.ts';
import { given, receiveApplication } from './intake.ts';

function refuseUnlikelyName(name: string): void {
  if (!/\p{L}/u.test(name)) throw invalidField('/name', 'Please enter your name.');
}

/** Only http(s): what a visitor enters is later shown to recruiters as a link. */
function webAddress(text: string | undefined, pointer: string): string | null {
  const address = given(text);
  if (address === null) return null;
  if (/^https?:\/\/[^\s/]+\.[^\s/]+(\/\S*)?$/i.test(address)) return address;
  throw invalidField(pointer, 'Enter a web address that starts with https://');
}

/** A visitor applies on the public page of an open job. */
export async function submitApplication(
  ctx: Ctx,
  input: Input<'applications.submit'>,
): Promise<Output<'applications.submit'>> {
  const [job] = await ctx.queries.publicJob({ slug: input.slug });
  if (!job?.isPublic || job.status === 'draft') throw notFound('Job');
  if (!isOpenToPublic(job, dayAfter(0, new Date()))) {
    throw new Problem('conflict', 'This job no longer takes applications.', { reason: 'job-closed' });
  }
  if (!input.consent) throw invalidField('/consent', 'We can only take your application with your consent.');
  refuseUnlikelyName(input.name);
  const { applicationId } = await receiveApplication(ctx, job.id, {
    name: input.name,
    email: input.email,
    phone: given(input.phone),
    headline: null,
    linkedinUrl: webAddress(input.linkedinUrl, '/linkedinUrl'),
    coverLetter: given(input.coverLetter),
    cv: input.cv,
    source: given(input.referralCode) === null ? 'website' : 'referral',
    referralCode: given(input.referralCode),
    consent: true,
  });
  return { applicationId, message: acknowledgementOf(await ctx.settings.get()) };
}
