// Filters under names, kept in this browser: to be chosen, renamed and deleted.
import { html, useId, useState } from '../../lib/html.js';
import { href } from '../../lib/router.js';
import { store, useStore } from '../../lib/store.js';
import { Dialog } from '../../components/dialog.js';
import { describe, isEmpty } from './filter.js';

const KEY = 'millrace.filters';

/** [{name, filter}], sorted by name. */
const saved = store(read());

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((entry) => entry?.name && typeof entry.filter === 'object') : [];
  } catch {
    return []; // Somebody else's text, or storage is forbidden: then there are none.
  }
}

function write(entries) {
  const sorted = [...entries].sort((one, other) => one.name.localeCompare(other.name));
  localStorage.setItem(KEY, JSON.stringify(sorted));
  saved.set(sorted);
}

function keep(name, filter) {
  write([...saved.get().filter((entry) => entry.name !== name), { name, filter }]);
}

function remove(name) {
  write(saved.get().filter((entry) => entry.name !== name));
}

function rename(name, newName) {
  const { filter } = saved.get().find((entry) => entry.name === name);
  write([...saved.get().filter((entry) => entry.name !== name && entry.name !== newName), { name: newName, filter }]);
}

/** The button, with the dialog behind it. */
export function SavedFilters({ filter }) {
  const [open, setOpen] = useState(false);
  const entries = useStore(saved);
  return html`
    <button type="button" onClick=${() => setOpen(true)} aria-haspopup="dialog">Saved filters${entries.length > 0 && ` (${entries.length})`}</button>
    ${open && html`<${SavedDialog} filter=${filter} entries=${entries} onClose=${() => setOpen(false)} />`}`;
}

function SavedDialog({ filter, entries, onClose }) {
  return html`<${Dialog} title="Saved filters" onClose=${onClose}>
    ${entries.length === 0
      ? html`<p class="hint">None yet. They are kept in this browser; to share one, share the address of the page.</p>`
      : html`<ul class="saved">${entries.map((entry) => html`<${SavedEntry} key=${entry.name} entry=${entry} onChosen=${onClose} />`)}</ul>`}
    ${isEmpty(filter)
      ? html`<p class="hint">Set a filter on the page, then come here to save it under a name.</p>`
      : html`<${SaveForm} filter=${filter} taken=${entries.map((entry) => entry.name)} />`}
  <//>`;
}

function SavedEntry({ entry, onChosen }) {
  const [renaming, setRenaming] = useState(false);
  const finish = (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get('name').trim();
    setRenaming(false);
    if (name !== '' && name !== entry.name) {
      rename(entry.name, name);
    }
  };
  if (renaming) {
    return html`<li><form class="row" onSubmit=${finish}>
      <input type="text" name="name" maxlength="60" aria-label="New name" defaultValue=${entry.name} autofocus />
      <button type="submit">Rename</button>
    </form></li>`;
  }
  return html`<li>
    <div class="saved-what">
      <a href=${href('/workflows', entry.filter)} onClick=${onChosen}>${entry.name}</a>
      <span class="hint">${Object.entries(entry.filter).map(([name, value]) => describe(name, value)).join(', ')}</span>
    </div>
    <button type="button" class="plain" aria-label=${`Rename ${entry.name}`} onClick=${() => setRenaming(true)}>Rename</button>
    <button type="button" class="plain" aria-label=${`Delete ${entry.name}`} onClick=${() => remove(entry.name)}>Delete</button>
  </li>`;
}

function SaveForm({ filter, taken }) {
  const [name, setName] = useState('');
  const form = useId();
  const save = (event) => {
    event.preventDefault();
    if (name.trim() !== '') {
      keep(name.trim(), filter);
      setName('');
    }
  };
  return html`<form id=${form} class="save-filter" onSubmit=${save}>
    <label class="field"><span>Save the present filter as</span>
      <input type="text" maxlength="60" autocomplete="off" value=${name} onInput=${(event) => setName(event.target.value)} />
    </label>
    <button type="submit" class="primary" disabled=${name.trim() === ''}>${taken.includes(name.trim()) ? 'Replace' : 'Save'}</button>
  </form>`;
}
