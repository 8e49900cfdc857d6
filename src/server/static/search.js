// Ctrl-K (or ⌘K, or /) goes to the search field. Without it the field is reached as any other.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  const wanted =
    ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (event.key === "/" && !typing);
  if (!wanted) return;
  event.preventDefault();
  const field = document.getElementById("q");
  field?.focus();
  field?.select();
});

// On a phone the menu is wider than the screen: bring the current entry into sight. Not by scrollIntoView: that would
// also move the place where Tab begins, past the skip link.
const menu = document.querySelector(".nav");
const current = menu?.querySelector('[aria-current="page"]');
if (menu !== null && current !== null && current !== undefined) {
  menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;
}
