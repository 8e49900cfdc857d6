// Live progress of a job. Without it the page asks again by itself every few seconds.
const box = document.querySelector("[data-job]");
if (box !== null) {
  document.querySelector('meta[http-equiv="refresh"]')?.remove();
  const events = new EventSource(box.dataset.job);
  events.addEventListener("message", (event) => {
    const { state, done, of, words } = JSON.parse(event.data);
    if (state !== "running") {
      events.close();
      window.location.reload();
      return;
    }
    if (of === undefined) return;
    box.querySelector("p").textContent = `第 ${done} / ${of} 步：${words}`;
    const bar = box.querySelector("progress");
    bar.max = of;
    bar.value = done;
  });
}
