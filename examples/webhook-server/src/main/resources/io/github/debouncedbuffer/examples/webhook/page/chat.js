// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

// The page: phones to type on, cards that show the buffer live, and the timeline. All of it is
// driven by the events of GET /events; whatever it shows of customers is set as text, never as HTML.

const phones = new Map(); // by key: what belongs to a customer
const RETRY_MILLIS = 500;

const byId = (id) => document.getElementById(id);
const pause = (millis) => new Promise((wake) => setTimeout(wake, millis));
const post = (path, body) =>
  fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });

function status(words) {
  byId('status').textContent = words;
}

// ---- Events, in the order in which a new page gets them

const EVENTS = {hello, key: keyChanged, said, ready, picture: redraw};

function connect() {
  const source = new EventSource('events');
  for (const [name, react] of Object.entries(EVENTS)) {
    source.addEventListener(name, (event) => react(JSON.parse(event.data)));
  }
  source.addEventListener('error', () => {
    document.body.dataset.connected = 'no';
    status('The server is gone; connecting again ...');
    if (source.readyState === EventSource.CLOSED) { // It was told to come back later.
      source.close();
      setTimeout(connect, 2000);
    }
  });
}

function hello(all) {
  for (const phone of all) {
    if (!phones.has(phone.key)) {
      phones.set(phone.key, draw(phone));
    }
  }
}

function ready(life) {
  for (const phone of phones.values()) {
    phone.log.setAttribute('aria-busy', 'false');
  }
  document.body.dataset.connected = 'yes';
  document.body.dataset.life = life.pid;
  status(`Connected to process ${life.pid}.`);
  redraw();
}

let drawnAgain = null;

function redraw() {
  clearTimeout(drawnAgain);
  drawnAgain = setTimeout(() => { byId('timeline').src = `timeline.svg?${Date.now()}`; }, 200);
}

// ---- Phones

function draw(phone) {
  const shown = byId('phone').content.cloneNode(true).querySelector('.phone');
  const part = (selector) => shown.querySelector(selector);
  shown.dataset.phone = phone.phone;
  part('.title').textContent = phone.title;
  part('.customer').textContent = phone.customer;
  const input = part('input');
  input.id = `text-${phone.phone}`;
  part('label').htmlFor = input.id;
  part('label').textContent = `Message from ${phone.customer} over ${phone.title}`;
  part('.log').setAttribute('aria-label', `Chat of ${phone.customer} over ${phone.title}`);
  part('.again').hidden = !phone.givesIds;
  part('.no-ids').hidden = phone.givesIds;
  const drawn = {
    ...phone, log: part('.log'), again: part('.again'), bubbles: new Map(), sending: Promise.resolve(),
    card: drawCard(phone),
  };
  part('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text) {
      input.value = '';
      send(drawn, {id: `page.${crypto.randomUUID()}`, text});
    }
  });
  drawn.again.addEventListener('click', () => send(drawn, drawn.latest));
  byId('phones').append(shown);
  return drawn;
}

/** One message after the other, so that they arrive in the order in which they were typed. */
function send(phone, message) {
  said({key: phone.key, from: 'CUSTOMER', ...message}).classList.add('sending');
  phone.sending = phone.sending.then(() => deliver(phone, message));
}

/** As a provider does: again, with the same id, until the webhook says that it is stored. */
async function deliver(phone, message) {
  for (;;) {
    const code = await post('phone', {phone: phone.phone, ...message}).then((r) => r.status, () => 503);
    if (code < 500) {
      const bubble = phone.bubbles.get(`CUSTOMER ${message.id}`);
      bubble.classList.remove('sending');
      bubble.classList.toggle('refused', code >= 400);
      return;
    }
    await pause(RETRY_MILLIS);
  }
}

/** Shows a bubble, unless it is there; a new page is told of all of them. */
function said(line) {
  const phone = phones.get(line.key);
  if (!phone) {
    return null; // Somebody whose phone is not here.
  }
  const name = `${line.from} ${line.id}`;
  if (line.from === 'CUSTOMER') {
    phone.latest = {id: line.id, text: line.text};
    phone.again.disabled = false;
  }
  if (!phone.bubbles.has(name)) {
    phone.bubbles.set(name, bubble(line));
    phone.log.append(phone.bubbles.get(name));
    phone.log.scrollTop = phone.log.scrollHeight;
  }
  return phone.bubbles.get(name);
}

function bubble(line) {
  const shown = document.createElement('p');
  const who = document.createElement('span');
  who.className = 'hidden';
  who.textContent = line.from === 'BOT' ? 'The bot: ' : 'You: ';
  const text = document.createElement('span');
  text.className = 'text';
  text.textContent = line.text;
  shown.className = `bubble ${line.from.toLowerCase()}`;
  shown.append(who, text);
  return shown;
}

// ---- The buffer

const messages = (count) => (count === 1 ? '1 message' : `${count} messages`);
const seconds = (millis) => `${(Math.max(0, millis) / 1000).toFixed(1)} s`;

const STATES = {
  IDLE: {badge: 'idle', words: () => 'Nothing is stored.'},
  WAITING: {badge: 'waiting', words: (v, left) => `The window of ${messages(v.pending)} is due in ${seconds(left)}.`},
  RUNNING: {badge: 'running', words: (v) => `The AI answers ${messages(v.pending - v.late)}.`},
  BACKING_OFF: {badge: 'backing off', words: (v, left) => `The same batch is tried again in ${seconds(left)}.`},
};

function drawCard(phone) {
  const shown = byId('card').content.cloneNode(true).querySelector('.card');
  shown.dataset.phone = phone.phone;
  shown.querySelector('.title').textContent = phone.title;
  shown.querySelector('.key').textContent = phone.key;
  byId('live').append(shown);
  return shown;
}

function keyChanged(view) {
  const phone = phones.get(view.key);
  const card = phone.card;
  const timed = view.dueInMillis !== undefined;
  const dueAt = timed ? performance.now() + view.dueInMillis : null;
  const goesOn = phone.view && phone.view.state === view.state && timed;
  phone.longest = Math.max(goesOn ? phone.longest : 1, view.dueInMillis ?? 0);
  phone.view = view;
  phone.dueAt = dueAt;
  card.dataset.state = view.state;
  card.querySelector('.badge').textContent = STATES[view.state].badge;
  for (const count of ['pending', 'late', 'attempt', 'redelivered', 'dead']) {
    card.querySelector(`.${count}`).textContent = view[count];
    card.querySelector(`.${count}`).classList.toggle('some', view[count] > 0);
  }
  if (view.last) {
    card.querySelector('.last').textContent = view.last;
  }
  countDown(phone);
}

function countDown(phone) {
  if (phone.view) {
    const left = phone.dueAt === null ? 0 : phone.dueAt - performance.now();
    phone.card.querySelector('.state').textContent = STATES[phone.view.state].words(phone.view, left);
    const bar = phone.card.querySelector('progress');
    if (phone.view.state === 'RUNNING') {
      bar.removeAttribute('value'); // Nobody knows how long.
    } else {
      bar.value = Math.max(0, left) / phone.longest;
    }
  }
}

setInterval(() => phones.forEach(countDown), 100);

// ---- Buttons

byId('fail').addEventListener('click', async () => {
  await post('ai/fail', {});
  status('The next answer will fail.');
});
byId('kill').addEventListener('click', () => {
  status('Killed.');
  post('kill', {}).catch(() => {}); // Who is killed does not answer.
});

connect();
