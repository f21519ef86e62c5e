// The bar above the list: search, status, and all other conditions, in one place. What is chosen is in the address.
import { html, useState } from '../../lib/html.js';
import { get, segment } from '../../lib/api.js';
import { navigate, presentRoute } from '../../lib/router.js';
import { useLoad } from '../../lib/load.js';
import { count, words } from '../../lib/format.js';
import { STATUSES, toneOf } from '../../components/status.js';
import { notify } from '../../components/notify.js';
import { SavedFilters } from './saved-filters.js';
import { attributeCondition, describe, filterOf, isEmpty, statusesOf, toggleStatus, withCondition, without } from './filter.js';

export function apply(filter) {
  navigate('/workflows', filter);
}

/** Changes the filter of the address: the one that is drawn may be a change behind. */
function change(edit) {
  apply(edit(filterOf(presentRoute().query)));
}

const set = (name, value) => change((filter) => withCondition(filter, name, value));

/** What somebody types stays, however often the page is drawn again; another value for the condition takes its place. */
function useDraft(value) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  return [text, setText];
}

/** `counts` is what is counted without regard to the status; undefined until it is there. */
export function FilterBar({ filter, counts }) {
  const [more, setMore] = useState(false);
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
    ${more && html`<${MoreConditions} filter=${filter} />`}
    <${StatusChips} filter=${filter} byStatus=${counts?.byStatus} />
    <${Conditions} filter=${filter} />
  </section>`;
}

/** An id that there is opens its page; any other text is what ids begin with. */
function SearchBox({ filter }) {
  const [text, setText] = useDraft(filter.idPrefix ?? '');
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
    set('idPrefix', id);
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
  const [text, setText] = useDraft(value);
  return html`<label class="field"><span>${label}</span>
    <input type="text" list=${list} autocomplete="off" value=${text} onInput=${(event) => setText(event.target.value)}
      onChange=${(event) => onChange(event.target.value.trim())} />
    <datalist id=${list}>${options.map((option) => html`<option key=${option} value=${option}></option>`)}</datalist>
  </label>`;
}

function StatusChips({ filter, byStatus }) {
  const chosen = statusesOf(filter);
  return html`<div class="chips" role="group" aria-label="Status">
    ${STATUSES.map((status) => html`<button type="button" key=${status} class=${`chip tone-${toneOf(status)}`} aria-pressed=${chosen.includes(status)}
      data-count=${byStatus ? (byStatus[status] ?? 0) : undefined}
      onClick=${() => change((present) => toggleStatus(present, status))}>
      ${words(status)} <span class="chip-count">${byStatus ? count(byStatus[status] ?? 0) : '…'}</span>
    </button>`)}
    ${!isEmpty(filter) && html`<button type="button" class="plain" onClick=${() => apply({})}>Clear all</button>`}
  </div>`;
}

function MoreConditions({ filter }) {
  const text = (name, label) => html`<${ConditionField} label=${label} value=${filter[name] ?? ''} onChange=${(text) => set(name, text.trim())} />`;
  const time = (name, label) => html`<${ConditionField} label=${label} kind="datetime-local" value=${localTime(filter[name])}
    onChange=${(local) => set(name, isoTime(local))} />`;
  return html`<div class="filter-row more">
    ${text('version', 'Version')} ${time('createdAfter', 'Created after')} ${time('createdBefore', 'Created before')}
    <${AttributeField} /> ${text('parent', 'Parent id')} ${text('forkedFrom', 'Forked from id')}
  </div>`;
}

function ConditionField({ label, kind = 'text', value, onChange }) {
  const [text, setText] = useDraft(value);
  return html`<label class=${kind === 'text' ? 'field' : 'field time'}><span>${label}</span>
    <input type=${kind} autocomplete="off" value=${text} onInput=${(event) => setText(event.target.value)} onChange=${(event) => onChange(event.target.value)} />
  </label>`;
}

function AttributeField() {
  const [problem, setProblem] = useState(null);
  const enter = (event) => {
    const text = event.target.value.trim();
    const condition = attributeCondition(text);
    setProblem(text !== '' && condition === null ? 'Write it as name=value' : null);
    if (condition !== null) {
      event.target.value = '';
      set(condition.name, condition.value);
    }
  };
  return html`<label class="field"><span>Attribute</span>
    <input type="text" autocomplete="off" placeholder="name=value" aria-invalid=${problem !== null} onChange=${enter} />
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
      <button type="button" class="plain" aria-label=${`Remove ${describe(name, value)}`} onClick=${() => change((present) => without(present, name))}>✕</button>
    </span>`)}
  </div>`;
}
