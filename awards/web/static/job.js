// Asks how a job is doing and shows it; when it is over, the page is loaded again.
const box = document.querySelector("[data-job]");
const bar = box.querySelector("progress");
const words = box.querySelector("[data-words]");

async function look() {
  try {
    const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
    const state = await answer.json();
    if (state.over) {
      location.reload();
      return;
    }
    words.textContent = state.words;
    if (state.share === null) bar.removeAttribute("value");
    else bar.value = state.share;
  } catch {
    // The server may be starting again: the job goes on without this page.
  }
  setTimeout(look, 1000);
}

setTimeout(look, 700);
