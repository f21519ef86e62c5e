// What every page is in: the header with the ways to the pages, whether the data is current, the colours, and who looks.
import { html, useState } from '../lib/html.js';
import { server, stream } from '../lib/connection.js';
import { useStore } from '../lib/store.js';
import { me } from '../lib/me.js';
import { signOut, token } from '../lib/api.js';
import { words } from '../lib/format.js';
import { Link } from './link.js';

const PAGES = [
  { name: 'workflows', label: 'Workflows' },
  { name: 'queues', label: 'Queues' },
  { name: 'workers', label: 'Workers' },
];

export function Shell({ page, children }) {
  const offline = useStore(server) === 'offline';
  return html`
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header class="top">
      <${Link} path="/workflows" class="brand"><img src="console/icon.svg" alt="" width="22" height="22" /> Millrace<//>
      <nav aria-label="Pages">
        ${PAGES.map(({ name, label }) => html`<${Link} key=${name} path=${`/${name}`} aria-current=${name === page ? 'page' : undefined}>${label}<//>`)}
      </nav>
      <div class="top-end"><${LiveState} /><${ThemeSwitch} /><${WhoAmI} /></div>
    </header>
    ${offline && html`<div class="banner" role="alert">The Millrace server does not answer. What you see is as it was last; this page goes on by itself when the server is back.</div>`}
    <main id="main" tabindex="-1">${children}</main>`;
}

function skip(event) {
  event.preventDefault(); // The address is the router's.
  document.getElementById('main').focus();
}

const LIVE = { live: 'Live', connecting: 'Connecting', offline: 'Offline' };

function LiveState() {
  const reached = useStore(server);
  const events = useStore(stream);
  const state = reached === 'offline' ? 'offline' : (events ?? 'live');
  return html`<span class=${`live live-${state}`} role="status" title="Whether what you see is current">${LIVE[state]}</span>`;
}

const THEMES = [['', 'Theme: system'], ['light', 'Theme: light'], ['dark', 'Theme: dark']];

function ThemeSwitch() {
  const root = document.documentElement;
  const [theme, setTheme] = useState(root.dataset.theme ?? '');
  const choose = (event) => {
    const chosen = event.target.value;
    if (chosen === '') {
      delete root.dataset.theme;
      localStorage.removeItem('millrace.theme');
    } else {
      root.dataset.theme = chosen;
      localStorage.setItem('millrace.theme', chosen);
    }
    setTheme(chosen);
  };
  return html`<select class="theme" aria-label="Colours" value=${theme} onChange=${choose}>
    ${THEMES.map(([value, label]) => html`<option key=${value} value=${value} selected=${value === theme}>${label}</option>`)}
  </select>`;
}

function WhoAmI() {
  const person = useStore(me);
  if (person === null) {
    return null;
  }
  const leave = () => {
    signOut();
    location.reload();
  };
  return html`<span class="who" title=${`${person.name}, role ${words(person.role)}`}>
    <span class="who-name">${person.name}</span> <span class="who-role">${words(person.role)}</span>
    ${token() && html`<button type="button" class="plain" onClick=${leave}>Sign out</button>`}
  </span>`;
}
