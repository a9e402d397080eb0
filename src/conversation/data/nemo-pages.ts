/** NemoVideo's own pages about what is sent there and kept there. */
export const NEMO_TERMS = 'https://nemovideo.com/nemovideo-terms-of-use';
export const NEMO_PRIVACY = 'https://nemovideo.com/nemovideo-privacy-policy';
