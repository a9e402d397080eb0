/** Thumbs up or down under a video, and what is said to them. */
export const feedback = {
  good: 'Good video',
  bad: 'Bad video',
  thanks: 'Thanks, that is good to hear.',
  sorry:
    'Thanks for telling me. What should be different? Tell me here, or in the thread, and I change it.',
  known: 'You have told me that already.',
  gone: 'I no longer know of this video.',
};

export type FeedbackWords = typeof feedback;
