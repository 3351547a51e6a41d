// One connection for all tabs: browsers allow six to a server, and each tab would hold one.

const tabs = new Set();
let newest = null;   // the last message with a view
let away = false;
let looking = null;  // the tab that was looked at last

connect(new URL("events", self.location.href), (news) => {
  away = news.away;
  if (!away) newest = news;
  // Only the tab that is looked at follows to what was saved.
  for (const tab of tabs) {
    tab.postMessage(away || tab === looking ? news : { ...news, saved: null });
  }
});

self.onconnect = ({ ports: [tab] }) => {
  const leave = () => tabs.delete(tab);
  tab.onmessage = ({ data }) => {
    if (data === "bye") return leave();
    if (data === "seen") looking = tab;
    if (data !== "hello") return;
    tabs.add(tab);
    // What changed before a tab came is in what it loaded.
    if (newest) tab.postMessage({ ...newest, files: [], saved: null, anew: false });
    if (away) tab.postMessage({ away });
  };
  // A tab that died cannot say so.
  tab.addEventListener("close", leave);
};
