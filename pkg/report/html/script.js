"use strict";
(function () {
  var form = document.getElementById("filter");
  if (!form) { return; }
  var articles = Array.prototype.slice.call(document.querySelectorAll("article"));
  var shown = document.getElementById("shown");
  function apply() {
    var levels = {}, rule = form.elements.rule.value, file = form.elements.file.value.toLowerCase(), n = 0;
    Array.prototype.forEach.call(form.elements.level, function (box) { levels[box.value] = box.checked; });
    articles.forEach(function (a) {
      var fits = levels[a.dataset.level] && (!rule || a.dataset.rule === rule) && a.dataset.files.toLowerCase().indexOf(file) >= 0;
      a.hidden = !fits;
      if (fits) { n++; }
    });
    shown.textContent = n + " of " + articles.length + " shown";
  }
  function each(open) {
    document.querySelectorAll("details").forEach(function (d) { d.open = open; });
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  document.getElementById("open").addEventListener("click", function () { each(true); });
  document.getElementById("close").addEventListener("click", function () { each(false); });
  window.addEventListener("beforeprint", function () { each(true); });
  apply();
})();
