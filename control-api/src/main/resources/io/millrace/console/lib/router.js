// Which page is shown, from the part of the address behind '#': #/workflows/<id>?tab=steps. Every view has an address of its own.
import { useEffect, useState } from './html.js';

/** Reads an address: {path: 'workflows/a b', segments: ['workflows', 'a b'], query: {tab: 'steps'}}. */
export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const segments = path.split('/').filter(Boolean).map(decode);
  return { path, segments, query: Object.fromEntries(new URLSearchParams(search)) };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // Somebody typed a lone '%'.
  }
}

/** The address of a page. `path` is a list of segments (['workflows', id]), or a path that is encoded already ('/workflows'). */
export function href(path, query = {}) {
  const encoded = Array.isArray(path) ? `/${path.map(encodeURIComponent).join('/')}` : path;
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(given).toString();
  return `#${encoded}${search ? `?${search}` : ''}`;
}

/** Goes to a page. With `replace`, the back button does not come back to this one: for filters while somebody types. */
export function navigate(path, query = {}, { replace = false } = {}) {
  const target = href(path, query);
  if (target === current()) {
    return;
  }
  if (replace) {
    history.replaceState(null, '', target);
    window.dispatchEvent(new Event('hashchange'));
  } else {
    location.hash = target;
  }
}

function current() {
  const at = location.href.indexOf('#');
  return at < 0 ? '' : location.href.slice(at);
}

/** Where the address leads now. What is drawn follows it a moment later: a change to the address begins from here. */
export function presentRoute() {
  return parse(current());
}

/** The present route; the component is drawn again when it changes. */
export function useRoute() {
  const [route, setRoute] = useState(presentRoute);
  useEffect(() => {
    const changed = () => setRoute(presentRoute());
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return route;
}
