// The page of one queue.
import { html } from '../../lib/html.js';

export default function QueuePage({ params }) {
  return html`<h1>Queue ${params.id}</h1>`;
}
