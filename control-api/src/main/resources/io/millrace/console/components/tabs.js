// Tabs, of which one is chosen: with arrow keys, as the ARIA pattern has it. The chosen one is whoever uses it's to keep (in the address).
import { html, useEffect, useRef } from '../lib/html.js';

/** `tabs`: [{id, label, count?}]. `children`: the panel of the chosen one. */
export function Tabs({ tabs, selected, onSelect, label, children }) {
  const list = useRef(null);
  useEffect(() => {
    // Where not all of them fit, the chosen one is seen; the page itself stays where it is.
    const chosen = list.current.querySelector('[aria-selected="true"]');
    const { scrollLeft, clientWidth } = list.current;
    const left = chosen ? chosen.offsetLeft - list.current.offsetLeft : scrollLeft;
    if (chosen && (left < scrollLeft || left + chosen.offsetWidth > scrollLeft + clientWidth)) {
      list.current.scrollLeft = left - (clientWidth - chosen.offsetWidth) / 2;
    }
  }, [selected]);
  const move = (event) => {
    const at = tabs.findIndex((tab) => tab.id === selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    onSelect(tabs[next].id);
    list.current.children[next].focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${move}>
      ${tabs.map((tab) => html`<button type="button" role="tab" id=${`tab-${tab.id}`} key=${tab.id} aria-controls=${`panel-${tab.id}`}
        aria-selected=${tab.id === selected} tabindex=${tab.id === selected ? 0 : -1} onClick=${() => onSelect(tab.id)}>
        ${tab.label}${tab.count !== undefined && html`<span class="tab-count">${tab.count}</span>`}
      </button>`)}
    </div>
    <div class="tab-panel" role="tabpanel" id=${`panel-${selected}`} aria-labelledby=${`tab-${selected}`}>${children}</div>`;
}
