// Leads on to where the page has moved, and takes ?search and #fragment along.
// Without scripts, a <meta http-equiv="refresh"> does the same, and there is a link.
(function () {
  "use strict";
  var canonical = document.querySelector('link[rel="canonical"]');
  var target = (document.currentScript && document.currentScript.dataset.target) || (canonical && canonical.href);
  if (!target) return;
  var to = new URL(target, location.href);
  if (!to.search) to.search = location.search;
  if (location.hash) to.hash = location.hash;
  if (to.href !== location.href) location.replace(to.href);
})();
