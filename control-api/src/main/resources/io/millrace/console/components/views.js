// What a page shows instead of its data: that it loads, that there is none, or what went wrong and what to do.
import { html } from '../lib/html.js';

export function Loading({ what = 'Loading' }) {
  return html`<div class="view loading" role="status"><span class="spinner" aria-hidden="true"></span>${what}…</div>`;
}

export function EmptyView({ title, children }) {
  return html`<div class="view empty"><h2>${title}</h2>${children}</div>`;
}

const ADVICE = {
  0: 'This page goes on by itself as soon as the server answers. If it does not, see whether the server process runs.',
  401: 'Sign in with a token that the server knows.',
  403: 'Ask whoever runs this Millrace for a role that includes this.',
  404: 'Check the address. What is asked for may have been deleted, or never was.',
  429: 'Too many requests for now. This page tries again by itself.',
  503: 'The engine does not answer yet, or no longer. This page tries again by itself.',
};

/** `retry` is called when the user wants it tried again. */
export function ErrorView({ problem, retry }) {
  const advice = ADVICE[problem.status] ?? 'Try again. If it stays like this, the log of the server says more.';
  return html`<div class="view error" role="alert">
    <h2>${problem.title ?? 'Something went wrong'}</h2>
    <p>${problem.detail ?? problem.message}</p>
    <p class="hint">${advice}</p>
    ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
  </div>`;
}
