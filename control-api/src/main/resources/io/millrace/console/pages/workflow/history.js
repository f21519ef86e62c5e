// The history: every fact in order, in plain words, with who asked for what and why.
import { html, useMemo, useState } from '../../lib/html.js';
import { count, timeOf } from '../../lib/format.js';
import { JsonView } from '../../components/json-view.js';
import { EmptyView, Loading } from '../../components/views.js';
import { wordsOf } from './words.js';

/** So many facts are drawn at a time. */
const PAGE = 100;

export function History({ facts, factsLoaded }) {
  const [onlyCommands, setOnlyCommands] = useState(false);
  const [page, setPage] = useState(0);
  const told = useMemo(() => facts.map((fact, i) => ({ fact, place: i, ...wordsOf(fact) })), [facts]);
  const shown = onlyCommands ? told.filter((each) => each.command) : told;
  const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
  const at = Math.min(page, last);
  if (facts.length === 0 && !factsLoaded) {
    return html`<${Loading} what="Loading the history" />`;
  }
  const filter = (event) => {
    setOnlyCommands(event.target.checked);
    setPage(0);
  };
  return html`<section class="history" aria-label="History">
    <div class="view-tools" role="toolbar" aria-label="History">
      <label class="tick-box"><input type="checkbox" checked=${onlyCommands} onChange=${filter} /> <span>Only what somebody asked for</span></label>
      <span class="hint">${count(shown.length)} of ${count(facts.length)}${factsLoaded ? '' : ', loading more'}</span>
      ${last > 0 && html`<${Pages} at=${at} last=${last} go=${setPage} />`}
    </div>
    ${shown.length === 0
      ? html`<${EmptyView} title="Nobody has asked for anything"><p>Commands to this workflow appear here, with who gave them and why.</p><//>`
      : html`<ol class="told" start=${at * PAGE + 1}>${shown.slice(at * PAGE, (at + 1) * PAGE).map((each) => html`<${Fact} key=${each.place} ...${each} />`)}</ol>`}
  </section>`;
}

function Pages({ at, last, go }) {
  const button = (label, to, off) => html`<button type="button" disabled=${off} onClick=${() => go(to)}>${label}</button>`;
  return html`<span class="tools-end">
    ${button('First', 0, at === 0)} ${button('Back', at - 1, at === 0)}
    <span class="zoom">${at + 1} of ${last + 1}</span>
    ${button('Next', at + 1, at === last)} ${button('Last', last, at === last)}
  </span>`;
}

function Fact({ fact, text, tone, command }) {
  const [opened, setOpened] = useState(false);
  return html`<li class=${`fact fact-${tone}${command ? ' fact-command' : ''}`}>
    <time datetime=${fact.at} title=${fact.at}>${timeOf(fact.at)}</time>
    <details class="fact-body" onToggle=${(event) => setOpened(event.target.open)}>
      <summary><span class="fact-text">${text}</span>${command && html`<${Command} ...${command} />`}</summary>
      ${opened && html`<${JsonView} value=${fact} label="fact" />`}
    </details>
  </li>`;
}

function Command({ issuer, reason, accepted }) {
  return html`<span class="fact-who">
    <span class=${accepted ? 'outcome good' : 'outcome bad'}>${accepted ? 'accepted' : 'refused'}</span>
    ${issuer && html`<span>by <strong>${issuer}</strong></span>`}
    ${reason && html`<span>because “${reason}”</span>`}
  </span>`;
}
