/** The way out of a playground that has a password. */
import { api } from './api.ts';
import { part } from './dom.ts';

export function offerSignOut(): void {
  const button = part('sign-out', HTMLButtonElement);
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await api.signOut();
    } finally {
      // Whatever became of it, the server decides what is shown next; the conversation is not for the next person.
      location.replace('/');
    }
  });
}
