// Questions under conditions show and hide at once. Without this the server asks again.
// A question that is hidden is switched off too, so that nothing of it is sent; what was typed in
// it comes back with it.

for (const sheet of document.querySelectorAll("[data-sheet]")) {
  const questions = [...sheet.querySelectorAll("[data-question]")];
  const announcer = sheet.querySelector("[data-announce]");
  const number = new Intl.NumberFormat(document.documentElement.lang);

  const chosen = (key) => {
    const question = sheet.querySelector(`[data-question="${CSS.escape(key)}"]`);
    if (!question || question.hidden) return new Set();
    return new Set([...question.querySelectorAll(":checked")].map((input) => input.value));
  };
  const holds = ({ question, answers }) => {
    const given = chosen(question);
    return answers.some((answer) => given.has(answer));
  };
  const textOf = (question) =>
    question.querySelector("legend, label")?.textContent.replace(/\s+/g, " ").trim() ?? "";

  const count = () => {
    const counted = questions.filter(
      (question) => !question.hidden && question.querySelector(".asked__place"),
    );
    counted.forEach((question, index) => {
      question.querySelector(".asked__place").textContent = sheet.dataset.place
        .replace("{n}", number.format(index + 1))
        .replace("{total}", number.format(counted.length));
    });
  };

  // In the order asked: a question that has just been hidden opens nothing further on.
  const settle = () => {
    const said = [];
    for (const question of questions) {
      if (!question.dataset.conditions) continue;
      const isShown = JSON.parse(question.dataset.conditions).every(holds);
      if (isShown !== question.hidden) continue;
      question.hidden = question.disabled = !isShown;
      const words = isShown ? announcer.dataset.more : announcer.dataset.fewer;
      said.push(words.replace("{question}", textOf(question)));
    }
    if (said.length === 0) return;
    announcer.textContent = said.join(" ");
    count();
  };

  // Whoever writes another answer has chosen it.
  sheet.addEventListener("input", (event) => {
    const line = event.target.closest("[data-other] input");
    const other = line?.closest("[data-question]").querySelector('input[value="other"]');
    if (other && line.value && !other.checked) other.click();
  });

  // Also after a draft was filled in again: whoever does so says it by a "change" on the form.
  sheet.closest("form").addEventListener("change", settle);
  settle();
}
