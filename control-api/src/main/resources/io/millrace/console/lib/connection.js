// Whether the server answers. When it does not, this asks for its health until it does, and then tells whoever shows data.
import { store } from './store.js';

const ASK_AGAIN_MS = 1500;

/** 'online' or 'offline'. */
export const server = store('online');

/** How current what is shown is: 'live', 'connecting', 'offline'; null where the page follows no events. */
export const stream = store(null);

const returns = new Set();

/** Calls back each time that the server is there again after it was not. */
export function onReturn(listener) {
  returns.add(listener);
  return () => returns.delete(listener);
}

let asking = false;

/** Notes that a request did not reach the server. */
export function lost() {
  server.set('offline');
  if (!asking) {
    asking = true;
    setTimeout(ask, ASK_AGAIN_MS);
  }
}

async function ask() {
  try {
    await fetch(new URL('health/live', document.baseURI), { cache: 'no-store' });
    asking = false;
    server.set('online');
    returns.forEach((listener) => listener());
  } catch {
    setTimeout(ask, ASK_AGAIN_MS);
  }
}
