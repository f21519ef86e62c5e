// Who looks at the page, and what they may do. The server decides; this only keeps people from asking in vain.
import { get } from './api.js';
import { store } from './store.js';

const ORDER = ['ANYONE', 'VIEWER', 'OPERATOR', 'ADMIN'];

/** {name, role, authentication}, or null until the server has said. */
export const me = store(null);

export async function loadMe() {
  try {
    me.set(await get('/me'));
  } catch {
    // Whatever is wrong shows in the page itself; until it is known who looks, the controls are off.
    me.set(null);
  }
}

/** Whether this person's role includes the one that is needed. */
export function may(person, needed) {
  return person !== null && ORDER.indexOf(person.role) >= ORDER.indexOf(needed);
}

/** Why a control is off, in a sentence; undefined where it is on. */
export function whyNot(person, needed) {
  if (may(person, needed)) {
    return undefined;
  }
  return person === null
    ? 'Not available until the server has said who you are.'
    : `This needs the role ${needed}; you (${person.name}) have ${person.role}.`;
}
