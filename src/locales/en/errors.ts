/** What went wrong. */

export const errors = {
  accessExpired: "The bot's NemoVideo access has expired. An admin needs to renew it.",
  notAnswering: 'NemoVideo is not answering right now. Please try again in a few minutes.',
  backendAway:
    'NemoVideo is not answering right now. Nothing is lost: I go on with it by myself when NemoVideo is back.',
  rateLimited: 'NemoVideo is busy right now. Please try again in a minute.',
  requestRefused: 'That request was refused by NemoVideo.',
  unexpected: 'Something went wrong on my side. The message is safe; press *Try again*.',
  trialUnavailable: 'No trial access to NemoVideo could be had right now. Please try again later.',
  cannotWrite:
    'I can’t write anything down at the moment, so your message has to wait. I will go on with it by myself as soon as that works again.',
  cannotWriteNow:
    'I can’t write anything down at the moment, so I have not done this. Please try again in a few minutes.',
  queueFull: (n: number) =>
    `${n === 1 ? 'One message is' : `${n} messages are`} waiting in this thread already, so I have not taken yours. Please send it again when some of them are done.`,
  editorFailed: 'The editor link is not available right now. Please try again later.',
  cannotTell:
    'I cannot find out right now whether that project is open to you. Please try again in a moment.',
};

export type ErrorsWords = typeof errors;
