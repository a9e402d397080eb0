/** What the public descriptions of the backend's answers disagree about, and how an answer is written in each form. */
import { type Problem, problems } from './problem.ts';

export interface Forms {
  readonly envelope: 'code' | 'success' | 'bare';
  /** Business errors as an HTTP status, or as HTTP 200 with the code in the body. */
  readonly errors: 'http' | 'body';
  /** Codes as "2001" instead of 2001. */
  readonly stringCodes: boolean;
  readonly tokenPlace: 'data' | 'top';
  readonly numericSessionId: boolean;
  /** `{success, data: {outputUrl}}`, or `output.url` at the top. */
  readonly renderShape: 'data' | 'top';
  readonly uploadShape: 'files' | 'uploaded_files';
}

export const USUAL_FORMS: Forms = {
  envelope: 'code',
  errors: 'http',
  stringCodes: false,
  tokenPlace: 'data',
  numericSessionId: false,
  renderShape: 'data',
  uploadShape: 'files',
};

type Fields = Readonly<Record<string, unknown>>;

/** The fields of an answer; `raw` ones are sent as they are, without an envelope. */
export type Content = { readonly data: Fields } | { readonly raw: Fields };

export function contentText(content: Content, forms: Forms): string {
  const body = 'raw' in content ? content.raw : wrap(content.data, forms);
  const text = JSON.stringify(body);
  // As a JSON number it has more digits than a double can hold, hence by hand.
  return forms.numericSessionId ? text.replace(/"session_id":"(\d+)"/g, '"session_id":$1') : text;
}

export function refusal(problem: Problem, forms: Forms): { status: number; body: object } {
  const { message, status } = problem;
  const code = forms.stringCodes ? String(problem.code) : problem.code;
  return {
    status: forms.errors === 'body' ? 200 : status,
    body:
      forms.envelope === 'success'
        ? { success: false, error: message, code }
        : { code, message, data: null },
  };
}

function wrap(data: Fields, { envelope }: Forms): object {
  if (envelope === 'bare') return data;
  return envelope === 'success' ? { success: true, data } : { code: 0, data };
}

export function tokenContent(fields: Fields, { tokenPlace }: Forms): Content {
  return tokenPlace === 'top' ? { raw: { code: 0, ...fields } } : { data: fields };
}

export function uploadContent(
  files: readonly { readonly url: string; readonly fields: Fields }[],
  { uploadShape }: Forms,
): Content {
  const link = uploadShape === 'files' ? 'cdn_url' : 'url';
  const listed = files.map(({ url, fields }) => ({ ...fields, [link]: url }));
  return { data: { [uploadShape]: listed, session_state_applied: true } };
}

/** The render service has an envelope of its own. */
export function renderContent({ url, ...fields }: Fields, { renderShape }: Forms): Content {
  if (renderShape === 'top') return { raw: { ...fields, ...(url ? { output: { url } } : {}) } };
  return { raw: { success: true, data: { ...fields, ...(url ? { outputUrl: url } : {}) } } };
}

/** And says in it, with HTTP 200, that an id is taken. */
export function duplicateContent(id: string, { renderShape }: Forms): Content {
  const problem = problems.duplicate(id);
  if (renderShape === 'top') throw problem;
  return { raw: { success: false, error: problem.message } };
}
