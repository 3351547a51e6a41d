// Gives a page of a book the colours and the text size that its reader chose, before it is
// painted. reader.js keeps them.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    const { theme, size } = JSON.parse(localStorage.getItem("goodturn-reader")) ?? {};
    if (theme) root.dataset.theme = theme;
    if (size) root.dataset.size = size;
  } catch {
    // The browser keeps nothing for this site: the page looks as it was written.
  }
})();
