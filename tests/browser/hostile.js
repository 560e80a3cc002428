// Articles that try to be more than text, and articles in a script from right to left.

const evil = [
  `The minister of ports said that the old ferry </style><script>alert("style")</script> will not return to the northern pier before the end of February.`,
  `Reporters were told that "><img src=x onerror=alert(1)> three bridges stay closed to lorries <b onclick='alert(2)'>until Tuesday</b> after the flood.`,
  `{{ 7 * 7 }} {% raw %} The harbour office counted &lt;b&gt; forty damaged boats \u202E & 'quoted' losses --> ]]> along the eastern quay this week.`,
];
const arabic = [
  "قال وزير النقل إن العبارات لن تعود إلى الميناء القديم قبل نهاية شهر فبراير بسبب العاصفة",
  "وأضاف أن ثلاثة جسور أغلقت أمام الشاحنات حتى صباح يوم الثلاثاء المقبل بعد ارتفاع المياه",
];

const article = (outlet, texts, fields = {}) =>
  JSON.stringify({ outlet, published: "2023-01-08T06:00:00+07:00", text: texts.join("\n\n"), ...fields });

/** JSON Lines. */
export const hostile = [
  article(`Kabar "><script>alert(3)</script>`, evil, { title: `</title><script>alert(4)</script>`, url: "javascript:alert(5)" }),
  article("Warta", evil.map((text) => text.replace("minister", "mayor").replace("forty", "fifty")), { author: `<svg onload=alert(6)>` }),
  article("الميناء", arabic, { title: "العبارات لن تعود قبل نهاية فبراير" }),
  article("الساحل", [arabic[0].replace("فبراير", "مارس"), arabic[1]]),
].join("\n");
