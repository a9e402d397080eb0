/** Where a turn stands, as its status message tells it. */
export type Stage =
  /** `word` is the skill profile's own. */
  | { readonly type: 'connecting'; readonly word: string }
  | { readonly type: 'starting' }
  | { readonly type: 'reading'; readonly done: number; readonly of: number }
  | {
      readonly type: 'working';
      readonly what?: 'video' | 'audio' | 'edit' | 'analysis' | undefined;
    }
  | { readonly type: 'rate-limited'; readonly seconds: number }
  | { readonly type: 'recovering' }
  | { readonly type: 'checking' }
  | { readonly type: 'rendering'; readonly percent?: number | undefined };

export type Ending = 'done' | 'needs-you' | 'failed' | 'stopped' | 'interrupted';
