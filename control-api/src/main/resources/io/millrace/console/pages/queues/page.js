// The page of queues.
import { html } from '../../lib/html.js';

export default function QueuesPage() {
  return html`<h1>Queues</h1>`;
}
