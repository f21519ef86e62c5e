// Requests to the API: JSON both ways, problems as exceptions, and the token of whoever signed in.
import { lost } from './connection.js';
import { parseExact } from './exact.js';

const TOKEN = 'millrace.token';

/** What a request came to when it did not succeed. `status` 0 means that nobody answered. */
export class ProblemError extends Error {
  constructor({ status, title, detail, field, retryAfter, ...members }) {
    super(detail ?? title);
    this.name = 'ProblemError';
    Object.assign(this, { status, title, detail, field, retryAfter, members });
  }
}

export function token() {
  return sessionStorage.getItem(TOKEN);
}

export function signIn(newToken) {
  sessionStorage.setItem(TOKEN, newToken);
}

export function signOut() {
  sessionStorage.removeItem(TOKEN);
}

let asksForToken = () => Promise.resolve(false);
let asked = null;

/** Sets what asks for a token: a function of a problem that promises whether there is a new one now. */
export function onUnauthorized(ask) {
  asksForToken = ask;
}

/** Requests that fail together ask once. */
function askForToken(problem) {
  asked ??= asksForToken(problem).finally(() => {
    asked = null;
  });
  return asked;
}

/** The address of an API path such as '/workflows', with parameters; those without a value are left out. */
export function apiUrl(path, params = {}) {
  const url = new URL(`api/v1${path}`, document.baseURI);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : value);
    }
  }
  return url;
}

/** fetch with the token, which asks for another one when the server wants it. Throws ProblemError for all but success. */
export async function request(url, options = {}) {
  const sent = token();
  const headers = { Accept: 'application/json', ...options.headers };
  if (sent) {
    headers.Authorization = `Bearer ${sent}`;
  }
  const response = await reach(url, { cache: 'no-store', ...options, headers });
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  const anotherSince = token() !== sent; // Somebody signed in while this was under way.
  if (problem.status === 401 && (anotherSince || (await askForToken(problem)))) {
    return request(url, options);
  }
  throw problem;
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    lost();
    throw new ProblemError({
      status: 0,
      title: 'The server does not answer',
      detail: 'The Millrace server cannot be reached. This page goes on by itself as soon as it can.',
    });
  }
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  const fallback = { status: response.status, title: response.statusText || `Error ${response.status}`, retryAfter };
  try {
    return new ProblemError({ ...fallback, ...(await response.json()) });
  } catch {
    return new ProblemError(fallback);
  }
}

async function json(path, params, options) {
  const response = await request(apiUrl(path, params), options);
  const text = await response.text();
  return text ? parseExact(text) : null;
}

export function get(path, params, options) {
  return json(path, params, options);
}

export function post(path, body = {}) {
  return json(path, {}, withBody('POST', body));
}

export function put(path, body = {}) {
  return json(path, {}, withBody('PUT', body));
}

function withBody(method, body) {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** A segment of a path: ids hold any character. */
export const segment = encodeURIComponent;
