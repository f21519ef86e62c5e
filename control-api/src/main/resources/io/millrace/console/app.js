// The console's entry: draws the shell, and in it the page that the address names.
import { html, render, useEffect } from './lib/html.js';
import { navigate, useRoute } from './lib/router.js';
import { loadMe } from './lib/me.js';
import { onReturn } from './lib/connection.js';
import { Shell } from './components/shell.js';
import { SignIn } from './components/sign-in.js';
import { Notices } from './components/notify.js';
import { EmptyView } from './components/views.js';
import { Link } from './components/link.js';
import WorkflowsPage from './pages/workflows/page.js';
import WorkflowPage from './pages/workflow/page.js';
import QueuesPage from './pages/queues/page.js';
import QueuePage from './pages/queues/queue-page.js';
import WorkersPage from './pages/workers/page.js';

/** Which page each address has: one for the list, one for what an id names. */
const PAGES = {
  workflows: { list: WorkflowsPage, one: WorkflowPage, title: 'Workflows' },
  queues: { list: QueuesPage, one: QueuePage, title: 'Queues' },
  workers: { list: WorkersPage, title: 'Workers' },
};

function pageOf([name, id, ...more]) {
  const page = PAGES[name];
  if (!page || more.length > 0) {
    return { component: NoSuchPage, title: 'Not found' };
  }
  const component = (id === undefined ? page.list : page.one) ?? NoSuchPage;
  return { component, title: id ?? page.title };
}

function NoSuchPage() {
  return html`<${EmptyView} title="There is no such page"><p><${Link} path="/workflows">Go to the workflows<//></p><//>`;
}

function App() {
  const { segments, query } = useRoute();
  const { component, title } = pageOf(segments);
  const id = segments[1];
  useEffect(() => {
    document.title = `${title} - Millrace`;
  }, [title]);
  useEffect(() => {
    if (segments.length === 0) {
      navigate('/workflows', {}, { replace: true });
    }
  });
  useEffect(() => {
    loadMe();
    return onReturn(loadMe);
  }, []);
  return html`
    <${Shell} page=${segments[0]}>
      ${segments.length > 0 && html`<${component} key=${segments.slice(0, 2).join('/')} params=${{ id }} query=${query} />`}
    <//>
    <${Notices} /><${SignIn} />`;
}

render(html`<${App} />`, document.getElementById('app'));
