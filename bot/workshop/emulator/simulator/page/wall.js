// The page's posts: comment below one, or below a live video, and see what the page writes there.

import { api } from "./api.js";
import { h } from "./dom.js";
import { sheet } from "./sheets.js";

const beginning = (words) => words.split("\n").find((line) => line.trim())?.slice(0, 60) ?? "";

/** The posts, over the phone of whoever comments. */
export function wallSheet(phone) {
  const { store, person } = phone;
  sheet(phone.element, `Comment as ${person.name.split(" ")[0]}`, () => {
    const post = h("select", { name: "post", "aria-label": "Post", onchange: () => draw() });
    const words = h("textarea", { name: "words", rows: "3", maxlength: "2000", placeholder: "A1 - Blue mug ₱120", "aria-label": "What the post says" });
    const live = h("input", { type: "checkbox", name: "live" });
    const text = h("input", { name: "text", required: true, maxlength: "2000", autocomplete: "off", placeholder: "mine, A1 x2, hm po…", "aria-label": "Comment" });
    const said = h("p", { class: "said", role: "status" });
    const thread = h("ul", { class: "thread", "aria-label": "Comments" });
    const own = h("div", { class: "new-post" }, words, h("label", { class: "check" }, live, "It is a live video"));
    const form = h("form", { class: "wall", onsubmit: async (event) => {
      event.preventDefault();
      try {
        const known = store.wall.posts.find(({ id }) => id === post.value);
        await api.comments(person.psid, { text: text.value, post: post.value, words: words.value, live: known ? known.live : live.checked });
        text.value = "";
        said.textContent = "Sent. An answer comes in the chat.";
      } catch (error) {
        said.textContent = error.message;
      }
    } }, post, own, h("div", { class: "line" }, text, h("button", { class: "wide-button", text: "Comment" })), said, thread);

    function drawPosts() {
      const before = post.value;
      post.replaceChildren(...store.wall.posts.map(({ id, words: says, live: isLive }) => h("option", { value: id, text: `${isLive ? "🔴 Live: " : ""}${beginning(says)}` })),
        h("option", { value: "", text: "A new post of the page…" }));
      if ([...post.options].some(({ value }) => value === before)) post.value = before;
      draw();
    }

    function draw() {
      own.hidden = Boolean(post.value);
      const shown = store.wall.comments.filter((comment) => comment.post === post.value).slice(-30);
      thread.replaceChildren(...shown.map((comment) => h("li", { class: comment.parent ? "reply" : "" },
        h("b", { text: comment.name }), h("span", { text: comment.text }),
        comment.psid === person.psid && h("span", { class: "mine" },
          h("button", { type: "button", text: "Edit", onclick: () => change(comment) }),
          h("button", { type: "button", text: "Delete", onclick: () => api.changesComment(person.psid, { comment: comment.id }) })))));
    }

    function change(comment) {
      const changed = prompt("Change the comment", comment.text);
      if (changed?.trim()) api.changesComment(person.psid, { comment: comment.id, text: changed });
    }

    const heard = () => (form.isConnected ? drawPosts() : store.removeEventListener("wall", heard));
    store.addEventListener("wall", heard);
    drawPosts();
    return form;
  });
}
