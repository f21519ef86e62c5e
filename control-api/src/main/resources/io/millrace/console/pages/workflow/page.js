// The page of one workflow.
import { html } from '../../lib/html.js';

export default function WorkflowPage({ params }) {
  return html`<h1>${params.id}</h1>`;
}
