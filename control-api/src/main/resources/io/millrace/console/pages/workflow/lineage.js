// The forks of a workflow as a tree: what it was made from, and what was made from it.
import { html } from '../../lib/html.js';
import { useLoad } from '../../lib/load.js';
import { Link } from '../../components/link.js';
import { StatusBadge } from '../../components/status.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { When } from '../../components/when.js';
import { treeOf } from './forks.js';

export function Lineage({ workflow }) {
  const id = workflow.workflowId;
  const { data: root, problem, loading, reload } = useLoad((options) => treeOf(id, options), [id]);
  if (!root) {
    return problem && !loading ? html`<${ErrorView} problem=${problem} retry=${reload} />` : html`<${Loading} what="Loading the forks" />`;
  }
  if (root.id === id && root.forks.length === 0) {
    return html`<${EmptyView} title="There are no forks">
      <p>A fork is a copy that runs again from a step, perhaps with newer code. Make one with “Fork” above, or from a step in the graph.</p>
    <//>`;
  }
  return html`<nav class="lineage" aria-label="Forks">
    <div class="view-tools"><button type="button" onClick=${reload} disabled=${loading}>Look again</button></div>
    <ul class="tree"><${Branch} node=${root} current=${id} /></ul>
  </nav>`;
}

function Branch({ node, current }) {
  const { id, workflow, fromStep, forks, gone, more } = node;
  const isCurrent = id === current;
  return html`<li>
    <div class=${isCurrent ? 'branch current' : 'branch'}>
      ${fromStep !== null && html`<span class="from-step">from step ${fromStep}</span>`}
      ${gone ? html`<span class="branch-id">${id}</span>` : html`<${Link} class="branch-id" path=${['workflows', id]} aria-current=${isCurrent ? 'page' : undefined}>${id}<//>`}
      ${gone
        ? html`<span class="hint">deleted</span>`
        : html`<${StatusBadge} status=${workflow.status} /> ${workflow.version && html`<span class="hint">version ${workflow.version}</span>`}
          <span class="hint"><${When} at=${workflow.createdAt} /></span>`}
      ${isCurrent && html`<span class="hint">this workflow</span>`}
    </div>
    ${forks.length > 0 && html`<ul>${forks.map((fork) => html`<${Branch} key=${fork.id} node=${fork} current=${current} />`)}</ul>`}
    ${more && html`<p class="hint">It has more forks than are shown here; <${Link} path="/workflows" query=${{ forkedFrom: id }}>list them all<//>.</p>`}
  </li>`;
}
