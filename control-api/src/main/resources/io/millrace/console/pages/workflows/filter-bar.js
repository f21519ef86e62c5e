// The bar above the list: search, status, and all other conditions, in one place. What is chosen is in the address.
import { html, useState } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { navigate } from '../../lib/router.js';
import { useLoad } from '../../lib/load.js';
import { count, words } from '../../lib/format.js';
import { STATUSES, toneOf } from '../../components/status.js';
import { notify } from '../../components/notify.js';
import { SavedFilters } from './saved-filters.js';
import { attributeCondition, describe, isEmpty, statusesOf, toggleStatus, withCondition, without } from './filter.js';

export function apply(filter) {
  navigate('/workflows', filter);
}

/** `counts` is what is counted without regard to the status; undefined until it is there. */
export function FilterBar({ filter, counts }) {
  const [more, setMore] = useState(false);
  const set = (name, value) => apply(withCondition(filter, name, value));
  const queues = useLoad(({ signal }) => get('/queues', {}, { signal }), []).data?.items ?? [];
  return html`<section class="filters" aria-label="Filter">
    <div class="filter-row">
      <${SearchBox} filter=${filter} />
      <${Suggesting} label="Name" value=${filter.name} options=${Object.keys(counts?.byName ?? {})} onChange=${(value) => set('name', value)} />
      <${Suggesting} label="Queue" value=${filter.queue} options=${queues.map((queue) => queue.queue)} onChange=${(value) => set('queue', value)} />
      <div class="filter-buttons">
        <button type="button" aria-expanded=${more} onClick=${() => setMore(!more)}>${more ? 'Fewer conditions' : 'More conditions'}</button>
        <${SavedFilters} filter=${filter} />
      </div>
    </div>
    ${more && html`<${MoreConditions} filter=${filter} set=${set} />`}
    <${StatusChips} filter=${filter} byStatus=${counts?.byStatus} />
    <${Conditions} filter=${filter} />
  </section>`;
}

/** An id that there is opens its page; any other text is what ids begin with. */
function SearchBox({ filter }) {
  const [text, setText] = useState(filter.idPrefix ?? '');
  const [shown, setShown] = useState(filter.idPrefix);
  if (shown !== filter.idPrefix) {
    setShown(filter.idPrefix);
    setText(filter.idPrefix ?? '');
  }
  const search = async (event) => {
    event.preventDefault();
    const id = text.trim();
    try {
      if (id !== '') {
        await get(`/workflows/${segment(id)}`);
        navigate(['workflows', id]);
        return;
      }
    } catch (problem) {
      if (problem.status !== 404) {
        notify(problem.detail, { kind: 'bad' });
        return;
      }
    }
    apply(withCondition(filter, 'idPrefix', id));
  };
  return html`<form class="search" role="search" onSubmit=${search}>
    <label class="field"><span>Workflow id</span>
      <input type="search" name="id" autocomplete="off" spellcheck="false" placeholder="an id, or how it begins"
        value=${text} onInput=${(event) => setText(event.target.value)} />
    </label>
    <button type="submit">Find</button>
  </form>`;
}

function Suggesting({ label, value = '', options, onChange }) {
  const list = `suggest-${label}`;
  return html`<label class="field"><span>${label}</span>
    <input type="text" list=${list} autocomplete="off" value=${value} onChange=${(event) => onChange(event.target.value.trim())} />
    <datalist id=${list}>${options.map((option) => html`<option key=${option} value=${option}></option>`)}</datalist>
  </label>`;
}

function StatusChips({ filter, byStatus }) {
  const chosen = statusesOf(filter);
  return html`<div class="chips" role="group" aria-label="Status">
    ${STATUSES.map((status) => html`<button type="button" key=${status} class=${`chip tone-${toneOf(status)}`} aria-pressed=${chosen.includes(status)}
      data-count=${byStatus ? (byStatus[status] ?? 0) : undefined}
      onClick=${() => apply(toggleStatus(filter, status))}>
      ${words(status)} <span class="chip-count">${byStatus ? count(byStatus[status] ?? 0) : '…'}</span>
    </button>`)}
    ${!isEmpty(filter) && html`<button type="button" class="plain" onClick=${() => apply({})}>Clear all</button>`}
  </div>`;
}

function MoreConditions({ filter, set }) {
  const text = (name, label) => html`<label class="field"><span>${label}</span>
    <input type="text" autocomplete="off" value=${filter[name] ?? ''} onChange=${(event) => set(name, event.target.value.trim())} />
  </label>`;
  const time = (name, label) => html`<label class="field time"><span>${label}</span>
    <input type="datetime-local" value=${localTime(filter[name])} onChange=${(event) => set(name, isoTime(event.target.value))} />
  </label>`;
  return html`<div class="filter-row more">
    ${text('version', 'Version')} ${time('createdAfter', 'Created after')} ${time('createdBefore', 'Created before')}
    <${AttributeField} set=${set} /> ${text('parent', 'Parent id')} ${text('forkedFrom', 'Forked from id')}
  </div>`;
}

function AttributeField({ set }) {
  const [problem, setProblem] = useState(null);
  const change = (event) => {
    const text = event.target.value.trim();
    const condition = attributeCondition(text);
    setProblem(text !== '' && condition === null ? 'Write it as name=value' : null);
    if (condition !== null) {
      event.target.value = '';
      set(condition.name, condition.value);
    }
  };
  return html`<label class="field"><span>Attribute</span>
    <input type="text" autocomplete="off" placeholder="name=value" aria-invalid=${problem !== null} onChange=${change} />
    ${problem && html`<span class="problem" role="alert">${problem}</span>`}
  </label>`;
}

/** A time as the browser's field has it: in its own zone, to the minute. */
function localTime(iso) {
  if (!iso || Number.isNaN(Date.parse(iso))) {
    return '';
  }
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function isoTime(local) {
  return local === '' ? '' : new Date(local).toISOString();
}

/** All that holds now beside the status, which its chips show; each to be taken away. */
function Conditions({ filter }) {
  const others = Object.entries(without(filter, 'status'));
  return others.length > 0 && html`<div class="conditions" role="group" aria-label="Conditions">
    ${others.map(([name, value]) => html`<span class="condition" key=${name}>
      <span class="condition-text">${describe(name, value)}</span>
      <button type="button" class="plain" aria-label=${`Remove ${describe(name, value)}`} onClick=${() => apply(without(filter, name))}>✕</button>
    </span>`)}
  </div>`;
}
