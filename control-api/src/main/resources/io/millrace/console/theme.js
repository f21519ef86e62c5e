// Puts the colours that were chosen last in place before the page is drawn. A classic script: modules run too late for that.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('millrace.theme');
  } catch {
    // Storage may be forbidden; then the system's choice holds.
  }
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
}
