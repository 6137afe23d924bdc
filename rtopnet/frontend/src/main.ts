/** The only script a page asks for; whatever is heavy is fetched when an element needs it. */

import "./styles/main.scss";

import { startComponents } from "./components";
import { connect } from "./controllers/registry";

document.documentElement.classList.add("js");
startComponents();
connect(document.body);

if (document.querySelector("[hx-get], [hx-post], [hx-boost], [data-hx-get], [data-hx-post]")) {
  void import("./partial_updates").then(({ startPartialUpdates }) => startPartialUpdates(connect));
}
