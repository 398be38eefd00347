import { UiProblem } from '@bazaar/sdk/ui';

interface ProblemBody {
  code: string;
  detail: string;
  reason?: string;
  errors?: { pointer: string; message: string }[];
  action?: { label: string; href: string };
}

function isProblemBody(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}

/** The problem of a refusal with this status and body; also of answers by something in between that is not ours. */
export function problemOf(status: number, text: string): UiProblem {
  try {
    const body: unknown = JSON.parse(text);
    if (isProblemBody(body)) return new UiProblem({ ...body, status });
  } catch {
    // Not JSON: a proxy's error page, perhaps.
  }
  const detail =
    status >= 500
      ? 'The server cannot answer at the moment. Try again in a little while.'
      : `The server refused the request (${status}).`;
  return new UiProblem({ status, code: status >= 500 ? 'unavailable' : 'unknown', detail });
}

export async function readProblem(response: Response): Promise<UiProblem> {
  return problemOf(response.status, await response.text());
}
