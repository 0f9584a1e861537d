/** What devices and tabs hold in the end of what a person keeps, and of what is pinned, against the tables. */

/** A row of what a person keeps in a conversation, from the tables. */
export function addKept(world, { personId, settings, hidden, starred }, place) {
  world.kept.set(`${personId} ${place.id}`, { settings, hidden, starred });
}

const nothing = { settings: [false, false, null, null, null, null, [], null, null], hidden: [], starred: [] };

export class KeptJudge {
  constructor({ world, book, person, wrong }) {
    Object.assign(this, { world, book, person, wrong });
  }

  #row(id) {
    return this.world.kept.get(`${this.person} ${id}`) ?? nothing;
  }

  settings(id, settings) {
    this.book.count("settingsCompared");
    const row = this.#row(id).settings;
    if (JSON.stringify(settings) !== JSON.stringify(row))
      this.wrong("holds other settings at the end", `${id} ${JSON.stringify(settings)} of ${JSON.stringify(row)}`);
  }

  marks(id, hidden, starred) {
    const row = this.#row(id);
    this.book.count("hiddenCompared", row.hidden.length);
    this.book.count("starredCompared", row.starred.length);
    if (JSON.stringify(hidden) !== JSON.stringify(row.hidden))
      this.wrong("holds other deleted messages at the end", `${id} ${hidden} of ${row.hidden}`);
    if (JSON.stringify(starred) !== JSON.stringify(row.starred))
      this.wrong("holds other stars at the end", `${id} ${starred} of ${row.starred}`);
  }

  pins(id, base, pins) {
    const pinned = [...(this.world.places.get(id)?.pinned ?? [])].filter((seq) => seq > base);
    this.book.count("pinsCompared", pinned.length);
    if (JSON.stringify(pins) !== JSON.stringify(pinned))
      this.wrong("holds other pinned messages at the end", `${id} ${pins} of ${pinned}`);
  }
}
