// A link to a page of the console.
import { html } from '../lib/html.js';
import { href } from '../lib/router.js';

export function Link({ path, query, children, ...rest }) {
  return html`<a href=${href(path, query)} ...${rest}>${children}</a>`;
}
