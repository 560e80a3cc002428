// Made-up news with many claims, the same on every run: an article a line, as `kutip claims` reads it.

const random = (state) => () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

/** JSON Lines of `stories` stories, each told by three of twelve outlets in ten shared sentences. */
export function news(stories) {
  const next = random(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const syllables = ["ka", "bar", "sa", "ga", "ra", "lem", "bah", "tin", "ta", "wir", "no", "pe", "li", "mu", "dra", "si"];
  const word = () => Array.from({ length: 2 + Math.floor(next() * 3) }, () => pick(syllables)).join("");
  const sentence = () => {
    const words = Array.from({ length: 11 }, word);
    return words[0][0].toUpperCase() + words.join(" ").slice(1) + ".";
  };
  const lines = [];
  for (let story = 0; story < stories; story++) {
    const shared = Array.from({ length: 10 }, sentence);
    for (let teller = 0; teller < 3; teller++) {
      const own = Array.from({ length: 3 }, sentence);
      const changed = shared.map((text, at) => (at % 3 === teller ? text.replace(/ \S+\.$/, ` ${word()}.`) : text));
      const day = String(1 + (story % 28)).padStart(2, "0");
      lines.push(JSON.stringify({
        outlet: `Outlet ${String.fromCharCode(65 + ((story + teller * 5) % 12))}`,
        published: `2023-01-${day}T${String(6 + teller).padStart(2, "0")}:00:00+07:00`,
        title: sentence(),
        text: [...own, ...changed].join("\n\n"),
      }));
    }
  }
  return lines.join("\n") + "\n";
}

/** JSON Lines of one statement that so many outlets carry. */
export const outlets = (n) => Array.from({ length: n }, (_, at) => JSON.stringify({
  outlet: `Outlet ${at}`,
  published: `2023-01-08T06:${String(at).padStart(2, "0")}:00+07:00`,
  text: "The minister of ports said that the old ferry will not return to the northern pier before the end of February.",
})).join("\n") + "\n";
