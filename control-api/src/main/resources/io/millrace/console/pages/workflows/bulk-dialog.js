// A command to many workflows: first what it would do, then its progress, then what became of each.
import { html, useEffect, useId, useMemo, useRef, useState } from '../../lib/html.js';
import { get } from '../../lib/api.js';
import { useLoad } from '../../lib/load.js';
import { count, plural } from '../../lib/format.js';
import { STATUSES, StatusBadge } from '../../components/status.js';
import { Dialog } from '../../components/dialog.js';
import { Loading } from '../../components/views.js';
import { ReasonField } from '../../components/command-dialog.js';
import { BULK } from './bulk-commands.js';
import { dryRun, run } from './bulk-run.js';
import { Outcome } from './bulk-outcome.js';

const FIRST_IDS = 8;

/** `target`: {byFilter, filter, ids, rows}. `onDone` is called once something was commanded and the dialog closes. */
export function BulkDialog({ command, target, onClose, onDone }) {
  const { verb, danger, needs, explains } = BULK[command];
  const [fields, setFields] = useState({ reason: '' });
  const [state, setState] = useState({ phase: 'preview', items: [] });
  const abort = useRef(new AbortController());
  const form = useId();
  const extra = useMemo(() => bodyOf(fields), [fields]);
  const preview = usePreview(command, target);
  useEffect(() => () => abort.current.abort(), []);

  const start = async (event) => {
    event.preventDefault();
    setState({ phase: 'running', items: [] });
    const onProgress = (items) => setState({ phase: 'running', items });
    try {
      const items = await run(command, target, extra, { onProgress, signal: abort.current.signal });
      setState({ phase: 'done', items });
    } catch (problem) {
      setState({ phase: problem.items?.length > 0 ? 'done' : 'preview', items: problem.items ?? [], problem });
    }
  };
  const close = () => (state.phase === 'done' ? onDone() : onClose());
  const number = preview.data?.matched;
  const actions = {
    preview: html`<button type="button" onClick=${onClose}>Do nothing</button>
      <button type="submit" form=${form} class=${danger ? 'primary danger' : 'primary'} disabled=${!number}>${verb} ${number === undefined ? '' : plural(number, 'workflow')}</button>`,
    running: !target.byFilter && html`<button type="button" onClick=${() => abort.current.abort()}>Stop after this batch</button>`,
    done: html`<button type="button" class="primary" onClick=${close}>Close</button>`,
  }[state.phase];

  return html`<${Dialog} wide title=${`${verb} workflows`} onClose=${close} actions=${actions}>
    ${state.problem && html`<p class="problem" role="alert">${state.problem.detail ?? state.problem.message}</p>`}
    ${state.phase === 'preview' && html`<form id=${form} class="stack" onSubmit=${start}>
      <p>${explains}</p>
      <${Preview} command=${command} preview=${preview} />
      ${needs && html`<${NeededField} needs=${needs} onInput=${(value) => setFields({ ...fields, [needs]: value })} />`}
      <${ReasonField} value=${fields.reason} onInput=${(reason) => setFields({ ...fields, reason })} />
    </form>`}
    ${state.phase === 'running' && html`<${Progress} target=${target} done=${state.items.length} number=${number} />`}
    ${state.phase === 'done' && html`<${Outcome} items=${state.items} asked=${number} />`}
  <//>`;
}

function bodyOf({ reason, priority, queue }) {
  return {
    ...(reason.trim() ? { reason: reason.trim() } : {}),
    ...(priority ? { priority: Number(priority) } : {}),
    ...(queue ? { queue } : {}),
  };
}

/** {matched, byStatus, first}: what the command would meet, asked of the server. */
function usePreview(command, target) {
  return useLoad(async ({ signal }) => {
    const fill = { priority: { priority: 1 }, queue: { queue: 'default' } }[BULK[command].needs];
    const matched = await dryRun(command, target, fill);
    if (!target.byFilter) {
      return { matched, byStatus: tally(target.rows), first: target.ids.slice(0, FIRST_IDS) };
    }
    const [counts, page] = await Promise.all([
      get('/workflows:count', target.filter, { signal }),
      get('/workflows', { ...target.filter, limit: FIRST_IDS }, { signal }),
    ]);
    return { matched, byStatus: counts.byStatus, first: page.items.map((row) => row.workflowId) };
  }, [command]);
}

function tally(rows) {
  const byStatus = {};
  rows.forEach(({ status }) => {
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  });
  return byStatus;
}

function Preview({ command, preview }) {
  const { data, problem, reload } = preview;
  if (problem) {
    return html`<p class="problem" role="alert">${problem.detail ?? problem.message} <button type="button" class="plain" onClick=${reload}>Try again</button></p>`;
  }
  if (!data) {
    return html`<${Loading} what="Counting what this would meet" />`;
  }
  const present = STATUSES.filter((status) => data.byStatus[status] > 0);
  return html`<section class="preview" aria-label="What will happen">
    <p><strong>${plural(data.matched, 'workflow')}</strong> would get this command. Nothing has been done yet.</p>
    <table class="table fates">
      <thead><tr><th scope="col">Status now</th><th scope="col" class="number">Workflows</th><th scope="col">What will happen</th></tr></thead>
      <tbody>${present.map((status) => html`<tr key=${status}>
        <td data-label="Status now"><${StatusBadge} status=${status} /></td>
        <td data-label="Workflows" class="number"><span>${count(data.byStatus[status])}</span></td>
        <td data-label="What happens"><span>${BULK[command].fate(status)}</span></td>
      </tr>`)}</tbody>
    </table>
    ${data.first.length > 0 && html`<p class="first-ids"><span class="hint">${data.matched > data.first.length ? 'The first of them:' : 'These:'}</span>
      ${data.first.map((id) => html`<span class="mono" key=${id}>${id}</span>`)}</p>`}
  </section>`;
}

function NeededField({ needs, onInput }) {
  const priority = needs === 'priority';
  return html`<label class="field"><span>${priority ? 'Priority, 1 (first) to 1,000,000 (last)' : 'To which queue'}</span>
    ${priority
      ? html`<input type="number" min="1" max="1000000" step="1" required onInput=${(event) => onInput(event.target.value)} />`
      : html`<input type="text" maxlength="256" required autocomplete="off" list="suggest-Queue" onInput=${(event) => onInput(event.target.value.trim())} />`}
  </label>`;
}

function Progress({ target, done, number = 0 }) {
  return html`<div class="stack" role="status">
    <p>${target.byFilter ? `The server commands ${plural(number, 'workflow')}, at most 100 a second.` : `${count(done)} of ${plural(number, 'workflow')} answered.`}</p>
    ${target.byFilter ? html`<progress aria-label="Progress"></progress>` : html`<progress aria-label="Progress" max=${number} value=${done}></progress>`}
  </div>`;
}
