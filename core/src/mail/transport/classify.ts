import type { DeliveryOutcome } from './types.ts';

const LONGEST_DETAIL = 500;

interface SmtpFailure {
  code?: string;
  responseCode?: number;
  response?: string;
  message: string;
}

function detailOf({ response, message }: SmtpFailure): string {
  return (response ?? message).replaceAll(/\p{Cc}+/gu, ' ').slice(0, LONGEST_DETAIL);
}

/**
 * What a failed delivery means. Only an answer about this e-mail's sender, receiver or content can refuse it for good;
 * problems with the connection or with our account are not the fault of the e-mail.
 */
export function classifyFailure(error: unknown): DeliveryOutcome {
  const failure: SmtpFailure = error instanceof Error ? error : { message: String(error) };
  const { code, responseCode = 0 } = failure;
  const detail = detailOf(failure);
  // 421: the server is about to go away, whatever it was asked.
  const aboutLetter = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== 421;
  if (!aboutLetter) return { outcome: 'unreachable', detail };
  // 530 to 538 speak of authentication and encryption, also when they come in answer to an e-mail.
  if (responseCode >= 530 && responseCode < 540) return { outcome: 'unreachable', detail };
  return { outcome: responseCode >= 400 && responseCode < 500 ? 'deferred' : 'refused', detail };
}
