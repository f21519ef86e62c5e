// The page of workflows.
import { html } from '../../lib/html.js';

export default function WorkflowsPage() {
  return html`<h1>Workflows</h1>`;
}
