// Asking anew for styles and pictures whose files changed, without loading the page.

// The attributes that name a file, and those that name several.
const NAMING = ["src", "poster", "data", "href", "xlink:href"];
const NAMING_MANY = ["srcset", "imagesrcset"];

// The path of an address of this server, decoded; null for any other.
const pathOf = (address) => {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? decodeURIComponent(url.pathname) : null;
  } catch {
    return null;
  }
};

// The same address with a mark that no cache has seen.
const renewed = (address, mark) => {
  const url = new URL(address, location.href);
  url.searchParams.set("goodturn", mark);
  return url.href;
};

// Calls `set` with a new address once the browser has loaded what is there, so that the old
// picture stands until then.
const whenLoaded = (address, set) => {
  const picture = new Image();
  picture.onload = picture.onerror = () => set();
  picture.src = address;
};

// isMeant(path): whether a file changed. mark: a word that was not used before.
const refresh = (isMeant, mark) => {
  const meant = (address) => {
    const path = address && pathOf(address);
    return path !== null && path !== "" && isMeant(path);
  };
  for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
    if (leaving.has(link) || !meant(link.href)) continue;
    const fresh = link.cloneNode();
    fresh.href = renewed(link.href, mark);
    swapStyle(link, fresh);
  }
  for (const node of document.querySelectorAll("img, source, video, audio, input, object, embed, image")) {
    for (const name of NAMING) {
      const address = node.getAttribute(name);
      if (!meant(address)) continue;
      const fresh = renewed(address, mark);
      whenLoaded(fresh, () => node.setAttribute(name, fresh));
    }
    for (const name of NAMING_MANY) {
      const written = node.getAttribute(name) ?? "";
      const fresh = written.replace(/[^\s,]\S*[^\s,]/g, (word) => meant(word) ? renewed(word, mark) : word);
      if (written !== fresh) node.setAttribute(name, fresh);
    }
  }
  for (const node of document.querySelectorAll("[style*='url(']")) renewPictures(node.style, meant, mark);
  for (const sheet of document.styleSheets) renewRules(sheet, meant, mark);
};

// Pictures that a style sheet names.
const renewRules = (sheet, meant, mark) => {
  let rules;
  try {
    rules = sheet.cssRules;
  } catch {
    return; // of another server
  }
  for (const rule of rules) {
    if (rule.style) renewPictures(rule.style, meant, mark, sheet.href);
    if (rule.styleSheet) renewRules(rule.styleSheet, meant, mark);
    if (rule.cssRules) renewRules({ cssRules: rule.cssRules, href: sheet.href }, meant, mark);
  }
};

const renewPictures = (style, meant, mark, base) => {
  for (const name of [...style]) {
    const value = style.getPropertyValue(name);
    if (!value.includes("url(")) continue;
    const fresh = value.replace(/url\((["']?)(.*?)\1\)/g, (written, _, address) => {
      const full = new URL(address, base ?? document.baseURI).href;
      return meant(full) ? `url("${renewed(full, mark)}")` : written;
    });
    if (fresh !== value) style.setProperty(name, fresh, style.getPropertyPriority(name));
  }
};

