/** What the app is registered with at Slack, by its manifest, and what is listened to here: the same names. */

/** Paths on the HTTP port. */
export const EVENTS_PATH = '/slack/events';
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** Callback ids of the shortcuts: on a message, and from anywhere. */
export const MAKE_VIDEO = 'make_video';
/** Action id of the button under the question that a reaction brings. */
export const MAKE_ASKED = 'make_asked';
export const NEW_VIDEO = 'new_video';
