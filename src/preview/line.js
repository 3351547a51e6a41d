// The line to the preview's server, shared by worker.js and preview.js.
//
// connect(url, tell): calls tell(news) with every message of the server, and with { away: true }
// as long as it does not answer. `news.anew` says that something may have been missed: the server
// was started again, or the numbers of its views, which count up by one, have a gap.

const connect = (url, tell) => {
  let source, last;

  const hear = (event) => {
    const news = JSON.parse(event.data);
    const isSame = last && news.run === last.run && news.view === last.view;
    const isNext = last && news.run === last.run && news.view === last.view + 1;
    // What is told once more after a pause was done before it, and what is told first was there
    // already when the page was loaded.
    if (isSame || !last) Object.assign(news, { files: [], saved: null });
    tell({ ...news, anew: Boolean(last) && !isSame && !isNext, away: false });
    last = news;
  };

  const open = () => {
    source = new EventSource(url);
    source.onmessage = hear;
    source.onerror = () => {
      tell({ away: true });
      // Browsers try again by themselves, but not after every kind of failure.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 1000);
    };
  };

  open();
};

