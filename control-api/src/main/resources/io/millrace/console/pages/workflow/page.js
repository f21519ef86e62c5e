// The page of one workflow: what it is, what it came to, and views of its steps, its times and its history.
import { html, useEffect } from '../../lib/html.js';
import { navigate } from '../../lib/router.js';
import { Link } from '../../components/link.js';
import { Tabs } from '../../components/tabs.js';
import { EmptyView, ErrorView, Loading } from '../../components/views.js';
import { useRun } from './run.js';
import { withUnrecorded } from './steps.js';
import { Head } from './head.js';
import { Payloads } from './payloads.js';
import { Graph } from './graph.js';
import { Timeline } from './timeline.js';
import { StepsTable } from './steps-table.js';
import { History } from './history.js';
import { Compare } from './compare.js';
import { Lineage } from './lineage.js';
import { StepPanel } from './step-panel.js';

const VIEWS = { graph: Graph, timeline: Timeline, steps: StepsTable, history: History, compare: Compare, forks: Lineage };

/** Views in which a step is chosen, and so told of beside them. */
const WITH_STEP = new Set(['graph', 'timeline', 'steps']);

export default function WorkflowPage({ params, query }) {
  const { run, ...state } = useRun(params.id);
  if (!state.workflow) {
    return html`<${Absent} id=${params.id} problem=${state.problem} retry=${() => run.wake()} />`;
  }
  return html`<${Present} ...${state} run=${run} query=${query} />`;
}

function Absent({ id, problem, retry }) {
  if (!problem) {
    return html`<${Loading} what="Loading the workflow" />`;
  }
  if (problem.status !== 404) {
    return html`<h1 class="workflow-id">${id}</h1><${ErrorView} problem=${problem} retry=${retry} />`;
  }
  return html`<${EmptyView} title="There is no such workflow">
    <p>No workflow has the id <code>${id}</code>. Either the id is mistyped (it must be whole, and case matters), or the workflow has ended
    long ago and was deleted.</p>
    <p><${Link} path="/workflows" query=${{ idPrefix: id }}>Search for ids that begin like this<//> or <${Link} path="/workflows">see all workflows<//>.</p>
  <//>`;
}

function Present({ workflow, steps, stepsLoaded, facts, factsLoaded, problem, run, query }) {
  const id = workflow.workflowId;
  const tab = VIEWS[query.tab] ? query.tab : 'graph';
  const chosen = Number(query.step) || null;
  const withStep = WITH_STEP.has(tab) && chosen !== null;
  const go = (changed) => navigate(['workflows', id], clean({ ...query, ...changed }), { replace: true });
  const needsHistory = withStep || tab === 'timeline' || tab === 'history';
  useEffect(() => {
    if (needsHistory) {
      run.wantHistory();
    }
  }, [needsHistory]);
  const shown = withUnrecorded(workflow, steps);
  const context = {
    workflow, steps: shown, stepsLoaded, facts, factsLoaded, chosen, query,
    choose: (seq) => go({ step: seq }), go, changed: () => run.wake(),
  };
  return html`<article class="workflow">
    <${Head} workflow=${workflow} steps=${shown} changed=${context.changed} go=${go} />
    ${problem && html`<${Stale} problem=${problem} />`}
    <${Payloads} workflow=${workflow} />
    <${Tabs} tabs=${tabsOf(workflow, shown.length)} selected=${tab} onSelect=${(next) => go({ tab: next })} label="Views of the workflow">
      <div class=${withStep ? 'workflow-view with-step' : 'workflow-view'}>
        <div class="workflow-main"><${VIEWS[tab]} ...${context} /></div>
        ${withStep && html`<${StepPanel} key=${chosen} ...${context} />`}
      </div>
    <//>
  </article>`;
}

function Stale({ problem }) {
  return html`<p class="problem" role="alert">What you see may be out of date: ${problem.detail ?? problem.title}</p>`;
}

/** An address with no more in it than is needed. */
function clean({ tab, step, ...others }) {
  return { ...others, ...(tab && tab !== 'graph' ? { tab } : {}), ...(step ? { step } : {}) };
}

function tabsOf(workflow, stepCount) {
  return [
    { id: 'graph', label: 'Graph' },
    { id: 'timeline', label: 'Timeline' },
    { id: 'steps', label: 'Steps', count: stepCount },
    { id: 'history', label: 'History' },
    { id: 'forks', label: 'Forks' },
    ...(workflow.forkedFrom ? [{ id: 'compare', label: 'Compare' }] : []),
  ];
}
