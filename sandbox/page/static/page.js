// The practice workspace in the browser. The server draws every piece; this file asks for them again when something
// changed, puts in only what differs (so focus, scroll position, typed words and open menus stay), and sends gestures.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const body = document.body;
const looking = { as: body.dataset.user, in: body.dataset.place, thread: body.dataset.thread, mail: body.dataset.mail };
let version = Number(body.dataset.version);
let waiting = null; // the AbortController of the request that waits for news
let settled = Promise.resolve(); // ends when no other request for the screen is under way
let turn = 0; // rises with every request for the screen; answers to older ones are dropped
const NO_ANSWER = "The practice workspace does not answer. Is it still running?";

// ---- putting in what differs -------------------------------------------------------------------------------------

const KEPT = new Set(["open", "style", "aria-busy"]); // set here or by the browser, unknown to the server

function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.isEqualNode(fresh)) return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const match = next.id ? known.get(next.id) : null;
    if (match) {
      // Moving a node would close its menus, so whatever stands before it and is no longer wanted goes instead.
      while (at && at !== match && !(at.id && wanted.has(at.id))) at = drop(at);
      if (at === match) at = at.nextSibling;
      else old.insertBefore(match, at);
      morph(match, next);
    } else if (at && !at.id && !next.id && at.nodeName === next.nodeName) {
      const reused = at;
      at = at.nextSibling;
      morph(reused, next);
    } else {
      old.insertBefore(next, at);
    }
  }
  while (at) at = drop(at);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

// ---- the screen --------------------------------------------------------------------------------------------------

const address = () => "?" + new URLSearchParams(Object.entries(looking).filter(([, value]) => value));

async function ask(after, signal) {
  const mine = ++turn;
  const asked = JSON.stringify(looking);
  const query = new URLSearchParams({ ...looking, version: after, unseen: document.hidden ? 1 : 0 });
  const answer = await fetch("/page/screen?" + query, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const screen = await answer.json();
  while (pressed) await pressed;
  if (mine === turn && asked === JSON.stringify(looking)) draw(screen); // else the person has gone elsewhere meanwhile
}

// What a finger or a mouse is down on stays as it is until they are up: a button that moves, changes or goes meanwhile loses
// its click, or is clicked as another. The list of a select may take the rest of the press to itself, so there is an end to it.
const LONGEST_PRESS = 2000;
let pressed = null; // ends with the press, and once its click has been heard
let released = () => {};

addEventListener("pointerdown", () => {
  released();
  const press = (pressed = new Promise((resume) => (released = resume)).then(() => {
    if (pressed === press) pressed = null;
  }));
  setTimeout(released, LONGEST_PRESS);
}, true);

for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(released), true);

function refresh() {
  waiting?.abort(); // it may be about another place by now
  const asked = ask(-1);
  settled = Promise.allSettled([settled, asked]);
  return asked.catch(() => toast(NO_ANSWER));
}

async function follow() {
  for (;;) {
    await settled;
    waiting = new AbortController();
    try {
      await ask(version, waiting.signal);
    } catch (error) {
      if (error.name !== "AbortError") await new Promise((resume) => setTimeout(resume, 1000)); // it may be restarting
    }
  }
}

function draw(screen) {
  version = screen.version;
  Object.assign(looking, screen.looking);
  const before = new Set($$(".message").map((message) => message.id));
  const places = $$(".scroller").map((scroller) => [scroller.id, body.dataset.place + body.dataset.thread, atEnd(scroller)]);
  for (const [name, html] of Object.entries(screen.parts)) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    morphChildren(document.getElementById(name), fresh.content);
  }
  const moved = looking.in !== body.dataset.place || looking.as !== body.dataset.user;
  const threadMoved = looking.thread !== body.dataset.thread;
  const mailMoved = looking.mail !== body.dataset.mail;
  Object.assign(body.dataset, { user: looking.as, place: looking.in, thread: looking.thread, mail: looking.mail, version });
  $("#window").classList.toggle("has-thread", Boolean($("#thread-scroller")));
  $("#window").classList.toggle("has-mail", Boolean($("#mail-scroller")));
  document.title = screen.title;
  if (moved) body.classList.remove("news-below");
  if (moved || threadMoved || mailMoved) restoreDrafts();
  keepScroll(places, moved, { "thread-scroller": threadMoved, "mail-scroller": mailMoved });
  const otherwise = { "m-": moved, "t-": threadMoved, "l-": mailMoved }; // a place that was gone to has no news in it
  welcome($$(".message").filter((message) => !before.has(message.id) && !otherwise[message.id.slice(0, 2)]));
  showView();
}

const atEnd = (scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
const toEnd = (scroller) => {
  if (scroller && !$(".menu:popover-open", scroller)) scroller.scrollTo({ top: scroller.scrollHeight }); // else the menu would be left behind
};

function keepScroll(places, moved, panels) {
  const ended = new Map(places.map(([id, , end]) => [id, end]));
  if (moved) looking.in === "home" ? $("#scroller").scrollTo({ top: 0 }) : toEnd($("#scroller"));
  else if (ended.get("scroller") && looking.in !== "home") toEnd($("#scroller"));
  for (const [id, panelMoved] of Object.entries(panels)) if (panelMoved || ended.get(id) !== false) toEnd(document.getElementById(id));
}

function welcome(news) {
  for (const message of news) message.classList.add("fresh");
  const others = news.filter((message) => message.dataset.author !== looking.as);
  if (!others.length) return;
  $("#announcer").textContent = others.map((message) => `${message.ariaLabel}: ${$(".content", message).innerText}`).join("\n").slice(0, 400);
  const scroller = $("#scroller");
  if (scroller && !atEnd(scroller) && others.some((message) => message.id.startsWith("m-"))) body.classList.add("news-below");
}

function go(change, remember = true) {
  const elsewhere = ("in" in change && change.in !== looking.in) || ("as" in change && change.as !== looking.as);
  if (elsewhere && !("thread" in change)) change.thread = "";
  keepDrafts();
  Object.assign(looking, change);
  body.classList.remove("sidebar-open");
  if (remember) history.pushState({}, "", address());
  if (elsewhere && looking.in === "home") return gesture({ do: "open_home" });
  return refresh();
}

// What somebody has typed belongs to the place it was typed in, and to nobody else.
const drafts = new Map();
const boxes = () => [
  ...[["#say", ""], ["#reply", looking.thread]].map(([box, thread]) => [$(box), [box, looking.as, looking.in, thread].join()]),
  ...["#answer", "#own-subject", "#own-text"].map((box) => [$(box), [box, looking.as, looking.mail].join()]),
];

function keepDrafts() {
  for (const [box, key] of boxes()) if (box) drafts.set(key, box.value);
}

function restoreDrafts() {
  for (const [box, key] of boxes()) if (box) box.value = drafts.get(key) ?? box.defaultValue;
}

// ---- gestures ----------------------------------------------------------------------------------------------------

async function gesture(what, element = null) {
  if (element?.closest("dialog") === null) openedFrom = element;
  element?.setAttribute("aria-busy", "true");
  let answer = { ok: false, error: NO_ANSWER };
  try {
    const reply = await fetch("/page/gesture", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...looking, ...what }),
    });
    answer = await reply.json();
  } catch (error) {
    console.warn(error);
  }
  element?.removeAttribute("aria-busy");
  if (!answer.ok) toast(answer.error);
  await refresh();
  return answer.ok;
}

function toast(words) {
  const note = Object.assign(document.createElement("div"), { className: "toast", textContent: words });
  note.dataset.testid = "toast";
  const shelf = $("#toasts");
  // In front of an open dialog only another member of the top layer is seen, and a popover is one.
  shelf.popover = "manual";
  shelf.hidePopover();
  shelf.append(note);
  shelf.showPopover();
  setTimeout(() => {
    note.remove();
    if (!shelf.children.length) shelf.hidePopover();
  }, 6000);
}

function told(element) {
  const { do: kind, actionId, blockId, value, emoji, callback } = element.dataset;
  const message = element.closest("[data-ts]");
  const view = element.closest("[data-view]");
  return { do: kind, action_id: actionId, block_id: blockId, value, emoji, callback, channel: message?.dataset.channel, ts: message?.dataset.ts, view: view?.dataset.view };
}

async function confirmed(element) {
  if (!element.dataset.confirm) return true;
  const words = JSON.parse(element.dataset.confirm);
  const dialog = $("#confirm");
  const [no, yes] = $$("button", dialog);
  $("#confirm-title").textContent = words.title.text;
  $("#confirm-text").textContent = words.text.text;
  no.textContent = words.deny.text;
  yes.textContent = words.confirm.text;
  yes.className = `button ${words.style === "danger" ? "danger" : "primary"}`;
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((close) => dialog.addEventListener("close", close, { once: true }));
  return dialog.returnValue === "yes";
}

const BOTH = matchMedia("(min-width: 1400px)"); // as in page.css

document.addEventListener("click", async (event) => {
  const element = event.target.closest("[data-do], [data-open], [data-thread]:not(body), [data-as], [data-mail]:not(body)");
  if (!element) return clickedElsewhere(event);
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  element.closest("[popover]")?.hidePopover();
  if (element.dataset.do) {
    const what = told(element); // while a question stands open, news may take the element off the page
    if (!(await confirmed(element))) return;
    if (element.dataset.url) openAddress(element.dataset.url);
    gesture(what, element);
  } else if (element.dataset.as) go({ as: element.dataset.as });
  else if (element.dataset.open) go({ in: element.dataset.open });
  else if ("mail" in element.dataset) {
    await go({ mail: element.dataset.mail });
    ($("#mail-scroller") ?? $("#open-mail")).focus({ preventScroll: true });
  } else {
    await go({ thread: element.dataset.thread, ...(BOTH.matches ? {} : { mail: "" }) }); // there is room for one of them only
    $("#reply")?.focus({ preventScroll: true });
  }
});

function clickedElsewhere(event) {
  const link = event.target.closest("a[href*='/archives/']");
  if (link && followPermalink(link.href)) event.preventDefault();
  else if (event.target.closest("#open-sidebar")) body.classList.add("sidebar-open");
  else if (event.target.closest("#close-sidebar")) body.classList.remove("sidebar-open");
  else if (event.target.closest("#to-latest")) toEnd($("#scroller"));
  else if (event.target.closest("#skip")) {
    event.preventDefault();
    ($("#say") ?? $("#scroller")).focus();
  }
}

// Slack's links to messages (…/archives/CHANNEL/p1767603600000100?thread_ts=…) stay on this page.
function followPermalink(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  const found = url?.pathname.match(/\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?$/);
  if (!found) return false;
  const [, place, seconds, counter] = found;
  go({ in: place, thread: url.searchParams.get("thread_ts") ?? "" }).then(() => {
    const shown = document.getElementById(`t-${seconds}-${counter}`) ?? document.getElementById(`m-${seconds}-${counter}`);
    shown?.scrollIntoView({ block: "center" });
    shown?.classList.add("fresh");
  });
  return true;
}

function openAddress(address) {
  if (!followPermalink(address) && /^https?:/i.test(address)) open(address, "_blank", "noopener,noreferrer");
}

// A select or a picker inside a message acts at once; inside a modal's inputs it waits for submit.
document.addEventListener("change", (event) => {
  const control = event.target;
  if (!control.closest("[data-choice]") || !control.dataset.element) return;
  gesture({ ...told(control), do: "select", element: control.dataset.element, value: valueOf(control.name, control.closest("[data-choice]")) }, control);
});

// ---- words -------------------------------------------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.closest("#confirm")) return;
  event.preventDefault();
  if (form.matches("[data-view-form]")) return submitView(form);
  const box = $("textarea", form);
  const fields = Object.fromEntries(new FormData(form));
  if (!fields.text.trim()) return;
  box.value = "";
  const sent = await gesture({ do: form.dataset.gesture, ...fields }, box);
  if (!box.value) box.value = sent ? box.defaultValue : fields.text;
  if (sent) form.closest("details")?.removeAttribute("open");
  if (sent && form.popover) return $$(".menu:popover-open").forEach((menu) => menu.hidePopover());
  if (sent) toEnd(form.closest("main, aside").querySelector(".scroller"));
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && box.matches?.(".composer textarea")) {
    event.preventDefault();
    box.form.requestSubmit();
  } else if (event.key === "Escape" && !$(":popover-open:not(#toasts)") && !$("dialog[open]")) {
    if (body.classList.contains("sidebar-open")) body.classList.remove("sidebar-open");
    else if (looking.mail) go({ mail: "" });
    else if (looking.thread) go({ thread: "" });
  }
});

// ---- modals ------------------------------------------------------------------------------------------------------

let openedFrom = null; // what a form was asked for with, outside of forms: the keyboard goes on there once the form is gone
let inView = false;

function showView() {
  const view = $("dialog.view");
  if (inView && !view) backToOpener();
  inView = Boolean(view);
  if (!view || view.open) return;
  view.showModal();
  $(".input :is(input, select, textarea)", view)?.focus();
  view.addEventListener("cancel", (event) => {
    event.preventDefault(); // the app may want to know, so the server closes it
    gesture({ do: "close_modal" });
  });
}

// The card may have been drawn anew meanwhile; what stands in the same place has the same id. A menu's line is in its button.
function backToOpener() {
  const menu = openedFrom?.closest("[popover]");
  const opener = menu ? $(`[popovertarget="${CSS.escape(menu.id)}"]`) : openedFrom?.id ? document.getElementById(openedFrom.id) : null;
  (opener ?? $("#say"))?.focus({ preventScroll: true });
}

async function submitView(form) {
  const values = {};
  for (const control of $$("[name]", form)) {
    const { blockId, actionId, element } = control.dataset;
    (values[blockId] ??= {})[actionId] = { type: element, value: valueOf(control.name, form) };
  }
  await gesture({ do: "submit", values }, $("[type=submit]", form));
  $(".problem")?.closest(".input")?.querySelector("input, select, textarea")?.focus();
}

function valueOf(name, root) {
  const controls = $$(`[name="${CSS.escape(name)}"]`, root);
  const first = controls[0];
  if (first.type === "checkbox") return controls.filter((control) => control.checked).map((control) => control.value);
  if (first.type === "radio") return controls.find((control) => control.checked)?.value ?? "";
  if (first.multiple) return [...first.selectedOptions].map((option) => option.value);
  return first.value;
}

// ---- menus -------------------------------------------------------------------------------------------------------

let openedAt = 0; // how far the messages were scrolled when a menu was opened; it stays where it is, and they move on

document.addEventListener("beforetoggle", ({ target }) => (openedAt = target.closest(".scroller")?.scrollTop ?? 0), true);

document.addEventListener("toggle", ({ target: menu, newState }) => {
  if (newState !== "open" || !menu.matches(".menu")) return;
  const opener = $$(`[popovertarget="${CSS.escape(menu.id)}"]`).find((button) => button.matches(":hover, :focus")) ?? $(`[popovertarget="${CSS.escape(menu.id)}"]`);
  const from = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = from.bottom + 4 + height < innerHeight;
  menu.style.top = `${Math.max(8, below ? from.bottom + 4 : from.top - height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
  if (opener.matches(":focus-visible")) $("[role=menuitem]", menu)?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!menu || !step) return;
  event.preventDefault();
  const items = $$("[role=menuitem]", menu);
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
});

document.addEventListener("scroll", (event) => {
  if (!event.target.matches?.(".scroller")) return;
  for (const menu of $$(".menu:popover-open", event.target)) if (Math.abs(event.target.scrollTop - openedAt) > 40) menu.hidePopover();
  if (event.target.id === "scroller" && atEnd(event.target)) body.classList.remove("news-below");
}, true);

// ---- the clock ---------------------------------------------------------------------------------------------------

let drawn = null;
setInterval(() => {
  const clock = $("#clock");
  if (drawn?.now !== clock.dataset.now || drawn.speed !== clock.dataset.speed) drawn = { now: clock.dataset.now, speed: clock.dataset.speed, since: performance.now() };
  const now = new Date(Number(drawn.now) + (performance.now() - drawn.since) * Number(drawn.speed));
  const shown = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: clock.dataset.zone, ...options }).format(now);
  $(".time", clock).textContent = shown({ hour: "2-digit", minute: "2-digit" });
  $(".date", clock).textContent = shown({ weekday: "short", day: "numeric", month: "short", year: "numeric" }).replace(",", "");
}, 250);

document.addEventListener("visibilitychange", () => document.hidden || refresh()); // what came meanwhile is read now

addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search);
  go({ as: query.get("as") ?? looking.as, in: query.get("in") ?? "", thread: query.get("thread") ?? "", mail: query.get("mail") ?? "" }, false);
});

for (const scroller of $$(".scroller:not(.home)")) toEnd(scroller);
showView();
if (looking.in === "home") gesture({ do: "open_home" });
follow();
