// What went into the workflow, what came out of it, or what went wrong.
import { html } from '../../lib/html.js';
import { JsonView } from '../../components/json-view.js';
import { isClosed } from './steps.js';
import { simpleName } from './words.js';

export function Payloads({ workflow }) {
  const { input, output, error, status } = workflow;
  return html`<div class="payloads">
    <section><h2>Input</h2>${input === null ? html`<p class="none">none</p>` : html`<${JsonView} value=${input} label="input" />`}</section>
    <section>
      <h2>${error ? 'Error' : 'Output'}</h2>
      ${error ? html`<${Failure} error=${error} />` : html`<${Output} output=${output} status=${status} closed=${isClosed(workflow)} />`}
    </section>
  </div>`;
}

function Output({ output, status, closed }) {
  if (!closed) {
    return html`<p class="none">not there yet</p>`;
  }
  if (status !== 'COMPLETED') {
    return html`<p class="none">none: it did not complete</p>`;
  }
  return output === null ? html`<p class="none">none</p>` : html`<${JsonView} value=${output} label="output" />`;
}

/** An error as people read it; the stack trace only for whoever wants it. */
export function Failure({ error }) {
  return html`<div class="failure">
    <p class="failure-type" title=${error.type}>${simpleName(error.type)}</p>
    <p class="failure-message">${error.message}</p>
    ${error.stackTrace && html`<details><summary>Stack trace</summary><pre tabindex="0" aria-label="Stack trace">${error.stackTrace}</pre></details>`}
  </div>`;
}
