
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('data').textContent);
  const fill = (text, ...values) => values.reduce((all, value, at) => all.replace('#' + (at + 1), value), text);

  // The pages, one at a time.
  const cards = [...document.querySelectorAll('.card')];
  const places = new Map(cards.map((card, at) => [card.dataset.page, at]));
  places.delete(undefined);
  let now = 0;
  const show = (at, focus) => {
    if (at < 0 || at >= cards.length) return;
    cards[now].classList.remove('now');
    now = at;
    cards[now].classList.add('now');
    byId('previous').disabled = now === 0;
    byId('next').disabled = now === cards.length - 1;
    byId('jump').selectedIndex = now;
    byId('at').textContent = fill(data.words.at, now + 1, cards.length);
    if (focus) cards[now].focus();
  };
  if (cards.length) {
    byId('previous').addEventListener('click', () => show(now - 1));
    byId('next').addEventListener('click', () => show(now + 1));
    byId('jump').addEventListener('change', (event) => show(event.target.selectedIndex));
    show(0);
  }

  // The rows: what is searched for, so many at a time.
  const STEP = 100;
  const list = byId('list');
  const headings = [...list.closest('table').querySelectorAll('th')].map((cell) => cell.textContent);
  let texts = null;
  let found = [];
  let shown = 0;
  const tag = (status) => {
    const made = document.createElement('span');
    made.className = 'tag ' + data.statuses[status][0];
    made.textContent = data.statuses[status][1];
    return made;
  };
  const link = (page) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = page;
    made.addEventListener('click', () => {
      show(places.get(page), true);
      byId('pages').scrollIntoView();
    });
    return made;
  };
  const line = (row) => {
    const made = document.createElement('tr');
    row.forEach((value, column) => {
      const cell = document.createElement('td');
      cell.dataset.of = headings[column];
      if (column === 1) cell.append(tag(value));
      else if (column === 6 && places.has(value)) cell.append(link(value));
      else cell.textContent = value;
      made.append(cell);
    });
    return made;
  };
  const more = () => {
    const part = document.createDocumentFragment();
    for (const at of found.slice(shown, shown + STEP)) part.append(line(data.rows[at]));
    list.append(part);
    shown = Math.min(shown + STEP, found.length);
    byId('more').hidden = shown === found.length;
    byId('found').textContent = found.length ? fill(data.words.found, found.length, shown) : data.words.nothing;
  };
  const plain = (text) => text.normalize('NFKC').toLowerCase();
  const find = () => {
    const words = plain(byId('search').value).split(/\s+/).filter(Boolean);
    const status = byId('filter').value;
    if (words.length && !texts) {
      texts = data.rows.map((row) =>
        plain(row.map((value, column) => (column === 1 ? data.statuses[value][1] : value)).join('\n')));
    }
    found = [];
    data.rows.forEach((row, at) => {
      if (status !== '' && row[1] !== Number(status)) return;
      if (words.every((word) => texts[at].includes(word))) found.push(at);
    });
    shown = 0;
    list.replaceChildren();
    more();
  };
  const present = new Set(data.rows.map((row) => row[1]));
  data.statuses.forEach((status, at) => {
    if (present.has(at)) byId('filter').append(new Option(status[1], at));
  });
  let waiting = 0;
  byId('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 60);
  });
  byId('filter').addEventListener('change', find);
  byId('more').addEventListener('click', more);
  find();

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest('input, select, textarea')) return;
    if (event.key === 'ArrowRight') show(now + 1);
    else if (event.key === 'ArrowLeft') show(now - 1);
    else if (event.key === '/') byId('search').focus();
    else return;
    event.preventDefault();
  });
})();
