/** A refusal as the backend words it; codes and their meaning are NemoVideo's. */
export class Problem extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const problems = {
  noClientId: () => new Problem(400, 400, 'X-Client-Id header is required'),
  tooMany: () => new Problem(429, 429, 'rate limit exceeded'),
  badToken: () => new Problem(401, 1001, 'token invalid or expired'),
  noSession: (id: string) => new Problem(404, 1002, `Session not found: ${id}`),
  noCredits: () => new Problem(402, 2001, 'insufficient credits'),
  plan: () => new Problem(402, 402, 'export is not available on the free plan'),
  badFile: (name: string) => new Problem(415, 4001, `unsupported file type: ${name}`),
  tooLarge: () => new Problem(413, 4002, 'file too large'),
  busy: () => new Problem(409, 409, 'stale session: another run is active in this session'),
  duplicate: (id: string) => new Problem(409, 409, `duplicate id: ${id}`),
  cutOff: () => new Problem(400, 400, 'the upload was cut off'),
  noFile: () => new Problem(422, 422, 'no file in the field "files"'),
  bad: (what: string) => new Problem(422, 422, what),
  notFound: () => new Problem(404, 404, 'not found'),
};
