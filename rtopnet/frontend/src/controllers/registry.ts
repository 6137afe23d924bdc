/** Which controller an element gets: the name in its `data-controller`. */

import { fanChart } from "./fan_chart";
import { fileUpload } from "./file_upload";
import { formSteps } from "./form_steps";
import { keptOnDevice } from "./kept_on_device";
import { noticeCount } from "./notice_count";
import { openForPrint } from "./open_for_print";
import { passkey } from "./passkey";
import { printPage } from "./print_page";
import { pushSubscription } from "./push_subscription";
import { regionMap } from "./region_map";
import { saveAsTyped } from "./save_as_typed";
import { searchSuggestions } from "./search_suggestions";
import { signOut } from "./sign_out";
import { unsentNotice } from "./unsent_notice";

type Controller = (element: HTMLElement) => void;

const CONTROLLERS: Readonly<Record<string, Controller>> = {
  "fan-chart": fanChart,
  "file-upload": fileUpload,
  "form-steps": formSteps,
  "kept-on-device": keptOnDevice,
  "notice-count": noticeCount,
  "open-for-print": openForPrint,
  "passkey": passkey,
  "print-page": printPage,
  "push-subscription": pushSubscription,
  "region-map": regionMap,
  "save-as-typed": saveAsTyped,
  "search-suggestions": searchSuggestions,
  "sign-out": signOut,
  "unsent-notice": unsentNotice,
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
