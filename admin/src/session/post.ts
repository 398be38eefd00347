/** A request of the session's own, with its cookie; as somebody when there is a token. */
export function post(body: object, token: string | null = null): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  };
}
