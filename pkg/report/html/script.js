"use strict";
(function () {
  var form = document.getElementById("filter");
  if (!form) { return; }
  var articles = Array.prototype.slice.call(document.querySelectorAll("article"));
  var entries = Array.prototype.slice.call(document.querySelectorAll(".index li"));
  var shown = document.getElementById("shown");

  function value(name) { var e = form.elements[name]; return e ? e.value : ""; }

  function apply() {
    var rule = value("rule"), kind = value("kind"), file = value("file").trim().toLowerCase(), n = 0, levels = {};
    form.querySelectorAll("[name=level]").forEach(function (box) { levels[box.value] = box.checked; });
    articles.forEach(function (a, i) {
      var d = a.dataset;
      var fits = levels[d.level] && (!rule || d.rule === rule) && (!kind || d.kinds.split(" ").indexOf(kind) >= 0) &&
        d.files.toLowerCase().indexOf(file) >= 0;
      a.hidden = entries[i].hidden = !fits;
      if (fits) { n++; }
    });
    shown.textContent = n === articles.length ? "" : n + " of " + articles.length + " shown";
  }

  function each(open) {
    document.querySelectorAll("article:not([hidden]) details").forEach(function (d) { d.open = open; });
  }

  // What is far down the page stands in noscript, which costs nothing to load, and becomes part of it when it is opened.
  document.addEventListener("toggle", function (e) {
    var later = e.target.open && e.target.querySelector(":scope > noscript");
    if (later) {
      var made = document.createElement("div");
      made.innerHTML = later.textContent;
      later.replaceWith(made);
    }
  }, true);

  // A finding that is asked for is shown, whatever is filtered, with its trace.
  function visit() {
    var a = location.hash && document.getElementById(location.hash.slice(1));
    if (!a || a.tagName !== "ARTICLE") { return; }
    if (a.hidden) { form.reset(); apply(); }
    var flow = a.querySelector("details.flow");
    if (flow) { flow.open = true; }
    a.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  document.getElementById("open").addEventListener("click", function () { each(true); });
  document.getElementById("close").addEventListener("click", function () { each(false); });
  window.addEventListener("hashchange", visit);
  window.addEventListener("beforeprint", function () { each(true); });
  apply();
  visit();
})();
