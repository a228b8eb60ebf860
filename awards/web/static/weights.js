// Shares and the sum bar follow the weights while they are typed; the page works without.

const language = document.documentElement.lang;
const inputs = [...document.querySelectorAll("input[data-code]")];
const bar = document.querySelector("[data-sumbar]");

/** The number as the page's language writes it; NaN for anything else. */
function read(text) {
  const plain = text.replaceAll(" ", "");
  return Number(language === "id" ? plain.replaceAll(".", "").replace(",", ".") : plain.replaceAll(",", ""));
}

/** Each node's share of the total, by code; null while something is no number. */
function shares() {
  const weights = new Map(inputs.map((each) => [each.dataset.code, read(each.value)]));
  if ([...weights.values()].some((each) => !(each > 0))) return null;
  const sums = new Map();
  for (const each of inputs) {
    sums.set(each.dataset.group, (sums.get(each.dataset.group) ?? 0) + weights.get(each.dataset.code));
  }
  const found = new Map([[bar.dataset.sumbar, 1]]);
  for (const each of inputs) {
    const { code, group } = each.dataset;
    found.set(code, (found.get(group) * weights.get(code)) / sums.get(group));
  }
  return found;
}

function show() {
  const found = shares();
  if (found === null) return;
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  for (const each of document.querySelectorAll("[data-share]")) {
    each.textContent = `${percent.format(found.get(each.dataset.share) * 100)}%`;
  }
  let x = 0;
  for (const part of bar.querySelectorAll("[data-part]")) {
    const width = found.get(part.dataset.part) * 1000;
    part.setAttribute("x", x.toFixed(1));
    part.setAttribute("width", Math.max(width - 2, 0.5).toFixed(1));
    x += width;
  }
}

if (bar) for (const each of inputs) each.addEventListener("input", show);
