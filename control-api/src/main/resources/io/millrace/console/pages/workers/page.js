// The page of workers.
import { html } from '../../lib/html.js';

export default function WorkersPage() {
  return html`<h1>Workers</h1>`;
}
