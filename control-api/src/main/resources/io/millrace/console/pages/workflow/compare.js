// A fork beside its source, step by step: what was copied, what came out the same, what came out otherwise.
import { html, useMemo, useRef, useState } from '../../lib/html.js';
import { plural, prettyJson, span } from '../../lib/format.js';
import { useLoad } from '../../lib/load.js';
import { get, segment } from '../../lib/api.js';
import { Link } from '../../components/link.js';
import { StatusBadge } from '../../components/status.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { compareSteps, tally, VERDICTS } from './compare-model.js';
import { differences, MAX_DIFFERENCES } from './json-diff.js';
import { Failure } from './payloads.js';
import { allSteps } from './run.js';
import { Rows } from './scrolled.js';
import { durationMs, statusWord } from './steps.js';

const ROW_HEIGHT = 36;

export function Compare({ workflow, steps, stepsLoaded }) {
  const sourceId = workflow.forkedFrom;
  const load = async (options) =>
    sourceId ? Promise.all([get(`/workflows/${segment(sourceId)}`, {}, options), allSteps(sourceId, options)]) : null;
  const { data, problem, loading, reload } = useLoad(load, [sourceId]);
  if (!sourceId) {
    return html`<${EmptyView} title="This is no fork"><p>Only a fork can be compared with the workflow that it was made from.</p><//>`;
  }
  if (!data) {
    const gone = problem && problem.status === 404;
    return gone
      ? html`<${EmptyView} title="The source was deleted"><p><code>${sourceId}</code> is not there any more, so there is nothing to compare with.</p><//>`
      : problem && !loading ? html`<${ErrorView} problem=${problem} retry=${reload} />` : html`<${Loading} what="Loading the source" />`;
  }
  if (!stepsLoaded) {
    return html`<${Loading} what="Loading the steps" />`;
  }
  return html`<${Comparison} fork=${workflow} here=${steps} source=${data[0]} there=${data[1]} />`;
}

function Comparison({ fork, here, source, there }) {
  const rows = useMemo(() => compareSteps(fork, here, there), [fork, here, there]);
  const [chosen, setChosen] = useState(null);
  const scroller = useRef(null);
  const head = html`<div class="compare-head compare-row" role="row">
    <div role="columnheader">No.</div><div role="columnheader">Step</div><div role="columnheader">Comparison</div>
    <div role="columnheader">Source</div><div role="columnheader">This fork</div>
  </div>`;
  const row = (i) => html`<${Row} key=${rows[i].seq} index=${i} row=${rows[i]} chosen=${rows[i].seq === chosen} choose=${setChosen} />`;
  const open = rows.find((each) => each.seq === chosen);
  return html`<section class="compare" aria-label="Comparison with the source">
    <div class="compare-both">
      <div><span class="hint">Source</span> <${Link} path=${['workflows', source.workflowId]}>${source.workflowId}<//> <${StatusBadge} status=${source.status} /></div>
      <div><span class="hint">This fork</span> <strong>${fork.workflowId}</strong> <${StatusBadge} status=${fork.status} /></div>
    </div>
    <${Tally} rows=${rows} />
    <${Rows} className="compare-rows" label="Steps of both" count=${rows.length} height=${ROW_HEIGHT} row=${row} head=${head} scroller=${scroller}
      revealed=${-1} />
    ${open ? html`<${Differences} row=${open} />` : html`<p class="hint">Choose a step to see what differs.</p>`}
  </section>`;
}

function Tally({ rows }) {
  const counts = tally(rows);
  const words = Object.keys(VERDICTS).filter((verdict) => counts[verdict]).map((verdict) => html`<li key=${verdict}>
    <span class=${`verdict verdict-${verdict}`}>${VERDICTS[verdict]}</span> ${plural(counts[verdict], 'step')}</li>`);
  return html`<ul class="tally" aria-label="In sum">${words}</ul>`;
}

function Row({ index, row, chosen, choose }) {
  const { seq, here, there, verdict } = row;
  const name = here && there && here.name !== there.name ? `${there.name} → ${here.name}` : (here ?? there).name;
  return html`<div class=${chosen ? 'compare-row chosen' : 'compare-row'} role="row" aria-rowindex=${index + 2} data-seq=${seq}>
    <div role="cell" class="number">${seq}</div>
    <div role="rowheader"><button type="button" class="plain step-link" title=${name} aria-pressed=${chosen} onClick=${() => choose(seq)}>${name}</button></div>
    <div role="cell"><span class=${`verdict verdict-${verdict}`}>${VERDICTS[verdict]}</span></div>
    <div role="cell">${sideOf(there)}</div>
    <div role="cell">${verdict === 'copied' ? html`<span class="hint">copied</span>` : sideOf(here)}</div>
  </div>`;
}

function sideOf(step) {
  if (!step) {
    return html`<span class="hint">not there</span>`;
  }
  const ms = step.completedAt ? durationMs(step, 0) : null;
  return html`<span class=${`step-status step-${step.status.toLowerCase()}`}>${statusWord(step)}</span>${ms === null ? '' : ` ${span(ms)}`}`;
}

function Differences({ row }) {
  const { seq, here, there, verdict } = row;
  return html`<section class="differences" aria-label=${`What differs in step ${seq}`}>
    <h3>Step ${seq}: ${VERDICTS[verdict]}</h3>
    ${here && there && html`<${Changes} before=${there.output} after=${here.output} />`}
    <div class="side-by-side">
      <div><h4>Source</h4><${Result} step=${there} /></div>
      <div><h4>This fork</h4><${Result} step=${here} /></div>
    </div>
  </section>`;
}

const SIGNS = { added: '+', removed: '−', changed: '≠' };

function Changes({ before, after }) {
  const found = differences(before, after);
  if (found.length === 0) {
    return html`<p class="hint">The outputs are the same.</p>`;
  }
  const text = (value) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return html`<ul class="diff" aria-label="Differences of the outputs">
    ${found.slice(0, MAX_DIFFERENCES).map(({ path, kind, before: old, after: now }) => html`<li key=${path} class=${`diff-${kind}`}>
      <span aria-label=${kind}>${SIGNS[kind]}</span> <code>${path}</code> ${kind !== 'added' && html`<del>${text(old)}</del>`} ${kind !== 'removed' && html`<ins>${text(now)}</ins>`}
    </li>`)}
    ${found.length > MAX_DIFFERENCES && html`<li class="hint">and more</li>`}
  </ul>`;
}

function Result({ step }) {
  if (!step) {
    return html`<p class="none">not there</p>`;
  }
  return step.error ? html`<${Failure} error=${step.error} />` : html`<pre class="output" tabindex="0" aria-label="Output">${prettyJson(step.output)}</pre>`;
}
