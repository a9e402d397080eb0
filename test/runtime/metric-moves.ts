/** Which figures the evening of metrics.test.ts moves: a series without a row here fails there. */
export type Labels = Readonly<Record<string, string>>;

/** Counters and histograms have grown at the end, with these labels; gauges have shown another figure meanwhile. */
export const MOVES: readonly (readonly [name: string, ...labels: Labels[]])[] = [
  [
    'nemo_bot_turns_total',
    { platform: 'slack', end: 'delivered' },
    { platform: 'slack', end: 'failed' },
    { platform: 'discord' },
  ],
  ['nemo_bot_turn_seconds', { platform: 'slack' }, { platform: 'discord' }],
  ['nemo_bot_first_sign_seconds', { platform: 'slack' }, { platform: 'discord' }],
  ['nemo_bot_answer_seconds', { platform: 'slack' }, { platform: 'discord' }],
  ['nemo_bot_video_seconds', { platform: 'slack' }, { platform: 'discord' }],
  ['nemo_bot_turns_running'],
  ['nemo_bot_turns_unfinished'],
  ['nemo_bot_failures_total', { cause: 'CreditsExhausted' }],
  ['nemo_bot_takeovers_total', { platform: 'slack' }],
  ['nemo_bot_recoveries_total', { platform: 'slack' }],
  ['nemo_bot_silent_edits_total', { platform: 'slack' }],
  ['nemo_bot_stale_claims_total', { platform: 'slack' }],
  [
    'nemo_bot_backend_calls_total',
    { endpoint: 'run_sse', code: '200' },
    { endpoint: 'state', code: '503' },
    { endpoint: 'upload', code: '200' },
    { endpoint: 'credits', code: 'none' },
  ],
  ['nemo_bot_backend_errors_total', { endpoint: 'run_sse', error: 'CreditsExhausted' }],
  ['nemo_bot_bytes_total', { direction: 'up' }, { direction: 'down' }],
  ['nemo_bot_credits_spent_total'],
  ['nemo_bot_votes_total', { platform: 'slack', vote: 'good' }],
  [
    'nemo_bot_platform_calls_total',
    { platform: 'slack', method: 'chat.postMessage', code: '200' },
    { platform: 'discord', method: 'POST /channels/:id/messages', code: '200' },
  ],
  ['nemo_bot_rate_limits_total', { platform: 'slack', method: 'chat.postMessage' }],
  [
    'nemo_bot_store_write_seconds',
    { kind: 'append' },
    { kind: 'advance' },
    { kind: 'finish' },
    { kind: 'spending' },
  ],
  ['nemo_bot_part_state', { part: 'store' }, { part: 'backend' }],
  ['nemo_bot_event_loop_delay_seconds', { at: 'max' }],
];
