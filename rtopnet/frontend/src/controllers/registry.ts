/** Which controller an element gets: the name in its `data-controller`. */

import { fanChart } from "./fan_chart";
import { fileUpload } from "./file_upload";
import { noticeCount } from "./notice_count";
import { openForPrint } from "./open_for_print";
import { passkey } from "./passkey";
import { printPage } from "./print_page";
import { pushSubscription } from "./push_subscription";
import { regionMap } from "./region_map";
import { saveAsTyped } from "./save_as_typed";
import { searchSuggestions } from "./search_suggestions";

type Controller = (element: HTMLElement) => void;

const CONTROLLERS: Readonly<Record<string, Controller>> = {
  "fan-chart": fanChart,
  "file-upload": fileUpload,
  "notice-count": noticeCount,
  "open-for-print": openForPrint,
  "passkey": passkey,
  "print-page": printPage,
  "push-subscription": pushSubscription,
  "region-map": regionMap,
  "save-as-typed": saveAsTyped,
  "search-suggestions": searchSuggestions,
};

/** Connect every controller named inside `root`, each element once. */
export function connect(root: HTMLElement): void {
  root.querySelectorAll<HTMLElement>("[data-controller]:not([data-connected])").forEach((element) => {
    const controller = CONTROLLERS[element.dataset["controller"] ?? ""];
    if (!controller) return;
    element.dataset["connected"] = "";
    controller(element);
  });
}
