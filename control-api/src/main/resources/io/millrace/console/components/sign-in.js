// Asks for a bearer token when the server wants to know who somebody is. The token stays in this tab, and never in an address.
import { html, useEffect, useId, useState } from '../lib/html.js';
import { onUnauthorized, signIn, signOut, token } from '../lib/api.js';
import { loadMe } from '../lib/me.js';
import { Dialog } from './dialog.js';

/** Once in the page; shows itself when a request is answered 401. */
export function SignIn() {
  const [ask, setAsk] = useState(null);
  useEffect(() => {
    onUnauthorized((problem) => new Promise((resolve) => {
      setAsk({ resolve, refused: token() !== null, detail: problem.detail });
    }));
  }, []);
  if (!ask) {
    return null;
  }
  const finish = (newToken) => {
    setAsk(null);
    if (newToken === null) {
      signOut();
    } else {
      signIn(newToken);
    }
    ask.resolve(newToken !== null);
    if (newToken !== null) {
      loadMe();
    }
  };
  return html`<${SignInDialog} refused=${ask.refused} detail=${ask.detail} onFinish=${finish} />`;
}

function SignInDialog({ refused, detail, onFinish }) {
  const [text, setText] = useState('');
  const form = useId();
  const submit = (event) => {
    event.preventDefault();
    if (text.trim() !== '') {
      onFinish(text.trim());
    }
  };
  const actions = html`<button type="submit" form=${form} class="primary" disabled=${text.trim() === ''}>Sign in</button>`;
  return html`<${Dialog} title="Sign in" onClose=${() => onFinish(null)} actions=${actions}>
    <form id=${form} class="stack" onSubmit=${submit}>
      <p>This Millrace asks who you are. Paste the token that you were given.</p>
      ${refused && html`<p class="problem" role="alert">The token was not accepted${detail ? `: ${detail}` : ''}.</p>`}
      <label class="field"><span>Token</span>
        <input type="password" name="token" autocomplete="off" value=${text} onInput=${(event) => setText(event.target.value)} />
      </label>
      <p class="hint">It is kept in this tab until you close it.</p>
    </form>
  <//>`;
}
