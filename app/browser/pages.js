// One page of every kind, by the name of its kind: what every check of pages goes through.

/** A text that somebody pastes, with two reports in it. */
export const PASTED = `Talks in Oslo

Oslo Courier Published March 5, 2024

Pakistan’s foreign minister, Sara Iqbal, met Norway’s ambassador, Per Lie, on Monday.
Norway’s ambassador, Per Lie, urged Pakistan to reopen the consulate in Karachi.`;

/** Addresses on a server that shows the shipped pages and the story. */
export async function kinds(server) {
  const data = async (path) => (await fetch(server.at + path)).json();
  const { latest_contacts: contacts, latest_articles: articles } = await data("/index.json");
  const event = contacts.find(({ first }) => first.report.actors[0].actor.kind === "person");
  const [{ actor: person }] = event.first.report.actors;
  const [issue] = (await data("/index.json")).issues;
  const longest = articles.reduce((one, other) => (other.reports > one.reports ? other : one));
  return {
    "front page": "/",
    "a pair that can be judged": "/d/NOR-PRT",
    "a pair with little evidence": "/d/PAK-USA",
    "a pair that nothing is known of": "/d/FJI-PER",
    "a pair, every day": "/d/NOR-PRT?by=day&since=2025-01-01",
    "a pair on a day that is none": "/d/NOR-PRT?on=soon",
    contacts: "/d/NOR-PRT/contacts",
    statements: "/d/NOR-PRT/statements",
    actions: "/d/NOR-PRT/actions",
    "all events": "/d/NOR-PRT/events",
    "a list of nothing": "/d/NOR-PRT/events?words=zeppelin",
    "issues of a pair": "/d/NOR-PRT/issues",
    "people of a pair": "/d/NOR-PRT/people",
    "an event": `/x/${event.event.id}`,
    "evidence for an event": `/x/${event.event.id}/evidence.html`,
    "evidence for a pair": "/d/NOR-PRT/evidence.html",
    "an article": `/a/${longest.hash.slice(0, 10)}`,
    "a person": `/p/${encodeURIComponent(person.name)}`,
    "an issue": `/i/${issue.of}`,
    "a state": "/s/PRT",
    network: "/network",
    "network as a matrix": "/network?view=matrix",
    sources: "/sources",
    methods: "/methods",
    "for programs": "/api",
    "the form for a page": "/read",
    search: "/search?q=minister",
    "a search for a pair": "/search?q=Norway%20Portugal",
    "a search that finds nothing": "/search?q=zeppelin",
    "no such page": "/nowhere",
    "no such state": "/s/ATLANTIS",
    "no such event": "/x/none",
  };
}

/** Pastes a text into the form and has it read. */
export async function paste(page, text = PASTED) {
  await page.goto("/read");
  await page.getByRole("textbox", { name: /the text/i }).fill(text);
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByText("Read just now, and not kept.").waitFor();
}
